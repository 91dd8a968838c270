"""The itinerary sheet: the map says no more than its table, a helper reads it without names, nothing is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.dossier.types import Dossier, FounderType, Leg
from portal.kit.roles import Role
from portal.ui.school.board import route_lines, route_of
from portal.ui.school.days import NightShown, night_strips
from tests.factories.cast import Seat, World, ready_dossier, seat
from tests.ui.school.conftest import Desk, plan_of

AtDesk = Callable[[World, Seat], Desk]


def test_map_table_nights_and_days_of_the_plan(here: World, desk: AtDesk) -> None:
    page = desk(here, here.drafter).open("itinerary/")
    plan = plan_of(here)
    assert '<svg class="map"' in page
    for leg in plan.legs:
        assert f'<th scope="row">{leg.number}</th>' in page
    assert page.count('class="night"') == len({night.on for night in _nights(plan)})
    assert "日ごとの流れ" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_a_helper_reads_it_without_a_name(here: World, desk: AtDesk) -> None:
    page = desk(here, seat(Role.SCHOOL_AGENT, here.drafter.org)).open("itinerary/")
    assert '<svg class="map"' in page
    assert not [person.name for person in plan_of(here).participants if person.name and person.name in page]


@pytest.mark.parametrize("founder", [FounderType.PREFECTURAL, FounderType.PRIVATE, FounderType.MUNICIPAL])
def test_what_the_map_numbers_the_table_numbers(founder: FounderType) -> None:
    dossier, _ = ready_dossier(founder)
    table = {str(line.number): line for line in route_lines(dossier)}
    drawn = route_of(dossier.legs)
    assert drawn is not None
    numbers = [number for way in drawn.ways for number in way.numbers.split("・")]
    assert set(numbers) == {number for number, line in table.items() if line.kilometres}


def test_a_plan_without_airports_has_its_table_alone() -> None:
    dossier = Dossier(legs=(Leg(key="l1", number="見本丸", origin="下関港", destination="釜山港"),))
    assert route_of(dossier.legs) is None
    assert [(line.way, line.kilometres) for line in route_lines(dossier)] == [("下関港→釜山港", "")]


def _nights(plan: Dossier) -> list[NightShown]:
    return [night for strip in night_strips(plan, url_of=lambda section: "") for night in strip.nights]
