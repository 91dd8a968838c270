"""Measure JCSOS's dashboard over ten years of the whole country: 6,000 member schools and 60,000 trips by COPY.

Prints p50 and p95 of the server's time in milliseconds beside the bar; nothing fails on a slow machine. Before that the
page's figures are held against a plain recount of what was written. Everything is invented and marked 見本.
Run: ``python -m bench.national [--schools N] [--trips N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

import django

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
    from tests.servers import TestServers  # noqa: PLC0415 - reads settings

    arguments = _arguments()
    servers = TestServers()
    servers.start()
    try:
        django.setup()
        _measure(arguments)
    finally:
        servers.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=6_000)
    parser.add_argument("--trips", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _measure(arguments: argparse.Namespace) -> None:
    from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: PLC0415

    from tests.template import copy_from_template  # noqa: PLC0415

    copy_from_template()
    made = setup_databases(0, interactive=False)
    try:
        with override_settings(PORTAL_RELAX_MFA=True, LOGGING_CONFIG=None):
            _fill_and_time(arguments)
    finally:
        teardown_databases(made, 0)


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
    client = signed_in(auditor)
    print(f"{'page':<28}{'p50 ms':>8}{'p95 ms':>8}{'bar':>6}")
    for name, path in PAGES.items():
        _print_line(name, _times(client, path.format(past=nation.years[4]), arguments.rounds))


def _times(client: Any, path: str, rounds: int) -> list[float]:
    spent = []
    for turn in range(rounds + 3):
        began = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        if turn >= 3:
            spent.append((time.perf_counter() - began) * 1000)
    return spent


def _print_line(name: str, spent: list[float]) -> None:
    p95 = statistics.quantiles(spent, n=20)[-1]
    print(f"{name:<28}{statistics.median(spent):>8.0f}{p95:>8.0f}{BAR:>6}")


if __name__ == "__main__":
    main()
