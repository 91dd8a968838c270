"""Open days of a government office, against a second source of holidays."""

from __future__ import annotations

import datetime as dt

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.calendar import (
    closed_reason,
    is_open,
    open_days_before,
    previous_open_day,
    rests_on_estimate,
)

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


def closed_by_the_second_source(day: dt.date) -> bool:
    turn_of_year = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.isoweekday() > 5 or turn_of_year or bool(jpholiday.is_holiday(day))


def test_both_sources_agree_on_every_day_of_forty_years() -> None:
    first, last = dt.date(2003, 1, 1), dt.date(2042, 12, 31)
    days = [first + DAY * count for count in range((last - first).days + 1)]
    assert [day for day in days if is_open(day) == closed_by_the_second_source(day)] == []


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (dt.date(2026, 9, 21), "祝日・敬老の日"),
        (dt.date(2026, 9, 22), "国民の休日"),
        (dt.date(2026, 9, 23), "祝日・秋分の日"),
        (dt.date(2027, 3, 22), "振替休日"),
        (dt.date(2027, 2, 27), "土曜日"),
        (dt.date(2027, 2, 28), "日曜日"),
        (dt.date(2026, 12, 28), None),
        (dt.date(2026, 12, 29), "年末年始の休み(12月29日〜1月3日)"),
        (dt.date(2027, 1, 1), "年末年始の休み(12月29日〜1月3日)"),
        (dt.date(2027, 1, 3), "年末年始の休み(12月29日〜1月3日)"),
        (dt.date(2027, 1, 4), None),
    ],
)
def test_a_closed_day_says_why(day: dt.date, reason: str | None) -> None:
    assert closed_reason(day) == reason


@given(DAYS)
def test_the_previous_open_day_is_the_nearest(day: dt.date) -> None:
    found = previous_open_day(day)
    assert found <= day
    assert is_open(found)
    assert not any(is_open(found + DAY * count) for count in range(1, (day - found).days + 1))


@given(DAYS, st.integers(0, 30))
def test_open_days_are_counted_without_the_first(day: dt.date, count: int) -> None:
    found = open_days_before(day, count)
    assert sum(is_open(found + DAY * step) for step in range((day - found).days)) == count
    assert found == day if count == 0 else is_open(found)


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_counting_in_two_steps_is_counting_once(day: dt.date, first: int, second: int) -> None:
    assert open_days_before(open_days_before(day, first), second) == open_days_before(day, first + second)


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        open_days_before(dt.date(2027, 1, 4), -1)


@pytest.mark.parametrize(
    ("first", "last", "estimated"),
    [
        (dt.date(2027, 3, 1), dt.date(2027, 9, 30), False),  # the official list covers 2027
        (dt.date(2028, 2, 1), dt.date(2028, 3, 18), False),
        (dt.date(2028, 2, 1), dt.date(2028, 3, 19), True),
        (dt.date(2028, 3, 24), dt.date(2028, 9, 19), False),
        (dt.date(2028, 9, 22), dt.date(2028, 9, 22), True),
        (dt.date(2100, 6, 1), dt.date(2100, 6, 1), True),
        (dt.date(1948, 6, 1), dt.date(1948, 6, 1), True),
    ],
)
def test_equinoxes_beyond_the_official_list_are_flagged(first: dt.date, last: dt.date, estimated: bool) -> None:
    assert rests_on_estimate(first, last) is estimated


@pytest.mark.parametrize("year", [1900, 1948, 2100, 9998])
def test_beyond_the_table_weekends_still_count(year: int) -> None:
    assert closed_reason(dt.date(year, 12, 31)) is not None
    assert previous_open_day(dt.date(year, 6, 30)).isoweekday() <= 5
