"""An arrival written as a time alone is of the day of departure; what cannot be read stays as it was typed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from portal.dossier.types import Leg
from portal.ui.part_forms import part_form, part_formset

Form = part_form(Leg, only=("departs_at", "arrives_at"))
LEAVES = "2026/10/20 23:50"


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("23:59", dt.datetime(2026, 10, 20, 23, 59)),
        ("25:30", dt.datetime(2026, 10, 21, 1, 30)),
        ("6:10+1", dt.datetime(2026, 10, 21, 6, 10)),
        ("翌6:10", dt.datetime(2026, 10, 21, 6, 10)),
        ("2026/10/22 6:10", dt.datetime(2026, 10, 22, 6, 10)),
        ("2026-10-21T06:10", dt.datetime(2026, 10, 21, 6, 10)),
    ],
)
def test_an_arrival_follows_its_departure(typed: str, arrives: dt.datetime) -> None:
    form = Form({"departs_at": LEAVES, "arrives_at": typed}, part=Leg(key="l1"))
    assert form.is_valid(), form.errors
    assert (form.part.departs_at, form.part.arrives_at) == (dt.datetime(2026, 10, 20, 23, 50), arrives)
    rows = part_formset(Leg, only=("departs_at", "arrives_at"))
    data = {"legs-row": "l1", "legs-l1-departs_at": LEAVES, "legs-l1-arrives_at": typed}
    (leg,) = rows(_posted(data), parts=(Leg(key="l1"),), prefix="legs").parts
    assert leg.arrives_at == arrives


@pytest.mark.parametrize("departs", ["", "あした"])
def test_a_time_without_a_day_to_follow_is_asked_about(departs: str) -> None:
    form = Form({"departs_at": departs, "arrives_at": "6:10+1"}, part=Leg(key="l1"))
    assert "2026/10/20 9:15 のように" in str(form.errors["arrives_at"])
    assert form["arrives_at"].data == "6:10+1"


def test_a_stored_moment_is_shown_as_it_may_be_typed_and_does_not_change() -> None:
    leg = Leg(key="l1", departs_at=dt.datetime(2026, 10, 20, 9, 5), arrives_at=dt.datetime(2026, 10, 21, 0, 5))
    form = Form(part=leg)
    assert 'value="2026/10/20 09:05"' in str(form["departs_at"])
    same = Form({"departs_at": "2026/10/20 09:05", "arrives_at": "2026/10/21 00:05"}, part=leg)
    assert same.is_valid()
    assert (same.part, same.changed_data) == (leg, [])


def _posted(data: dict[str, str]) -> QueryDict:
    body = QueryDict(mutable=True)
    body.update(data)
    return body
