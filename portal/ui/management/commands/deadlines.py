"""``deadlines DATE …``: count the deadlines back from departures, in words or as JSON. Exit 2 names impossible dates.

Not here: counting (portal.lawbook.deadlines). Needs no server.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from portal.kit.calendar import TABLE_BEGINS, TABLE_ENDS
from portal.kit.era import parse_date, western_date
from portal.kit.text import Refused
from portal.lawbook.deadlines import AUTHORITY_DAYS, SCHOOL_DAYS, Deadlines, deadlines
from portal.lawbook.edition import DEFAULT, all_editions, load_edition

BAD_DATE = 2
_RUNGS = (
    ("学校の提出", "school_submission"),
    ("市町村教育委員会の発送", "municipal_dispatch"),
    ("所管庁の発送", "authority_dispatch"),
    ("外務省の受取り", "receipt"),
    ("出発日", "departure"),
)
_WIDTH = max(len(title) for title, _ in _RUNGS)
_ESTIMATED = "春分の日・秋分の日がまだ官報で決まっていない年が含まれます。決まると日付が動くことがあります。"


def count_of_days(text: str) -> int:
    """A number of open days, 0 to 250; argparse shows the sentence and exits 2."""
    if not text.isdecimal() or int(text) > 250:
        raise argparse.ArgumentTypeError(f"「{text}」は日数ではありません。0から250までの整数を書いてください")
    return int(text)


class Command(BaseCommand):
    help = "出発日から、外務省・所管庁・学校の期限を逆算します。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        codes = [edition.code for edition in all_editions()]
        parser.add_argument("dates", nargs="+", metavar="DATE", help="出発日(2027-03-31、令和9年3月31日など)")
        parser.add_argument("--edition", choices=codes, default=DEFAULT, help="通知の版")
        parser.add_argument("--authority-days", type=count_of_days, default=AUTHORITY_DAYS, metavar="N")
        parser.add_argument("--school-days", type=count_of_days, default=SCHOOL_DAYS, metavar="N")
        parser.add_argument(
            "--municipal-days", type=count_of_days, metavar="N", help="市町村教育委員会を経るときの日数"
        )
        parser.add_argument("--json", action="store_true", help="JSONで出力します")

    def handle(self, *, dates: list[str], edition: str, **options: Any) -> None:
        departures = self._departures(dates)
        days = {name: options[name] for name in ("authority_days", "school_days", "municipal_days")}
        counted = [deadlines(departure, edition, **days) for departure in departures]
        self.stdout.write(_as_json(counted) if options["json"] else "\n\n".join(_as_ladder(each) for each in counted))

    def _departures(self, dates: list[str]) -> list[dt.date]:
        """The dates typed; every impossible one is named before the command ends with 2."""
        departures, refusals = [], []
        for typed in dates:
            try:
                departures.append(_departure(typed))
            except Refused as refusal:
                refusals.append(str(refusal))
        if refusals:
            self.stderr.write("\n".join(refusals))
            sys.exit(BAD_DATE)
        return departures


def _departure(typed: str) -> dt.date:
    day = parse_date(typed)
    if not TABLE_BEGINS < day.year <= TABLE_ENDS:
        raise Refused(
            f"「{typed}」は数えられません。{TABLE_BEGINS + 1}年から{TABLE_ENDS}年までの日を書いてください",
            f"{typed} cannot be counted; the holiday table covers {TABLE_BEGINS + 1} to {TABLE_ENDS}",
        )
    return day


def _as_json(counted: list[Deadlines]) -> str:
    return json.dumps([each.as_json() for each in counted], ensure_ascii=False, indent=2)


def _as_ladder(counted: Deadlines) -> str:
    return "\n".join(_lines(counted))


def _lines(counted: Deadlines) -> Iterator[str]:
    edition = load_edition(counted.edition)
    yield f"{western_date(counted.departure)} 出発({edition.title})"
    for title, name in _RUNGS:
        on = getattr(counted, name)
        if on is not None:
            yield f"  {title.ljust(_WIDTH, '　')}  {western_date(on)}{_remark(name, counted)}"
    yield "数え方"
    for number, step in enumerate(counted.steps, start=1):
        yield f"  {number}. {step.text}[{'、'.join(step.citation)}]"
    if not edition.deadline.verified:
        yield "  ※ この版の期限は未確認です。"
    if counted.estimated_holidays:
        yield f"  ※ {_ESTIMATED}"


def _remark(name: str, counted: Deadlines) -> str:
    if name != "receipt":
        return ""
    return f" 17時まで(安全側 {western_date(counted.strict)})"
