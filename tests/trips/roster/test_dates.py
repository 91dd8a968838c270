"""Dates in every form a roster brings, and those that cannot be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.era import era_date
from trips.roster.dates import age_on, join_birth_date, read_age, read_birth_date, read_consent, read_date
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused, Setting

TODAY = dt.date(2026, 11, 22)
SETTING = Setting(on=TODAY)
BORN = dt.date(2009, 4, 2)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("2009/4/2"),
        Cell("2009-04-02"),
        Cell("２００９年４月２日"),
        Cell("平成21年4月2日"),
        Cell("H21.4.2"),
        Cell("20090402"),
        Cell("20090402", CellKind.NUMBER),
        Cell("39905", CellKind.NUMBER),
        Cell("39905"),
        Cell("39905.0", CellKind.NUMBER),
        Cell("2009-04-02", CellKind.DATE),
        Cell("2009-04-02T06:00:00", CellKind.DATE),
        Cell("2009/4/2 0:00:00"),
        Cell("2009/4/2 0:00"),
    ],
)
def test_reads_the_same_day(cell: Cell) -> None:
    assert read_birth_date(cell, SETTING) == BORN


def test_counts_from_1904_where_the_workbook_does() -> None:
    assert read_date(Cell("38443", CellKind.NUMBER), Setting(on=TODAY, epoch_1904=True)) == BORN


@given(st.dates(dt.date(1989, 1, 8), TODAY))
def test_era_and_serial_agree(day: dt.date) -> None:
    serial = str((day - dt.date(1899, 12, 30)).days)
    assert read_date(Cell(era_date(day)), SETTING) == day
    assert read_date(Cell(serial, CellKind.NUMBER), SETTING) == day


@pytest.mark.parametrize(
    "cell",
    [
        Cell("60", CellKind.NUMBER),
        Cell("-5", CellKind.NUMBER),
        Cell("0", CellKind.NUMBER),
        Cell("210402", CellKind.NUMBER),
        Cell("2009/2/30"),
        Cell("平成40年4月2日"),
        Cell("09/4/2"),
        Cell("4月2日"),
        Cell("2027/4/2"),
        Cell("1910/4/2"),
        Cell("#VALUE!", CellKind.ERROR),
    ],
)
def test_refuses_days_that_cannot_be_a_birth_date(cell: Cell) -> None:
    with pytest.raises(CellRefused) as caught:
        read_birth_date(cell, SETTING)
    assert caught.value.mend.endswith(("。", "い", "か"))


def test_joins_three_columns() -> None:
    assert join_birth_date(Cell("平成21年"), Cell("4月"), Cell("２"), SETTING) == BORN
    assert join_birth_date(Cell(""), Cell(""), Cell(""), SETTING) is None
    with pytest.raises(CellRefused):
        join_birth_date(Cell("2009"), Cell(""), Cell("2"), SETTING)


def test_a_tick_is_no_day_of_consent() -> None:
    assert read_consent(Cell("○"), SETTING) == (None, True)
    assert read_consent(Cell("2026/10/1"), SETTING) == (dt.date(2026, 10, 1), False)
    with pytest.raises(CellRefused, match="未来"):
        read_consent(Cell("2027/10/1"), SETTING)


@pytest.mark.parametrize(("typed", "expected"), [("17", 17), ("１７歳", 17), ("", None)])
def test_reads_ages(typed: str, expected: int | None) -> None:
    assert read_age(Cell(typed)) == expected


@pytest.mark.parametrize("typed", ["-1", "999", "17.5", "じゅうなな"])
def test_refuses_ages_that_are_none(typed: str) -> None:
    with pytest.raises(CellRefused, match="年齢"):
        read_age(Cell(typed))


def test_a_year_is_completed_on_the_birthday() -> None:
    assert age_on(BORN, dt.date(2026, 4, 1)) == 16
    assert age_on(BORN, dt.date(2026, 4, 2)) == 17
