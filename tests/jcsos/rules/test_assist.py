"""Eligibility quotes JCSOS's own words; cases group by trip, and by country within a day, never by a person."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest

from jcsos.enums import AssistState as C
from jcsos.enums import Cover, Side
from jcsos.machine import ASSIST
from jcsos.rules.assist import COVER_CLAUSE, MEMBERS_CLAUSE, ONE_EVENT, Seen, Standing, alike, eligibility
from portal.kit.machine import Refused
from portal.kit.roles import Role

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
STEPS = {
    (C.RECEIVED, "take"): C.HANDLING,
    (C.HANDLING, "watch"): C.WATCHING,
    (C.WATCHING, "resume"): C.HANDLING,
    (C.HANDLING, "close"): C.CLOSED,
    (C.WATCHING, "close"): C.CLOSED,
    (C.CLOSED, "reopen"): C.HANDLING,
}


def test_the_clauses_stand_in_the_source() -> None:
    source = next(Path("docs/sources").glob("000_*")).read_text(encoding="utf-8")
    assert MEMBERS_CLAUSE in source
    assert COVER_CLAUSE in source


@pytest.mark.parametrize(("member", "cover"), product((True, False), Cover))
def test_membership_decides_whether_and_cover_how_far(member: bool, cover: Cover) -> None:
    found = eligibility(member=member, cover=cover)
    wanted = (Standing.FULL if cover is Cover.PROPER else Standing.ADVICE) if member else Standing.OUTSIDE
    assert found.standing is wanted
    assert MEMBERS_CLAUSE in found.clauses


def seen(number: int, country: str = "0001", hours: float = 0, trip: int | None = None) -> Seen:
    at = NOW + dt.timedelta(hours=hours)
    return Seen(UUID(int=number), country, at, UUID(int=trip) if trip else None)


def test_one_country_within_a_day_may_be_one_event() -> None:
    edge = ONE_EVENT / dt.timedelta(hours=1)
    near, late, elsewhere = seen(2, hours=edge), seen(3, hours=edge + 0.01), seen(4, country="0066")
    assert alike(seen(1), [seen(1), near, late, elsewhere]) == (near.case_id,)


def test_one_trip_is_one_event_wherever_and_whenever() -> None:
    far = seen(2, country="0066", hours=300, trip=9)
    assert alike(seen(1, trip=9), [far, seen(3, country="", trip=8)]) == (far.case_id,)


def test_cases_without_place_and_trip_are_never_alike() -> None:
    assert alike(seen(1, country=""), [seen(2, country=""), seen(3)]) == ()


def test_every_cell_of_a_cases_life() -> None:
    names = {step.name for step in ASSIST.transitions}
    assert names == {name for _, name in STEPS}
    for state, name, role in product(C, names, Role):
        if (state, name) in STEPS and role is Role.JCSOS_CASES:
            assert ASSIST.fire(name, state, seat=Side.JCSOS, role=role.value) is STEPS[(state, name)]
        else:
            with pytest.raises(Refused):
                ASSIST.fire(name, state, seat=Side.JCSOS, role=role.value)
