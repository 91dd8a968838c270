"""Passport spelling at the desk: suggested, confirmed person by person, doubted, laid against tickets."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of
from trips.actions.roster import write_roster

AtDesk = Callable[[World, Seat], Desk]
PAGE = "roster/passports/"
NAMES = (("大野　陽翔", "おおの　はると"), ("髙橋　花子", "たかはし　はなこ"), ("𠮷田　結", "よしだ　ゆい"))


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    model = plan_of(here).participants[0].model_copy(update={"passport_surname": None, "passport_given": None})
    people = [
        model.model_copy(update={"key": f"P{n:03d}", "name": name, "kana": kana, "nationality": None})
        for n, (name, kana) in enumerate(NAMES, start=1)
    ]
    with here.drafter.at_work():
        write_roster(here.request.trip, people, cipher_for(here.request.trip_id))
    return desk(here, here.drafter)


def test_only_what_was_confirmed_is_stored(here: World, mine: Desk) -> None:
    page = mine.open(PAGE)
    assert 'name="surname-P001" value="ONO"' in page
    assert "OHNO / OONO" in page
    assert '<option value="OHNO">' in page
    typed = {"surname-P001": "ｏｈｎｏ", "given-P001": "HARUTO", "surname-P002": "TAKAHASHI", "given-P002": "HANAKO"}
    said = mine.post(PAGE, {"confirm": "1", "who": ["P001"], **typed}, follow=True)
    assert "1人の旅券の綴りを名簿に入れました" in said
    first, second, _ = plan_of(here).participants
    assert (first.passport_surname, first.passport_given) == ("OHNO", "HARUTO")
    assert (second.passport_surname, second.passport_given) == (None, None)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "だれも選ばれていません"),
        ({"who": "P001", "surname-P001": "おおの"}, "「おおの」は旅券の綴りとして読めません"),
        ({"who": "P001", "surname-P001": "A" * 81}, "旅券の綴りとして読めません"),
        ({"who": "P001", "given-P001": "HARUTO"}, "旅券の綴りとして読めません"),
    ],
)
def test_what_is_no_spelling_is_named_and_not_stored(here: World, mine: Desk, sent: dict[str, str], says: str) -> None:
    before = plan_of(here).participants
    assert says in mine.post(PAGE, {"confirm": "1", **sent}, follow=True)
    assert plan_of(here).participants == before


def test_doubts_and_tickets_are_shown(here: World, mine: Desk) -> None:
    typed = {"surname-P001": "OGATA", "given-P001": "HARUTO", "surname-P002": "TAKAHASHI", "given-P002": "HANAKO"}
    mine.post(PAGE, {"confirm": "1", "who": ["P001", "P002"], **typed})
    page = mine.open(PAGE)
    assert re.search(r"大野　陽翔</a></th>.*?OGATA HARUTO.*?ONO HARUTO.*?かなと違う", page, re.DOTALL)
    page = mine.post(PAGE, {"tickets": "1 TAKAHASHI/HANAKO MS\n2 ONO/HARUTO MR\n\n"})
    assert "名簿と同じ綴り: 1人" in page
    assert "<li>ONO/HARUTO MR</li>" in page
    assert re.search(r"同じ綴りの航空券がない人.*大野　陽翔</a> OGATA HARUTO", page, re.DOTALL)


def test_a_plan_that_was_handed_in_is_only_read(here: World, desk: AtDesk) -> None:
    submitted(here)
    late, before = desk(here, here.drafter), plan_of(here).participants
    page = late.open(PAGE)
    assert "読むだけのページです" in page
    said = late.post(PAGE, {"confirm": "1", "who": before[0].key, f"surname-{before[0].key}": "X"}, follow=True)
    assert "いま書き換えられません" in said
    assert plan_of(here).participants == before
