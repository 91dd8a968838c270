"""Measure the school's desk with 400 travellers: autosave with its full re-check, roster page, import of 1,000 rows.

Prints p50 and p95 of the server's time in milliseconds beside the bar, processor time as well (what a busy machine
cannot stretch), and ratios to bare readings; nothing fails on a slow machine. The whole stack of middleware runs,
only the socket is missing. Run: ``python -m bench.school [--rounds N]``.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Callable
from typing import Any

from bench.desk import HEAD, empty_portal, print_line, timed
from bench.roster_import import compare

SAVE_BAR, ROSTER_BAR, FIRST_PAGE_BAR = 150, 200, 60
PEOPLE = 400
SECTIONS = ("outline", "itinerary", "lodging", "home", "insurance")


def main() -> None:
    """Start servers, fill them, measure, and take everything away again."""
    rounds = _arguments().rounds
    with empty_portal():
        _fill_and_time(rounds)
    compare()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


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
        print(HEAD)
        for section in SECTIONS:
            print_line(f"autosave, {section}", timed(_saver(client, base, section), rounds), SAVE_BAR)
        print_line("roster page", timed(lambda: client.get(f"{base}roster/"), rounds), ROSTER_BAR)
        print_line("roster, search", timed(_searcher(client, base), rounds), ROSTER_BAR)
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
