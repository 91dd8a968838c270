"""``jet_cover_end``: the last day covered of a JET participant who leaves in mid-term. Exit 2 names impossible dates.

Not here: counting (insurance.periods). Needs no server.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import Any

from django.core.management.base import BaseCommand

from insurance.periods import cover_end_after_leaving
from portal.kit.era import parse_date
from portal.kit.text import Refused

BAD_DATE = 2


class Command(BaseCommand):
    help = "任期の途中で辞めるJET参加者の、保険が続く最後の日を YYYY-MM-DD で出力します(日付が正しくないときは 2)。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--termination", required=True, metavar="DATE", help="任用が終わる日(2025-10-15 など)")
        parser.add_argument("--home", metavar="DATE", help="自宅に帰り着く日。決まっていなければ省きます")
        parser.add_argument("--original-end", required=True, metavar="DATE", help="元の保険期間の最後の日")

    def handle(self, *, termination: str, home: str | None, original_end: str, **options: Any) -> None:
        try:
            days = self._days(termination=termination, home=home, original_end=original_end)
            last = cover_end_after_leaving(
                days["termination"], original_end=days["original_end"], home=days.get("home")
            )
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(BAD_DATE)
        self.stdout.write(last.isoformat())

    def _days(self, **typed: str | None) -> dict[str, dt.date]:
        """The days typed; every impossible one is named with its option."""
        days, refusals = {}, []
        for name, text in typed.items():
            try:
                if text is not None:
                    days[name] = parse_date(text)
            except Refused as refusal:
                refusals.append(f"--{name.replace('_', '-')}: {refusal}")
        if refusals:
            raise Refused("\n".join(refusals), "Impossible dates")
        return days
