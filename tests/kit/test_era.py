"""Dates in era and western form: printed once, read in every way people type them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.era import ERAS, both_dates, english_date, era_date, parse_date, western_date
from portal.kit.text import Refused

DAYS = st.dates(dt.date(1868, 1, 25), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "era", "both"),
    [
        (dt.date(2027, 3, 31), "令和9年3月31日(水)", "令和9年(2027年)3月31日(水)"),
        (dt.date(2019, 5, 1), "令和元年5月1日(水)", "令和元年(2019年)5月1日(水)"),
        (dt.date(2019, 4, 30), "平成31年4月30日(火)", "平成31年(2019年)4月30日(火)"),
        (dt.date(1989, 1, 7), "昭和64年1月7日(土)", "昭和64年(1989年)1月7日(土)"),
        (dt.date(1989, 1, 8), "平成元年1月8日(日)", "平成元年(1989年)1月8日(日)"),
        (dt.date(1867, 1, 1), "1867年1月1日(火)", "1867年1月1日(火)"),
    ],
)
def test_a_day_is_printed(day: dt.date, era: str, both: str) -> None:
    assert era_date(day) == era
    assert both_dates(day) == both


def test_the_weekday_may_be_left_out_and_english_is_plain() -> None:
    day = dt.date(2027, 3, 31)
    assert era_date(day, weekday=False) == "令和9年3月31日"
    assert western_date(day) == "2027年3月31日(水)"
    assert english_date(day) == "Wed 31 March 2027"


@pytest.mark.parametrize(
    "typed",
    [
        "令和8年4月2日",
        "令和八年四月二日",
        "令和８年４月２日（木）",
        "令和 8 年 4 月 2 日(木曜日)",
        "R8.4.2",
        "r8/4/2",
        "Ｒ８．４．２",
        "R8-4-2",
        "2026/4/2",
        "2026-04-02",
        "2026−04−02",
        "2026ー04ー02",
        "2026.4.2",
        "2026年4月2日",
        "西暦2026年4月2日",
        "二〇二六年四月二日",
        "20260402",
        "２０２６０４０２",
        "2026-04-02 (Thu)",
        " 2026/4/2　",
    ],
)
def test_every_usual_way_of_typing_is_read(typed: str) -> None:
    assert parse_date(typed) == dt.date(2026, 4, 2)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("H20.4.2", dt.date(2008, 4, 2)),
        ("平成元年5月1日", dt.date(1989, 5, 1)),
        ("令和元年五月一日", dt.date(2019, 5, 1)),
        ("平成三十一年四月三十日", dt.date(2019, 4, 30)),
        ("令和十年十月二十日", dt.date(2028, 10, 20)),
        ("昭和六三年三月三一日", dt.date(1988, 3, 31)),
        ("S64.1.7", dt.date(1989, 1, 7)),
        ("2028/2/29", dt.date(2028, 2, 29)),
        ("令和8年4月29日(水・祝)", dt.date(2026, 4, 29)),
    ],
)
def test_eras_and_kanji_numerals_are_read(typed: str, day: dt.date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2027-02-30", "暦にありません"),
        ("2027/13/1", "暦にありません"),
        ("令和9年2月29日", "暦にありません"),
        ("平成31年5月1日", "令和元年5月1日(水)のことですか"),
        ("令和元年4月30日", "平成31年4月30日(火)のことですか"),
        ("令和0年5月1日", "令和ではありません"),
        ("8/4/2", "西暦か元号か分かりません"),
        ("27-03-31", "西暦か元号か分かりません"),
        ("2027年3月31日(木)", "曜日が合いません"),
        ("X8.4.2", "日付として読めません"),
        ("令和8年4月", "日付として読めません"),
        ("二五十年1月1日", "日付として読めません"),
        ("46114", "日付として読めません"),
        ("未定", "日付として読めません"),
        ("", "日付として読めません"),
    ],
)
def test_what_is_no_date_says_why_and_how_to_mend(typed: str, words: str) -> None:
    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        parse_date(typed)
    assert caught.value.english.isascii() or typed in caught.value.english


def test_spreadsheet_serials_are_read_only_when_asked_for() -> None:
    assert parse_date("46114", serials=True) == dt.date(2026, 4, 2)


@given(DAYS)
def test_what_is_printed_is_read_back(day: dt.date) -> None:
    for printed in (era_date(day), era_date(day, weekday=False), western_date(day), day.isoformat(), f"{day:%Y%m%d}"):
        assert parse_date(printed) == day


@given(DAYS)
def test_every_day_has_one_era(day: dt.date) -> None:
    assert sum(era.covers(day) for era in ERAS) == 1


@given(st.text(max_size=20))
def test_no_text_makes_the_reader_fail(typed: str) -> None:
    with suppress(Refused):
        assert isinstance(parse_date(typed, serials=True), dt.date)
