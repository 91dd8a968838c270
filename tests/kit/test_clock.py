"""The one clock: Tokyo's date at any instant, and stopping it."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.kit.clock import now, stopped_at, today


def test_the_day_changes_at_midnight_in_tokyo() -> None:
    midnight = dt.datetime(2026, 11, 21, 15, 0, tzinfo=dt.UTC)
    with stopped_at(midnight - dt.timedelta(microseconds=1)):
        assert today() == dt.date(2026, 11, 21)
    with stopped_at(midnight):
        assert today() == dt.date(2026, 11, 22)
        assert now() == midnight


def test_a_date_stops_the_clock_within_that_day() -> None:
    with stopped_at(dt.date(2027, 3, 31)):
        assert today() == dt.date(2027, 3, 31)
        assert now() == dt.datetime(2027, 3, 31, 3, 0, tzinfo=dt.UTC)


def fail_on(day: dt.date) -> None:
    with stopped_at(day):
        raise RuntimeError


def test_stops_nest_and_end_even_after_an_error() -> None:
    with stopped_at(dt.date(2027, 1, 1)):
        with stopped_at(dt.date(2027, 2, 1)):
            assert today() == dt.date(2027, 2, 1)
        with pytest.raises(RuntimeError):
            fail_on(dt.date(2027, 3, 1))
        assert today() == dt.date(2027, 1, 1)
    assert today() != dt.date(2027, 1, 1)


def test_the_running_clock_is_in_utc() -> None:
    assert now().utcoffset() == dt.timedelta(0)
    assert abs(now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), stopped_at(dt.datetime(2027, 1, 1)):
        pass
