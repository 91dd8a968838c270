"""The roster goes out safe to open, with every loss named, and comes back the same."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.types import Participant
from tests.trips.roster.corpus_tables import specimen_people
from trips.roster.cells import FORMULA_STARTS
from trips.roster.columns import guess_field
from trips.roster.export import COLUMNS, CP932, roster_csv, roster_rows, roster_xlsx
from trips.roster.preview import read_roster
from trips.roster.sheets_out import GETA, LOOK_ALIKES, delimited_bytes
from trips.roster.table import address

TODAY = dt.date(2026, 11, 22)


def test_headings_are_read_back_as_their_fields() -> None:
    for english in (False, True):
        heading = roster_rows([], groups={}, english=english)[0]
        assert [guess_field(word)[0] for word in heading] == list(COLUMNS)


@pytest.mark.parametrize("english", [False, True])
def test_a_workbook_comes_back_without_a_difference(english: bool) -> None:
    people = specimen_people()
    given = roster_xlsx(people, title="見本 & 名簿", english=english)
    preview = read_roster(given.data, given.filename, existing=people, on=TODAY)
    assert [row.same_as for row in preview.kept] == [person.key for person in people]
    assert [row.differences for row in preview.kept if row.differences] == []


def test_unicode_text_comes_back_without_a_difference() -> None:
    people = specimen_people()
    preview = read_roster(roster_csv(people).data, "名簿.csv", existing=people, on=TODAY)
    assert [row.differences for row in preview.kept if row.differences] == []


def test_cp932_lists_every_cell_it_cannot_hold() -> None:
    people = [
        Participant(key="s001", name="𠮷田　葵"),
        Participant(key="s002", name="葛󠄀城　蓮"),
        Participant(key="s003", name="髙橋　花子", room="5〜6"),
    ]
    given = roster_csv(people, encoding=CP932)
    assert [(loss.cell, loss.text, loss.characters, loss.written) for loss in given.losses] == [
        ("F2", "𠮷田　葵", ("𠮷",), f"{GETA}田　葵"),
        ("F3", "葛󠄀城　蓮", ("\U000e0100",), "葛城　蓮"),
    ]
    text = given.data.decode("cp932")
    assert "髙橋　花子" in text
    assert "5～6" in text
    assert "?" not in text


def test_refuses_other_codings() -> None:
    with pytest.raises(ValueError, match="shift_jis"):
        roster_csv([], encoding="shift_jis")


@given(st.lists(st.lists(st.text(max_size=10), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_begins_like_a_formula_and_no_loss_is_silent(rows: list[list[str]]) -> None:
    data, losses = delimited_bytes(rows, encoding="cp932")
    written = list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))
    lost = {loss.cell for loss in losses}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            shown = written[number][column] if written[number] else ""
            assert not shown or shown[0] not in FORMULA_STARTS
            assert shown.count("?") == cell.count("?")
            if address(number + 1, column) not in lost:
                assert shown.removeprefix("'") == cell.translate(LOOK_ALIKES).removeprefix("'")


def test_a_workbook_holds_strings_only() -> None:
    people = [Participant(key="s001", name="高橋", room="=1+1"), Participant(key="s002", name="http://example.invalid")]
    sheet = openpyxl.load_workbook(io.BytesIO(roster_xlsx(people, title="x").data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.paperSize == 9
