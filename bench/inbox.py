"""Measure the desk: the inbox with 3,000 open and 60,000 past plans, and the review page of a trip of 400.

Prints p50 and p95 of the server's time in milliseconds beside the bar; nothing fails on a slow machine. A second in
the database and the templates is a second here: the whole stack of middleware runs, only the socket is missing.
Run: ``python -m bench.inbox [--open N] [--past N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

import django

INBOX_BAR, REVIEW_BAR = 150, 200
PEOPLE = 400
SEXES = ("male", "female")
PAGES = {
    "inbox": "/inbox/",
    "inbox, page 30": "/inbox/?page=30",
    "inbox, everything": "/inbox/?state=all",
    "inbox, at risk": "/inbox/?due=at_risk",
    "inbox, search": "/inbox/?q=台湾",
    "inbox, search everything": "/inbox/?q=台湾&state=all",
    "inbox, unanswered": "/inbox/?mark=unanswered",
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
    parser.add_argument("--open", type=int, default=3_000)
    parser.add_argument("--past", type=int, default=60_000)
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
    from bench.crowd import Crowd  # noqa: PLC0415
    from tests.factories.cast import world  # noqa: PLC0415
    from tests.ui.authority.conftest import signed_in  # noqa: PLC0415

    made = world()
    began = time.perf_counter()
    crowd = Crowd(principal=made.principal, officer=made.officer, approver=made.approver)
    crowd.arrive(still_open=arguments.open, past=arguments.past)
    print(f"{arguments.open} open and {arguments.past} past plans written in {time.perf_counter() - began:.1f} s")
    client = signed_in(made.officer)
    print(f"{'page':<28}{'p50 ms':>8}{'p95 ms':>8}{'bar':>6}")
    for name, path in PAGES.items():
        _print_line(name, _times(client, path, arguments.rounds), INBOX_BAR)
    path = _big_trip(made)
    _print_line(f"review, {PEOPLE} travellers", _times(client, path, arguments.rounds), REVIEW_BAR)


def _big_trip(made: Any) -> str:
    """A submitted trip of many on the officer's desk; the address of its review page."""
    from mofa_requests import queries  # noqa: PLC0415
    from mofa_requests.actions.plan import store_dossier  # noqa: PLC0415
    from mofa_requests.actions.review import claim_review  # noqa: PLC0415
    from mofa_requests.actions.submit import submit  # noqa: PLC0415

    with made.drafter.at_work() as by:
        store_dossier(made.request.trip, party_of(made.dossier, PEOPLE), by=by)
    with made.principal.at_work() as by:
        submit(made.request, by=by, title="校長", on=made.on)
    with made.officer.at_work() as by:
        claim_review(queries.get_for(made.request.pk), by=by)
    return f"/inbox/{made.request.pk}/"


def party_of(dossier: Any, size: int) -> Any:
    """The specimen with ``size`` travellers: its pupils repeated under new keys, the figures of the outline fitted."""
    people = dossier.participants
    pupils = [person for person in people if person.role.value == "student"]
    more = [pupils[n % len(pupils)].model_copy(update={"key": f"p{n}"}) for n in range(size - len(people))]
    everybody = (*people, *more)
    counted = {sex: sum(person.sex is not None and person.sex.value == sex for person in everybody) for sex in SEXES}
    figures = {**counted, "students": len(pupils) + len(more), "total": size}
    outline = dossier.outline.model_copy(update={"party": dossier.outline.party.model_copy(update=figures)})
    return dossier.model_copy(update={"participants": everybody, "outline": outline})


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


def _print_line(name: str, spent: list[float], bar: int) -> None:
    p95 = statistics.quantiles(spent, n=20)[-1]
    print(f"{name:<28}{statistics.median(spent):>8.0f}{p95:>8.0f}{bar:>6}")


if __name__ == "__main__":
    main()
