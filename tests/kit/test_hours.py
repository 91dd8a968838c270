"""Clock times as itineraries write them."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.kit.hours import is_hour, parse_hour
from portal.kit.text import Refused


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9:15", (0, dt.time(9, 15))),
        ("２５：３０", (1, dt.time(1, 30))),
        ("6:10(+1)", (1, dt.time(6, 10))),
        ("翌6時10分", (1, dt.time(6, 10))),
        ("翌々日 6:10", (2, dt.time(6, 10))),
        ("0915", (0, dt.time(9, 15))),
    ],
)
def test_hours_count_on_past_midnight(text: str, wanted: tuple[int, dt.time]) -> None:
    assert is_hour(text)
    assert parse_hour(text) == wanted


@pytest.mark.parametrize("text", ["", "30:00", "9:60", "朝", "9時半"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="9:15"):
        parse_hour(text)
