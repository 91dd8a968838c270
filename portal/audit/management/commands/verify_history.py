"""``manage.py verify_history``: is the history whole? Run as the owner of the tables (``PORTAL_AS_OWNER=1``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.audit.chain import Break, breaks, heads

_WHY = {
    "gap": "この記録の前の記録が消されたか、順番が入れ替えられています",
    "changed": "この記録か、一つ前の記録が書き換えられています",
    "unlinked": "仕組みを通さずに書き込まれています",
    "cut": "以前はあった記録が消されたか、書き直されています",
}


class Command(BaseCommand):
    help = "履歴の記録が、書き換え・削除・入替えなしに残っているかを確かめる / Check that the history is whole"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep", type=Path, help="各系列の最後の記録を書き出すファイル / write the heads here")
        parser.add_argument("--since", type=Path, help="前に --keep で書き出したファイル / heads kept earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        known = json.loads(options["since"].read_text(encoding="utf-8")) if options["since"] else {}
        found = breaks({chain: (place, sha256) for chain, (place, sha256) in known.items()})
        if found:
            raise CommandError("\n".join(map(_line, found)), returncode=1)
        now = heads()
        if options["keep"]:
            options["keep"].write_text(json.dumps(now, indent=0), encoding="utf-8")
        events = sum(place for place, _ in now.values())
        self.stdout.write(
            f"履歴の記録{events}件({len(now)}系列)に、書き換え・削除・入替えはありません。\n"
            f"{events} events in {len(now)} chains: nothing was changed, taken out or moved."
        )


def _line(one: Break) -> str:
    return f"系列 {one.chain} の{one.place or '?'}番目({one.event_id or '-'}): {_WHY[one.why]}"
