"""The roster's table: found by old forms of characters, ordered by kana, twins and gaps marked, exported."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk, plan_of
from trips.actions.roster import write_roster

AtDesk = Callable[[World, Seat], Desk]
NAMES = (
    ("髙橋　花子", "たかはし　はなこ"),
    ("𠮷田　結", "よしだ　ゆい"),
    ("青木　蓮", "あおき　れん"),
    ("高橋　花子", "タカハシ　ハナコ"),
    ("山﨑　翔", None),
)


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    model = plan_of(here).participants[0]
    people = [
        model.model_copy(update={"key": f"P{n}", "name": name, "kana": kana, "guardian_recorded": n == 1})
        for n, (name, kana) in enumerate(NAMES, start=1)
    ]
    with here.drafter.at_work():
        write_roster(here.request.trip, people, cipher_for(here.request.trip_id))
    return desk(here, here.drafter)


def keys(page: str) -> list[str]:
    return re.findall(r'<tr id="row-participants-(\w+)"', page)


def test_it_stands_as_written_or_by_kana(mine: Desk) -> None:
    assert keys(mine.open("roster/")) == ["P1", "P2", "P3", "P4", "P5"]
    assert keys(mine.open("roster/?order=kana")) == ["P3", "P1", "P4", "P2", "P5"]
    assert keys(mine.post("roster/", {"words": "高橋", "order": "kana"})) == ["P1", "P4"]


def test_twins_and_missing_guardians_are_marked(mine: Desk) -> None:
    page = mine.open("roster/")
    assert page.count(">同じ氏名<") == 2
    assert page.count(">未登録<") == 4
    assert page.count("登録済み") == 1


def test_what_an_old_file_cannot_hold_is_named_before_it_is_given_out(mine: Desk) -> None:
    page = mine.open("roster/export/cp932/")
    assert "𠮷田" in page
    assert "髙橋" not in page
    given = mine.client.get(f"{mine.base}roster/export/cp932/?anyway=1")
    assert "髙橋　花子" in given.content.decode("cp932")
    whole = mine.client.get(f"{mine.base}roster/export/utf8/")
    assert "𠮷田　結" in whole.content.decode("utf-8-sig")
