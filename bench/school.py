"""Measure the school's desk with 400 travellers: autosave with its full re-check, roster page, import of 1,000 rows.

Prints p50 and p95 of the server's time in milliseconds beside the bar, processor time as well (what a busy machine
cannot stretch), and ratios to bare readings; nothing fails on a slow machine. The whole stack of middleware runs,
only the socket is missing. Run: ``python -m bench.school [--rounds N]``.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

import django

SAVE_BAR, ROSTER_BAR, FIRST_PAGE_BAR = 150, 200, 60
PEOPLE = 400
SECTIONS = ("outline", "itinerary", "lodging", "home", "insurance")


def main() -> None:
    """Start servers, fill them, measure, and take everything away again."""
    from tests.servers import TestServers  # noqa: PLC0415 - reads settings

    arguments = _arguments()
    servers = TestServers()
    servers.start()
    try:
        django.setup()
        _measure(arguments.rounds)
    finally:
        servers.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _measure(rounds: int) -> None:
    from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: PLC0415

    from tests.template import copy_from_template  # noqa: PLC0415

    copy_from_template()
    made = setup_databases(0, interactive=False)
    try:
        with override_settings(PORTAL_RELAX_MFA=True, LOGGING_CONFIG=None):
            _fill_and_time(rounds)
    finally:
        teardown_databases(made, 0)
    from bench.roster_import import compare  # noqa: PLC0415

    compare()


def _fill_and_time(rounds: int) -> None:
    from bench.inbox import party_of  # noqa: PLC0415
    from mofa_requests.actions.plan import store_dossier  # noqa: PLC0415
    from portal.dossier.types import FounderType  # noqa: PLC0415
    from portal.kit import clock  # noqa: PLC0415
    from tests.factories.cast import world  # noqa: PLC0415
    from tests.ui.authority.conftest import signed_in  # noqa: PLC0415

    made = world(FounderType.PRIVATE)
    with clock.stopped_at(made.on):
        with made.drafter.at_work() as by:
            store_dossier(made.request.trip, party_of(made.dossier, PEOPLE), by=by)
        client, base = signed_in(made.drafter), f"/trips/{made.request.trip_id}/"
        print(f"{'step':<28}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'bar':>6}")
        for section in SECTIONS:
            _print_line(f"autosave, {section}", _timed(_saver(client, base, section), rounds), SAVE_BAR)
        _print_line("roster page", _timed(lambda: client.get(f"{base}roster/"), rounds), ROSTER_BAR)
        _print_line("roster, search", _timed(_searcher(client, base), rounds), ROSTER_BAR)
        _print_weight("first page", client, "/trips/")
        _print_weight("workspace", client, base)
        _print_weight("roster of 400", client, f"{base}roster/")


def _saver(client: Any, base: str, section: str) -> Callable[[], Any]:
    """An autosave of the section as its page sends it, one word changed each time."""
    from tests.ui.posting import posted  # noqa: PLC0415

    path, turn = f"{base}sections/{section}/", iter(range(10**6))
    page = client.get(path).content.decode()
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if "data-autosave" in form)
    data = posted(form)
    changing = next(name for name in data if name.endswith(("purpose", "title", "name", "insurer", "city")))
    version = int(data["base_version"])

    def save() -> Any:
        number = next(turn)
        data[changing], data["base_version"] = f"測定{number}", str(version + number)
        kind = "application/x-www-form-urlencoded"
        return client.post(path, data.urlencode(), content_type=kind, headers={"HX-Request": "true"})

    return save


def _searcher(client: Any, base: str) -> Callable[[], Any]:
    return lambda: client.post(f"{base}roster/", {"words": "高"}, headers={"HX-Request": "true"})


def _timed(act: Callable[[], Any], rounds: int) -> tuple[list[float], list[float]]:
    """Wall and processor times of ``rounds`` acts, the first three left out."""
    walls, cpus = [], []
    for turn in range(rounds + 3):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = act()
        if answer.status_code != 200:
            raise SystemExit(f"answered {answer.status_code}")
        if turn >= 3:
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
    return walls, cpus


def _print_line(name: str, spent: tuple[list[float], list[float]], bar: int) -> None:
    walls, cpus = spent
    p95 = statistics.quantiles(walls, n=20)[-1]
    print(f"{name:<28}{statistics.median(walls):>8.0f}{p95:>8.0f}{statistics.median(cpus):>8.0f}{bar:>6}")


def _print_weight(name: str, client: Any, path: str) -> None:
    """What a first visit loads: the page and every file it names, gzipped, in kB."""
    from tests.ui.weight import files_of  # noqa: PLC0415

    page = client.get(path).content
    whole = sum(len(gzip.compress(part)) for part in (page, *files_of(page.decode())))
    print(
        f"{name:<28}{whole / 1000:>8.1f} kB gzip with its files (bar {FIRST_PAGE_BAR}, page alone "
        f"{len(gzip.compress(page)) / 1000:.1f})"
    )


if __name__ == "__main__":
    main()
