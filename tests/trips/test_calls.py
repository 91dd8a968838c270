"""What a test call is worth: fresh for ninety days, nothing once the number changed, the latest one counts."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.dossier.types import Agent, Dossier, HomeContact
from trips.enums import CallOutcome
from trips.facts.calls import Call, Number, Trust, numbers_to_test, trust_in

ON = dt.date(2026, 11, 22)
NUMBER = Number("home_contacts/c1/night_phone", "night_phone", "髙橋 美保", "090-0000-0001")


def call(days_ago: int, *, number: str = NUMBER.number, outcome: CallOutcome = CallOutcome.REACHED) -> Call:
    return Call(NUMBER.place, number, ON - dt.timedelta(days=days_ago), "教頭", outcome, "本人")


@pytest.mark.parametrize(
    ("calls", "trust"),
    [
        ([], Trust.UNTESTED),
        ([call(0)], Trust.FRESH),
        ([call(90)], Trust.FRESH),
        ([call(91)], Trust.OLD),
        ([call(-1)], Trust.UNTESTED),
        ([call(3, number="090-0000-0002")], Trust.CHANGED),
        ([call(3, number="０９０－００００－０００１")], Trust.FRESH),
        ([call(10), call(2, outcome=CallOutcome.NO_ANSWER)], Trust.FAILED),
        ([call(2), call(10, outcome=CallOutcome.WRONG)], Trust.FRESH),
    ],
)
def test_what_the_calls_are_worth(calls: list[Call], trust: Trust) -> None:
    assert trust_in(NUMBER, calls, on=ON)[0] is trust


def test_every_night_and_holiday_number_is_to_be_tried_once() -> None:
    dossier = Dossier(
        home_contacts=(
            HomeContact(key="c1", name="髙橋 美保", night_phone="090-0000-0001", holiday_phone="09000000001"),
            HomeContact(key="c2", name="﨑田", night_phone="090-0000-0003", holiday_phone="090-0000-0004"),
            HomeContact(key="c3"),
        ),
        agents=(Agent(key="a1", name="見本旅行(見本)", phone="03-0000-0000", night_phone="03-0000-0001"),),
    )
    assert [number.place for number in numbers_to_test(dossier)] == [
        "home_contacts/c1/night_phone",
        "home_contacts/c2/night_phone",
        "home_contacts/c2/holiday_phone",
        "agents/a1/night_phone",
    ]
