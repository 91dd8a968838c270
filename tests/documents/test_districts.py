"""Each carriage, visit and night falls to exactly one mission."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from mofa_requests.documents.districts import District, districts, mission_of_leg, mission_of_stay
from mofa_requests.documents.nights import open_nights
from portal.dossier.types import Dossier, Leg, Mission, Stay, StayKind
from tests.documents.cases import specimen, specimen_names
from tests.dossier.strategies import dossiers
from tests.sizes import size


def shares(dossier: Dossier) -> tuple[list[Leg], list[Stay], list[object]]:
    found = districts(dossier)
    return (
        [leg for each in found for leg in each.legs],
        [stay for each in found for stay in each.stays],
        [visit for each in found for visit in each.visits],
    )


def as_text(parts: object) -> list[str]:
    return sorted(repr(part) for part in parts)  # type: ignore[attr-defined]


@settings(max_examples=size(40, proof=1000))
@given(dossier=dossiers())
def test_nothing_is_lost_and_nothing_stands_twice(dossier: Dossier) -> None:
    legs, stays, visits = shares(dossier)
    assert as_text(legs) == as_text(dossier.legs)
    assert as_text(stays) == as_text(dossier.stays)
    assert as_text(visits) == as_text(dossier.activities)
    nights = [night for each in districts(dossier) for night in each.open_nights]
    assert sorted(nights) == list(open_nights(dossier))


@pytest.mark.parametrize("name", specimen_names())
def test_every_specimen_is_divided_without_a_rest_once_its_missions_are_named(name: str) -> None:
    dossier = specimen(name)
    found = districts(dossier)
    legs, stays, _ = shares(dossier)
    assert (len(legs), len(stays)) == (len(dossier.legs), len(dossier.stays))
    assert not dossier.missions or all(each.mission is not None for each in found)


def test_carriage_goes_to_where_the_party_sleeps_next_and_the_way_home_to_where_it_slept_last() -> None:
    dossier = specimen("singapore_malaysia")
    singapore, malaysia = dossier.missions
    assert {leg.key: mission_of_leg(dossier, leg) for leg in dossier.legs} == {
        "f1": singapore,
        "b1": singapore,
        "b2": malaysia,
        "b3": malaysia,
        "b4": malaysia,
        "f2": malaysia,
    }


def test_night_on_the_way_is_the_next_nights_on_land_else_the_last_ones() -> None:
    dossier = specimen("australia_homestay_40")
    assert mission_of_stay(dossier, dossier.stays[0]) is dossier.missions[0]
    home = Stay(key="home", kind=StayKind.IN_FLIGHT, checks_in=dt.date(2027, 3, 9), checks_out=dt.date(2027, 3, 10))
    assert mission_of_stay(dossier.model_copy(update={"stays": (*dossier.stays, home)}), home) is dossier.missions[0]


def test_groups_that_part_go_to_their_own_missions() -> None:
    day = dt.date(2027, 2, 1)
    north, south = Mission(key="n", cities=("釜山",)), Mission(key="s", cities=("済州",))
    stays = tuple(
        Stay(key=group, city=city, groups=(group,), checks_in=day, checks_out=day + dt.timedelta(days=1))
        for city, group in (("釜山", "a"), ("済州", "b"))
    )
    legs = tuple(
        Leg(key=group, groups=(group,), arrives_at=dt.datetime.combine(day, dt.time(12))) for group in ("a", "b")
    )
    dossier = Dossier(missions=(north, south), stays=stays, legs=legs)
    assert [mission_of_leg(dossier, leg) for leg in legs] == [north, south]


def test_what_falls_to_no_mission_stands_in_a_last_district() -> None:
    dossier = specimen("defects_all")
    *_, rest = districts(dossier)
    assert rest.mission is None
    assert rest.stays == dossier.stays
    assert districts(Dossier()) == ()
    assert not District(None, dossier.legs, (), ()).is_empty
