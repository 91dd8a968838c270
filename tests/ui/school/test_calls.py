"""The phone-test log: what lacks is said with the form, a call is kept once, the warnings go when all were tried."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of
from trips.facts.calls import numbers_to_test
from trips.models import PhoneTest

AtDesk = Callable[[World, Seat], Desk]
LACKING = "夜間・休日の電話を確かめていません"


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def call(place: str, **typed: str) -> dict[str, str]:
    first = {"called_by": "教頭", "outcome": "reached", "reached": "髙橋さん本人", "called_on": "", **typed}
    prefix = place.replace("/", "-")
    return {"place": place, **{f"{prefix}-{name}": text for name, text in first.items()}}


def test_all_numbers_are_tried_and_the_warnings_go(here: World, mine: Desk) -> None:
    places = [number.place for number in numbers_to_test(plan_of(here))]
    assert len(places) > 1
    assert LACKING in mine.open("submit/")
    today = f"{here.on:%Y-%m-%d}"
    for place in places:
        assert f'value="{place}"' in mine.open("calls/")
        for _ in range(2):  # a double press
            mine.post("calls/", call(place, called_on=today))
            assert mine.status == 302, mine.page
    assert PhoneTest.objects.count() == len(places)
    assert f"{len(places)}番号のうち{len(places)}番号を確認済み" in mine.open("calls/")
    assert "髙橋さん本人" in mine.page
    assert LACKING not in mine.open("submit/")
    assert "すべて最近つながることを確かめています" in mine.open()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"called_on": "2099-01-01"}, "今日より先の日付です"),
        ({"called_on": "きのう"}, "日付"),
        ({"reached": ""}, "話した相手を書いてください"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(here: World, mine: Desk, typed: dict[str, str], says: str) -> None:
    place = numbers_to_test(plan_of(here))[0].place
    page = mine.post("calls/", call(place, **{"called_on": f"{here.on:%Y-%m-%d}", **typed}))
    assert mine.status == 422
    assert says in page
    assert 'value="教頭"' in page
    assert not PhoneTest.objects.exists()


def test_a_plan_that_was_handed_in_may_still_be_called_through(here: World, mine: Desk) -> None:
    submitted(here)
    place = numbers_to_test(plan_of(here))[0].place
    mine.post("calls/", call(place, called_on=f"{here.on:%Y-%m-%d}", outcome="no_answer", reached=""))
    assert mine.status == 302
    assert "つながりませんでした" in mine.open("calls/")


def test_a_place_that_is_not_in_the_plan_is_refused(mine: Desk) -> None:
    said = mine.post("calls/", call("home_contacts/nobody/night_phone"), follow=True)
    assert "いまの計画にありません" in said
    assert not PhoneTest.objects.exists()
    assert re.search(r'href="tel:\+?\d+"', mine.open("calls/"))
