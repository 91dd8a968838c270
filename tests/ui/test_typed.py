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
