"""What an assistance company was told, by part: what changed since is named, what it was never told is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from insurance.handover import Told, changed_since, told_facts
from portal.demo.story import demo_trips
from portal.dossier.types import Dossier

HAWAII = next(trip.load() for trip in demo_trips() if trip.dossier == "hawaii")
FACTS = told_facts(HAWAII, policy="p1")


def first(dossier: Dossier, part: str, /, **change: Any) -> dict[str, Any]:
    rows = getattr(dossier, part)
    return {part: (rows[0].model_copy(update=change), *rows[1:])}


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({}, ()),
        (first(HAWAII, "stays", name="変更後の宿(見本)"), (Told.STAYS,)),
        (first(HAWAII, "participants", consented_on=dt.date(2026, 11, 1)), (Told.PARTICIPANTS,)),
        (first(HAWAII, "participants", room="305"), ()),
        (first(HAWAII, "policies", number="MS-000-09999"), (Told.POLICY,)),
        ({"outline": HAWAII.outline.model_copy(update={"returns_on": dt.date(2027, 2, 14)})}, (Told.OUTLINE,)),
        ({"legs": HAWAII.legs[1:], "activities": HAWAII.activities[1:]}, (Told.LEGS, Told.ACTIVITIES)),
        ({"policies": HAWAII.policies[:1]}, ()),
    ],
)
def test_changed_parts_are_named_in_order(change: dict[str, Any], parts: tuple[Told, ...]) -> None:
    assert changed_since(FACTS, HAWAII.model_copy(update=change), policy="p1") == parts


def test_a_contract_that_is_gone_counts_as_changed() -> None:
    assert changed_since(FACTS, HAWAII.model_copy(update={"policies": HAWAII.policies[1:]}), policy="p1") == (
        Told.POLICY,
    )
