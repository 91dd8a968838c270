"""Which entries of the directory want a look, and in which order."""

from __future__ import annotations

import datetime as dt

import pytest

from jcsos.rules.directory import STALE_AFTER, Entry, Want, queue_of, want_of

TODAY = dt.date(2026, 11, 22)
NUMBER = (("電話", "見本"),)


def entry(name: str = "窓口", **known: object) -> Entry:
    return Entry("mission", name, name, name, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "want"),
    [
        ({}, Want.EMPTY),
        ({"verified_on": TODAY}, Want.EMPTY),
        ({"numbers": NUMBER}, Want.NEVER),
        ({"numbers": NUMBER, "verified_on": TODAY - STALE_AFTER}, None),
        ({"numbers": NUMBER, "verified_on": TODAY - STALE_AFTER - dt.timedelta(days=1)}, Want.STALE),
        ({"numbers": NUMBER, "verified_on": TODAY, "changed": True}, Want.GONE),
    ],
)
def test_why_an_entry_wants_a_look(known: dict[str, object], want: Want | None) -> None:
    assert want_of(entry(**known), on=TODAY) is want


def test_the_most_pressing_reason_comes_first_then_the_oldest() -> None:
    old, older = (
        entry(name, numbers=NUMBER, verified_on=day)
        for name, day in (("甲", dt.date(2026, 1, 1)), ("乙", dt.date(2025, 1, 1)))
    )
    fresh, empty, never = entry("丙", numbers=NUMBER, verified_on=TODAY), entry("丁"), entry("戊", numbers=NUMBER)
    found = [one.name for one, _ in queue_of([old, fresh, never, older, empty], on=TODAY)]
    assert found == ["丁", "戊", "乙", "甲"]
