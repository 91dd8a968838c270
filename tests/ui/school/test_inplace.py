"""A row of the roster edited where it stands: saved as one types, figures follow, nobody is written over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import submitted
from tests.ui.posting import posted
from tests.ui.school.conftest import Desk, plan_of
from trips.queries import participant_ids

AtDesk = Callable[[World, Seat], Desk]


class Row:
    """One traveller's row before one person."""

    def __init__(self, made: World, desk: Desk, key: str) -> None:
        self.desk, self.key = desk, key
        with made.drafter.at_work():
            self.path = f"roster/people/{participant_ids(made.request.trip)[key]}/row/"

    def open(self) -> str:
        return self.desk._keep(self.desk.client.get(self.desk.base + self.path, headers={"HX-Request": "true"}))

    def type(self, page: str, **typed: str) -> str:
        data: Any = posted(page, **{f"row-{self.key}-{name}": text for name, text in typed.items()})
        return self.desk.post(self.path, data, **{"HX-Request": "true"})


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def test_a_row_opens_saves_and_closes_where_it_stands(here: World, mine: Desk) -> None:
    before = plan_of(here).participants
    row = Row(here, mine, before[0].key)
    fields = row.open()
    assert fields.lstrip().startswith("<tr")
    said = row.type(fields, name="髙﨑　葵", sex="other", born_on="H21.5.6")
    assert "保存しました" in said
    assert re.search(r'id="counts" hx-swap-oob', said)
    after = plan_of(here).participants
    assert (after[0].name, after[0].sex, str(after[0].born_on)) == ("髙﨑　葵", "other", "2009-05-06")
    assert after[1:] == before[1:]
    shut = mine.client.get(f"{mine.base}{row.path}?shut=1", headers={"HX-Request": "true"}).content.decode()
    assert "髙﨑　葵" in shut
    assert shut.strip().startswith(f'<tr id="row-participants-{row.key}"')


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(here: World, mine: Desk) -> None:
    person = plan_of(here).participants[0]
    row = Row(here, mine, person.key)
    said = row.type(row.open(), born_on="2009/2/30", room="302")
    assert "2009/2/30" in said
    after = plan_of(here).participants[0]
    assert (after.born_on, after.room) == (person.born_on, "302")


def test_somebody_faster_is_shown_and_not_written_over(here: World, mine: Desk, desk: AtDesk) -> None:
    row = Row(here, mine, plan_of(here).participants[0].key)
    old = row.open()
    other = Row(here, desk(here, here.principal), row.key)
    other.type(other.open(), room="東館")
    said = row.type(old, room="西館")
    assert "ほかの人が先に保存しました" in said
    assert "「東館」" in said
    assert plan_of(here).participants[0].room == "東館"
    version = re.search(r'-version" value="(\d+)"', said)
    assert version is not None
    assert "保存しました" in row.type(old, room="西館", version=version[1])
    assert plan_of(here).participants[0].room == "西館"


def test_without_scripts_the_whole_entry_opens_and_a_closed_plan_stays(here: World, mine: Desk) -> None:
    row = Row(here, mine, plan_of(here).participants[0].key)
    answer = mine.client.get(mine.base + row.path)
    assert answer.status_code == 302
    assert answer["Location"].endswith(row.path.removesuffix("row/"))
    fields = row.open()
    submitted(here)
    before = plan_of(here).participants
    assert "いま書き換えられません" in row.type(fields, room="9")
    assert plan_of(here).participants == before
