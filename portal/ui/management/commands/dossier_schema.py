"""``dossier_schema``: print the JSON Schema of a dossier file, the same text as docs/dossier.schema.json.

Not here: deriving it (portal.dossier.schema). Needs no server.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.dossier.schema import schema_text


class Command(BaseCommand):
    help = "旅行のファイルのJSON Schema(docs/dossier.schema.json と同じもの)を出力します。"
    requires_system_checks = ()

    def handle(self, *_: str, **__: Any) -> None:
        self.stdout.write(schema_text(), ending="")
