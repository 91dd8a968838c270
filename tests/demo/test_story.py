"""The steps of each specimen trip: hands that may do them, days in order, ending in the state that is promised."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.machine import MACHINE
from portal.demo.accounts import demo_accounts
from portal.demo.organisations import demo_organisation
from portal.demo.story import (
    Amend,
    Decide,
    Edit,
    FixLetter,
    Forward,
    Submit,
    TickAll,
    WriteRemark,
    demo_trips,
    edited,
)
from portal.directory.routes import route_for
from portal.dossier.pointers import label_of
from portal.kit.roles import Role

TRIPS = {trip.dossier: trip for trip in demo_trips()}
MACHINE_NAMES = {"submit", "endorse", "claim", "forward", "acknowledge", "withdraw", "amend"}
every = pytest.mark.parametrize("trip", TRIPS.values(), ids=TRIPS)


def roles_at(email: str) -> dict[str, set[Role]]:
    held: dict[str, set[Role]] = {}
    for account in demo_accounts():
        if account.email == email:
            held.setdefault(account.organisation, set()).add(account.role)
    return held


def route_organisations(trip) -> dict[str, str]:
    """Seat → organisation key."""
    school = demo_organisation(trip.organisation)
    chain = [school.parent, demo_organisation(school.parent).parent]
    kinds = {demo_organisation(key).kind: key for key in chain if key}
    route = route_for(school.founder)
    seats = {"school": trip.organisation}
    if route.endorser:
        seats["endorser"] = kinds[route.endorser]
    if route.forwarder:
        seats["forwarder"] = kinds[route.forwarder]
    return seats


def transitions(trip) -> list[tuple[str, str]]:
    """Each transition of the machine that the steps fire, with the e-mail of whoever fires it."""
    fired, good = [], set()
    for step in trip.steps:
        if step.do in MACHINE_NAMES:
            fired.append((step.do, step.by))
        if isinstance(step, Decide) and step.verdict.value in ("incomplete", "refused"):
            fired.append(("return", step.by))
        elif isinstance(step, Decide):
            good.add(step.topic)
            fired += [("approve", step.by)] if len(good) == 2 else []
    return fired


@every
def test_every_step_is_open_to_the_hand_that_takes_it(trip):
    seats = route_organisations(trip)
    for name, email in transitions(trip):
        held = roles_at(email)
        open_to = {(str(seat), role) for seat, role in MACHINE.named(name).who}
        mine = {(seat, role) for seat, key in seats.items() for role in held.get(key, set())}
        assert mine & open_to, f"{name} by {email}"


@every
def test_the_steps_end_in_the_promised_state(trip):
    state = RequestState.DRAFT
    for name, _ in transitions(trip):
        assert state in MACHINE.named(name).sources, name
        state = MACHINE.named(name).target
    assert state is trip.state


@every
def test_days_run_forward_and_end_by_the_day_of_the_file(trip):
    days = [step.day for step in trip.steps]
    assert days == sorted(days)
    assert all(day <= trip.load().as_of for day in days)
    assert all(day.weekday() < 5 for day in days)


@every
def test_remarks_and_edits_point_at_something(trip):
    for step in trip.steps:
        if isinstance(step, WriteRemark):
            assert label_of(step.pointer)
        if isinstance(step, Amend):
            assert edited(trip.load(), step.edits) != trip.load()


def test_all_states_and_kinds_occur():
    assert {trip.state for trip in TRIPS.values()} == set(RequestState)
    assert {trip.kind for trip in TRIPS.values()} == set(RequestKind)


def test_what_was_forwarded_had_ticks_two_decisions_and_a_letter_first():
    for trip in TRIPS.values():
        for position, step in enumerate(trip.steps):
            if isinstance(step, Forward):
                before = trip.steps[:position]
                assert len([each for each in before if isinstance(each, Decide)]) == 2
                assert any(isinstance(each, FixLetter) for each in before)
                assert any(len(each.ticks()) == 7 for each in before if isinstance(each, TickAll))


def test_a_letter_goes_to_the_ministrys_present_desk_over_the_authoritys_head():
    trip = TRIPS["taiwan_161"]
    (step,) = [each for each in trip.steps if isinstance(each, FixLetter)]
    (officer,) = [account for account in demo_accounts() if account.email == step.by]
    letter = step.letter(demo_organisation("mihon-board"), officer)
    assert letter.addressee == "外務省領事局領事サービスセンター"
    assert (letter.sender_title, letter.number, letter.dated_on) == (
        "見本県教育委員会教育長",
        "見教高第1024号",
        dt.date(2026, 11, 13),
    )
    assert letter.person == "三好 拓也"


def test_letter_numbers_are_used_once():
    numbers = [step.number for trip in TRIPS.values() for step in trip.steps if isinstance(step, FixLetter)]
    assert len(numbers) == len(set(numbers)) == 3


def test_an_edit_of_nothing_is_refused():
    dossier = TRIPS["taiwan_161"].load()
    with pytest.raises(KeyError):
        edited(dossier, [Edit(pointer="/outline/nothing", value="x")])
    with pytest.raises(IndexError):
        edited(dossier, [Edit(pointer="/legs/99/number", value="CI9157")])


def test_the_first_submission_comes_before_everything_else():
    for trip in TRIPS.values():
        submissions = [step for step in trip.steps if isinstance(step, Submit)]
        assert trip.submitted_on == (submissions[0].day if submissions else None)
        assert all(earlier.day <= later.day for earlier, later in pairwise(trip.steps))
