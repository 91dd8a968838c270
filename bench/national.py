"""Measure JCSOS's dashboard over ten years of the whole country: 6,000 member schools and 60,000 trips by COPY.

Prints p50 and p95 of the server's time in milliseconds beside the bar; nothing fails on a slow machine. Before that the
page's figures are held against a plain recount of what was written. Everything is invented and marked 見本.
Run: ``python -m bench.national [--schools N] [--trips N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import time
from functools import partial

from bench.desk import HEAD, empty_portal, print_line, settle, timed

BAR = 300
PAGES = {
    "dashboard, this year": "/jcsos/dashboard/",
    "dashboard, five years ago": "/jcsos/dashboard/?year={past}",
    "dashboard as XLSX": "/jcsos/dashboard.xlsx",
    "list behind a month": "/jcsos/dashboard/trips/?month=11",
    "list behind a country": "/jcsos/dashboard/trips/?place=台湾",
    "list behind an omission": "/jcsos/dashboard/trips/?missing=3",
    "abroad today": "/jcsos/dashboard/trips/?abroad=1",
}


def main() -> None:
    """Start servers, fill them, measure, and take everything away again."""
    arguments = _arguments()
    with empty_portal():
        _fill_and_time(arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=6_000)
    parser.add_argument("--trips", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _fill_and_time(arguments: argparse.Namespace) -> None:
    from bench.nation import Nation, differences  # noqa: PLC0415
    from portal.kit.roles import Role  # noqa: PLC0415
    from tests.factories.cast import seat  # noqa: PLC0415
    from tests.ui.authority.conftest import signed_in  # noqa: PLC0415

    began = time.perf_counter()
    nation = Nation()
    nation.arrive(schools=arguments.schools, trips=arguments.trips)
    print(f"{arguments.schools} schools, {arguments.trips} trips written in {time.perf_counter() - began:.1f} s")
    auditor = seat(Role.JCSOS_AUDITOR, nation.office)
    with auditor.at_work():
        found = [line for year in nation.years for line in differences(nation, year)]
    print("\n".join(found) or f"figures of {len(nation.years)} years equal a plain recount")
    settle()
    client = signed_in(auditor)
    print(HEAD)
    for name, path in PAGES.items():
        print_line(name, timed(partial(client.get, path.format(past=nation.years[4])), arguments.rounds), BAR)


if __name__ == "__main__":
    main()
