"""What people type, read as values."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.ui import typed


@given(st.times())
def test_every_minute_is_read_back(clock: dt.time) -> None:
    minute = clock.replace(second=0, microsecond=0)
    assert typed.read_time(f"{minute.hour}:{minute.minute:02d}") == minute
    assert typed.read_time(f"{minute.hour}時{minute.minute}分") == minute


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9時半", "朝", "９：１５：００"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="9:15"):
        typed.read_time(text)


@pytest.mark.parametrize(
    "text",
    ["2026/10/20 9:15", "2026-10-20T09:15", "2026-10-20T09:15:00", "令和8年10月20日 9時15分", "R8.10.20　０９：１５"],
)
def test_moments_in_every_dress(text: str) -> None:
    assert typed.read_moment(text) == dt.datetime(2026, 10, 20, 9, 15)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("2026/10/20 25:30", 21, (1, 30)),
        ("2026/10/20 24:00", 21, (0, 0)),
        ("2026/10/20 29:59", 21, (5, 59)),
        ("2026/10/20 6:10+1", 21, (6, 10)),
        ("2026/10/20 6:10(+1)", 21, (6, 10)),
        ("2026/10/20 ６：１０＋１", 21, (6, 10)),
        ("2026/10/20 翌6:10", 21, (6, 10)),
        ("令和8年10月20日 翌日6時10分", 21, (6, 10)),
        ("2026/10/20 翌々日 0610", 22, (6, 10)),
        ("2026/10/20 0:05", 20, (0, 5)),
    ],
)
def test_hours_count_on_as_itineraries_write_them(text: str, day: int, hour: tuple[int, int]) -> None:
    assert typed.read_moment(text) == dt.datetime(2026, 10, day, *hour)


@pytest.mark.parametrize("text", ["2026/10/20", "2026/10/20 30:00", "2026/10/20 25:60", "25:30", "2026/10/20 6:10+"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="9:15"):
        typed.read_moment(text)


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2098, 12, 30)), st.integers(0, 3))
def test_a_moment_is_the_same_in_every_way_of_counting_its_day(moment: dt.datetime, days: int) -> None:
    minute = moment.replace(second=0, microsecond=0)
    later = minute + dt.timedelta(days=days)
    assert typed.read_moment(f"{minute:%Y/%m/%d %H:%M}+{days}") == later
    assert typed.read_moment(f"{minute:%Y/%m/%d} {minute.hour}時{minute.minute}分") == minute


@given(st.integers(-(10**12), 10**12))
def test_numbers_with_grouping_in_any_width(number: int) -> None:
    wide = str.maketrans("0123456789,-", "０１２３４５６７８９，－")
    assert typed.read_number(f"{number:,}") == number
    assert typed.read_number(f"{number:,}".translate(wide) + "円") == number


@pytest.mark.parametrize("text", ["", "十", "1.5", "12a", "--3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="数字"):
        typed.read_number(text)


def test_refusals_speak_the_language_of_the_page() -> None:
    with override("en"), pytest.raises(ValueError, match=r"^[\x00-\x7f]+$"):
        typed.read_date("2027/2/30")
    with override("ja"), pytest.raises(ValueError, match="2027/2/30"):
        typed.read_date("2027/2/30")
