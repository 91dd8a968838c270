"""The roster's table: found by old forms of characters, ordered by kana, twins and gaps marked, exported."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest

from portal.ui.school.roster import FIRST
from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk, plan_of
from tests.ui.school.test_weight import MOST
from tests.ui.weight import files_of
from trips.actions.roster import write_roster

FAMILIES = ("髙橋", "𠮷田", "山﨑", "佐藤", "鈴木", "渡邉", "葛󠄀城")
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


def test_a_long_roster_is_light_and_its_rest_follows(here: World, desk: AtDesk) -> None:
    model = plan_of(here).participants[0]
    syllables = "あいうえおかきくけこさしすせそたちつてと"
    people = [
        model.model_copy(
            update={
                "key": f"L{n:03d}",
                "name": f"{FAMILIES[n % 7]}　{'花結蓮翔葵'[n % 5]}{'一二三四'[n // 100]}",
                "kana": f"{syllables[n % 20]}{syllables[n // 20]}　{syllables[-n % 19]}ん",
                "number": str(n % 40 + 1),
            }
        )
        for n in range(400)
    ]
    with here.drafter.at_work():
        write_roster(here.request.trip, people, cipher_for(here.request.trip_id))
    mine = desk(here, here.drafter)
    first = mine.open("roster/")
    assert keys(first) == [person.key for person in people[:FIRST]]
    assert sum(len(gzip.compress(part)) for part in (first.encode(), *files_of(first))) <= MOST
    assert f"続きの{400 - FIRST}人を表示する" in first
    assert keys(mine.open("roster/?all=1&order=")) == [person.key for person in people]
    rest = mine.client.get(f"{mine.base}roster/?rest=1&order=", headers={"HX-Request": "true"}).content.decode()
    assert rest.startswith("<tbody>")
    assert keys(rest) == [person.key for person in people[FIRST:]]
    assert keys(mine.post("roster/", {"words": "葛󠄀城"})) == [person.key for person in people[6::7]]


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
