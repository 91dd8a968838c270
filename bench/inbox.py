"""Measure the desk: the inbox with 3,000 open and 60,000 past plans, and the review page of a trip of 400.

Prints p50 and p95 of the server's time in milliseconds beside the bar; nothing fails on a slow machine. A second in
the database and the templates is a second here: the whole stack of middleware runs, only the socket is missing.
Run: ``python -m bench.inbox [--open N] [--past N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from typing import Any

from bench.desk import HEAD, empty_portal, print_line, settle, timed

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
    arguments = _arguments()
    with empty_portal():
        _fill_and_time(arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=3_000)
    parser.add_argument("--past", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _fill_and_time(arguments: argparse.Namespace) -> None:
    from bench.crowd import Crowd  # noqa: PLC0415
    from tests.factories.cast import world  # noqa: PLC0415
    from tests.ui.authority.conftest import signed_in  # noqa: PLC0415

    made = world()
    began = time.perf_counter()
    crowd = Crowd(principal=made.principal, officer=made.officer, approver=made.approver)
    crowd.arrive(still_open=arguments.open, past=arguments.past)
    print(f"{arguments.open} open and {arguments.past} past plans written in {time.perf_counter() - began:.1f} s")
    settle()
    client = signed_in(made.officer)
    print(HEAD)
    for name, path in PAGES.items():
        print_line(name, timed(partial(client.get, path), arguments.rounds), INBOX_BAR)
    path = _big_trip(made)
    print_line(f"review, {PEOPLE} travellers", timed(partial(client.get, path), arguments.rounds), REVIEW_BAR)


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


if __name__ == "__main__":
    main()
