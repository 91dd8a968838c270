"""``check_dossier FILE``: judge a dossier file without any server. Exit 0: may be submitted, 1: not yet, 2: no dossier.

Not here: judging (mofa_requests.rules), reading files (portal.dossier.files).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from mofa_requests.rules import judge
from portal.dossier import files
from portal.dossier.types import Edition
from portal.lawbook.explain import report_text
from portal.lawbook.finding import Report

MAY_SUBMIT, STOPPED, NO_DOSSIER = 0, 1, 2
EVERY = "all"


def iso_day(text: str) -> dt.date:
    """A date given as 2027-03-31; argparse shows the sentence and exits 2."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」という日付はありません。2027-03-31 の形で書いてください") from None


class Command(BaseCommand):
    help = "旅行のファイルを通知の規則で点検します(0: 提出可、1: 提出不可または期限後、2: ファイルが正しくない)。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        editions = [edition.value for edition in Edition]
        parser.add_argument("file", help="旅行のファイル(JSON)。- なら標準入力")
        parser.add_argument("--edition", choices=[*editions, EVERY], help="通知の版。all なら並べて判定します")
        parser.add_argument("--on", type=iso_day, help="判定する日(例: 2027-03-31)。省くと東京の今日")
        parser.add_argument("--json", action="store_true", help="JSONで出力します")
        parser.add_argument("--all", action="store_true", help="適合・該当なしも出力します")

    def handle(self, *, file: str, edition: str | None, on: dt.date | None, **options: Any) -> None:
        try:
            dossier = files.load(sys.stdin.buffer.read() if file == "-" else file)
        except files.DossierError as error:
            self._refuse(file, error, as_json=options["json"])
            sys.exit(NO_DOSSIER)
        asked = [each.value for each in Edition] if edition == EVERY else [edition]
        reports = [judge(dossier, edition=each, on=on) for each in asked]
        self._show(reports, everything=options["all"], as_json=options["json"], side_by_side=edition == EVERY)
        sys.exit(MAY_SUBMIT if all(report.may_submit for report in reports) else STOPPED)

    def _show(self, reports: list[Report], *, everything: bool, as_json: bool, side_by_side: bool) -> None:
        if not as_json:
            self.stdout.write("\n".join(report_text(report, everything=everything) for report in reports), ending="")
            return
        shown = [report.as_json(everything=everything) for report in reports]
        self._print_json({"edition": EVERY, "editions": shown} if side_by_side else shown[0])

    def _refuse(self, file: str, error: files.DossierError, *, as_json: bool) -> None:
        if as_json:
            self._print_json({"error": str(error), "problems": [problem.as_json() for problem in error.problems]})
        self.stderr.write(f"{file}: 旅行のファイルとして読めません\n{error}")

    def _print_json(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))
