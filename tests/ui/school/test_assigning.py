"""Groups and rooms for many people at once: those ticked and nobody else; what lacks is said."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mofa_requests.actions.plan import save_section
from portal.dossier.types import EnteredBy, Group
from portal.kit import clock
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of
from trips.enums import Section

AtDesk = Callable[[World, Seat], Desk]
ASSIGN = "roster/assign/"


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    groups = (Group(key="g1", name="第1団"), Group(key="g2", name="第2団"))
    with here.drafter.at_work() as by:
        save_section(
            here.request.trip,
            Section.OUTLINE,
            {"groups": groups},
            base_version=0,
            by=by,
            entered_by=EnteredBy.STAFF,
            on=clock.today(),
        )
    return desk(here, here.drafter)


def test_those_ticked_get_the_group_and_the_room(here: World, mine: Desk) -> None:
    before = {person.key: person for person in plan_of(here).participants}
    ticked = list(before)[:5]
    page = mine.open("roster/")
    assert page.count('name="who"') == len(before)
    said = mine.post(ASSIGN, {"who": ticked, "assign-group": "g2", "assign-room": "東館 205"}, follow=True)
    assert "5人の班・部屋を決めました" in said
    after = {person.key: person for person in plan_of(here).participants}
    for key, person in before.items():
        wanted = {"group": "g2", "room": "東館 205"} if key in ticked else {}
        assert after[key] == person.model_copy(update=wanted)
    mine.post(ASSIGN, {"who": ticked[:1], "assign-group": "-"})
    left = {person.key: person for person in plan_of(here).participants}[ticked[0]]
    assert (left.group, left.room) == (None, "東館 205")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"assign-group": "g1"}, "だれも選ばれていません"),
        ({"who": "P001"}, "班か部屋のどちらかを決めてから"),
        ({"who": "P001", "assign-group": "elsewhere"}, "班は一覧から選んでください"),
    ],
)
def test_what_lacks_is_said_and_nothing_changes(here: World, mine: Desk, sent: dict[str, str], says: str) -> None:
    before = plan_of(here).participants
    assert says in mine.post(ASSIGN, sent, follow=True)
    assert plan_of(here).participants == before


def test_a_plan_that_was_handed_in_stays_as_it_is(here: World, desk: AtDesk) -> None:
    submitted(here)
    mine, before = desk(here, here.drafter), plan_of(here).participants
    said = mine.post(ASSIGN, {"who": before[0].key, "assign-room": "1"}, follow=True)
    assert "いま書き換えられません" in said
    assert 'name="who"' not in said
    assert plan_of(here).participants == before


def test_what_was_given_to_many_is_taken_back(here: World, mine: Desk) -> None:
    before = plan_of(here).participants
    ticked = [person.key for person in before[:4]]
    mine.post(ASSIGN, {"who": ticked, "assign-group": "g1", "assign-room": "301"})
    said = mine.open("roster/")
    undo = re.search(r'action="([^"]*/roster/assign/[^"]*/undo/)"', said)
    assert undo is not None
    mine.post(ASSIGN, {"who": ticked[:1], "assign-room": "302"})
    path = undo[1].removeprefix(mine.base)
    said = mine.post(path, follow=True)
    assert "班・部屋を元に戻しました" in said
    assert "後から決め直した1人は" in said
    after = plan_of(here).participants
    assert (after[0].group, after[0].room) == ("g1", "302")
    assert after[1:] == before[1:]
    assert "すでに元に戻してあります" in mine.post(path, follow=True)


def test_a_group_is_offered_with_its_flights(here: World, mine: Desk) -> None:
    numbers = [leg.number for leg in plan_of(here).legs if leg.number]
    page = mine.open("roster/")
    assert numbers
    assert f"第1団(便 {'・'.join(numbers)})" in page
