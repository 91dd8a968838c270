"""``export_dossier TRIP_ID [--out FILE]``: the live plan of one trip as a dossier file.

Exit 0: written, 1: refused. Not here: gathering (mofa_requests.queries), the file's form (portal.dossier.files).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from mofa_requests.actions.plan import export_dossier
from portal.accounts.operators import at_command_line
from portal.dossier import files
from portal.dossier.types import Dossier
from trips.queries import Trip

REFUSED = 1


def trip_id(text: str) -> UUID:
    """The id as it stands in the address of the trip's pages; argparse shows the sentence and exits 2."""
    try:
        return UUID(text)
    except ValueError:
        sentence = f"「{text}」は旅行の番号(id)ではありません。旅行のページのアドレスにある番号を写してください"
        raise argparse.ArgumentTypeError(sentence) from None


class Command(BaseCommand):
    help = (
        "旅行の計画を、いまの内容のままファイル(JSON)に書き出します(0: 書き出した、1: 書き出せない)。"
        "所管庁の記入欄(request)と提出した版の番号は入りません。健康情報、保護者の電話番号はどのファイルにも入りません。"
        "書き出しは学校の経過に「システム運用者」の操作として残ります。"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("trip", type=trip_id, metavar="TRIP_ID", help="旅行の番号(id)")
        parser.add_argument("--out", type=Path, help="書き込むファイルの名前。省くと標準出力")

    def handle(self, *, trip: UUID, out: Path | None, **_: Any) -> None:
        found = Trip.objects.filter(pk=trip).first()
        if found is None:
            self._refuse(f"番号 {trip} の旅行はありません")
        elif out is None:
            self.stdout.write(files.dump(export_plan(found)).decode(), ending="")
        else:
            self._write(out, files.dump(export_plan(found)))

    def _write(self, out: Path, content: bytes) -> None:
        try:
            out.write_bytes(content)
        except OSError as error:
            self._refuse(f"{out} に書き込めません({error.strerror})。別の場所を --out で指定してください")

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(REFUSED)


def export_plan(trip: Trip) -> Dossier:
    """The plan in the scope of its school."""
    with at_command_line(trip.school_id) as by:
        return export_dossier(trip, by=by)
