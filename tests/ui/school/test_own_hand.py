"""The school's own hand: what an agent's helper wrote is marked field by field until a teacher made it the school's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mofa_requests.actions.submit import judge_plan
from portal.dossier.types import Confirmation
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat
from tests.ui.school.conftest import Desk, plan_of
from trips.models import TripSection

AtDesk = Callable[[World, Seat], Desk]
LODGING = "sections/lodging/"


@pytest.fixture
def helper(here: World, desk: AtDesk) -> Desk:
    return desk(here, seat(Role.SCHOOL_AGENT, here.drafter.org))


@pytest.fixture
def teacher(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def by_agent(here: World) -> list[str]:
    return TripSection.objects.get(trip=here.request.trip, code="lodging").by_agent


def mark(here: World) -> Confirmation:
    return next(found for found in plan_of(here).confirmations if found.section == "lodging")


def stops(here: World) -> bool:
    """Whether the plan may not be handed in because of the agent's entries."""
    with here.drafter.at_work():
        report = judge_plan(here.request, plan_of(here), on=here.on)
    return any(finding.code == "BD01" for finding in report.findings)


def write(who: Desk, here: World, **typed: str) -> None:
    key = plan_of(here).stays[0].key
    who.open(LODGING)
    who.send(LODGING, **{f"stays-{key}-{name}": text for name, text in typed.items()}, done="1")
    assert who.status == 302, who.page


def test_what_a_helper_wrote_waits_until_each_field_is_the_schools(here: World, helper: Desk, teacher: Desk) -> None:
    key = plan_of(here).stays[0].key
    write(helper, here, name="見本大飯店 別館", city="見本市")
    assert by_agent(here) == [f"stays-{key}-city", f"stays-{key}-name"]
    assert stops(here)
    page = teacher.open(LODGING)
    assert page.count("旅行会社の入力</span>") == 2
    assert "まだ学校が確認していない欄: 2" in page
    write(teacher, here, name="見本大飯店 新館")
    assert (by_agent(here), mark(here).confirmed_on) == ([f"stays-{key}-city"], None)
    assert stops(here)
    write(teacher, here, city="台北")
    assert (by_agent(here), mark(here).confirmed_on) == ([], here.on)
    assert not stops(here)
    assert "旅行会社の入力</span>" not in teacher.open(LODGING)


def test_one_word_confirms_the_whole_section(here: World, helper: Desk, teacher: Desk) -> None:
    write(helper, here, name="見本大飯店 別館")
    teacher.open(LODGING)
    teacher.post(f"{LODGING}confirm/")
    assert (by_agent(here), mark(here).confirmed_on) == ([], here.on)
    write(helper, here, city="見本市")
    assert (len(by_agent(here)), mark(here).confirmed_on) == (1, None)


def test_a_helper_who_changes_nothing_takes_nothing_over(here: World, helper: Desk, teacher: Desk) -> None:
    write(teacher, here, name="見本大飯店 本館")
    before = mark(here)
    write(helper, here)
    assert (mark(here), by_agent(here)) == (before, [])
