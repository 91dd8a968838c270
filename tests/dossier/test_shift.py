"""Specimen plans move by whole weeks and keep everything else."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.dossier.shift import shift, weeks_between
from portal.dossier.types import Dossier, Leg, Outline, Participant


@pytest.fixture
def plan() -> Dossier:
    return Dossier(
        as_of=dt.date(2026, 11, 16),
        outline=Outline(title="台湾", departs_on=dt.date(2027, 1, 12)),
        legs=(Leg(key="L1", departs_at=dt.datetime(2027, 1, 12, 9, 15), departs_zone="Asia/Tokyo"),),
        participants=(Participant(key="p1", name="髙橋 𠮷子", born_on=dt.date(2010, 2, 28)),),
    )


def test_dates_and_local_times_move_by_weeks(plan: Dossier) -> None:
    moved = shift(plan, 3)
    assert moved.outline.departs_on == dt.date(2027, 2, 2)
    assert moved.legs[0].departs_at == dt.datetime(2027, 2, 2, 9, 15)
    assert moved.outline.departs_on.weekday() == plan.outline.departs_on.weekday()


def test_ages_stay_and_the_way_back_is_exact(plan: Dossier) -> None:
    moved = shift(plan, 52)
    assert moved.participants[0].name == "髙橋 𠮷子"
    assert moved.outline.departs_on - moved.participants[0].born_on == (
        plan.outline.departs_on - plan.participants[0].born_on
    )
    assert shift(moved, -52) == plan


def test_weeks_are_whole_and_never_overshoot() -> None:
    start = dt.date(2026, 11, 16)
    assert [weeks_between(start, start + dt.timedelta(days=n)) for n in (0, 6, 7, 13, -1)] == [0, 0, 1, 1, -1]
