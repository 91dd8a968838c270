"""Which changes reopen the decisions: held against every property of the specimen, one at a time."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests import material
from mofa_requests.material import is_material, material_ones
from portal.dossier.diff import diff
from portal.dossier.pointers import properties
from portal.dossier.types import Dossier, FounderType
from tests.factories.cast import ready_dossier

_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def plan() -> Dossier:
    return ready_dossier(FounderType.PREFECTURAL)[0]


def changed(plan: Dossier, part: str, **values: object) -> Dossier:
    """The plan with the first entry of a part (or the part itself) given other values."""
    held = getattr(plan, part)
    if not isinstance(held, tuple):
        return plan.model_copy(update={part: held.model_copy(update=values)})
    first, *rest = held
    return plan.model_copy(update={part: (first.model_copy(update=values), *rest)})


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("home_contacts", {"night_phone": "090-0000-7777"}),
        ("stays", {"phone": "+886 000-0000-7777"}),
        ("school", {"fax": "088-000-7777"}),
        ("outline", {"title": "題を改めた旅行"}),
        ("participants", {"passport_surname": "TAKAHASI"}),
        ("policies", {"number": "MS-7777"}),
    ],
)
def test_how_somebody_is_reached_and_spelt_passes(plan: Dossier, part: str, values: dict[str, object]) -> None:
    found = diff(plan, changed(plan, part, **values))
    assert len(found) == 1
    assert material_ones(found) == []


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("legs", {"number": "CI7777"}),
        ("stays", {"name": "別の宿(見本)"}),
        ("destinations", {"danger_level": 1}),
        ("outline", {"purpose": "別の目的"}),
        ("policies", {"phone_24h": None}),
        ("policies", {"phone": None}),
        ("home_contacts", {"night_phone": None}),
        ("participants", {"sex": None}),
    ],
)
def test_what_the_decisions_rest_upon_and_what_is_taken_away_reopens_them(
    plan: Dossier, part: str, values: dict[str, object]
) -> None:
    found = diff(plan, changed(plan, part, **values))
    assert len(found) == 1
    assert material_ones(found) == list(found)


def test_somebody_who_joins_or_stays_at_home_reopens_them_and_another_order_does_not(plan: Dossier) -> None:
    first, *rest = plan.participants
    for people in (tuple(rest), (*plan.participants, first.model_copy(update={"key": "new"}))):
        assert material_ones(diff(plan, plan.model_copy(update={"participants": people})))
    turned = diff(plan, plan.model_copy(update={"participants": (*rest, first)}))
    assert turned
    assert material_ones(turned) == []


def test_a_later_day_of_departure_reopens_them(plan: Dossier) -> None:
    assert plan.outline.departs_on
    found = diff(plan, changed(plan, "outline", departs_on=plan.outline.departs_on + _DAY))
    assert [is_material(change) for change in found] == [True]


def test_the_table_names_properties_that_there_are() -> None:
    for part, names in material._MINOR.items():
        entry = properties(Dossier)[part].part
        assert entry is not None
        reach = material._HOW_TO_REACH if names >= material._HOW_TO_REACH else frozenset()
        assert names - reach <= set(properties(entry)), part
        assert not reach or reach & set(properties(entry)), part
