"""The forecast against a desk that is played day by day, and its edges."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mofa_requests.forecast import Pace, forecast, observed, open_days_from
from portal.kit import calendar

TODAY = dt.date(2026, 10, 5)
DAYS = st.dates(min_value=dt.date(2026, 9, 20), max_value=dt.date(2027, 1, 15))
PACES = st.builds(Pace, sent=st.integers(1, 80), days=st.sampled_from((20, 60)))


def played(due: list[dt.date], pace: Pace) -> tuple[int, dt.date]:
    """How many miss their day and when the last one leaves, by working day after day."""
    queue, done, day, opened, missed = sorted(due), 0, TODAY, 0, 0
    while True:
        if calendar.is_open(day):
            opened += 1
            may_leave = opened * pace.sent // pace.days
            for late in queue[done:may_leave]:
                missed += TODAY <= late < day
            done = max(done, may_leave)
            if done >= len(queue):
                return missed, day
        day += dt.timedelta(days=1)


@given(st.lists(DAYS, min_size=1, max_size=60), PACES)
def test_it_says_what_playing_the_desk_shows(due: list[dt.date], pace: Pace) -> None:
    seen = forecast(due, pace=pace, on=TODAY)
    assert seen is not None
    assert (seen.will_miss, seen.done_on) == played(due, pace)
    assert seen.open == len(due)
    assert seen.already_late == sum(day < TODAY for day in due)


@given(st.lists(DAYS, min_size=1, max_size=40), PACES)
def test_a_faster_desk_never_misses_more(due: list[dt.date], pace: Pace) -> None:
    slower, faster = (forecast(due, pace=Pace(sent, pace.days), on=TODAY) for sent in (pace.sent, pace.sent + 5))
    assert slower is not None
    assert faster is not None
    assert faster.will_miss <= slower.will_miss
    assert faster.done_on <= slower.done_on


def test_the_needed_pace_keeps_every_date_that_can_still_be_kept() -> None:
    friday, next_tuesday = dt.date(2026, 10, 9), dt.date(2026, 10, 13)
    due = [friday] * 10 + [next_tuesday] * 2
    seen = forecast(due, pace=Pace(20, 20), on=TODAY)
    assert seen is not None
    assert seen.needed == Fraction(10, 5), "Monday to Friday are five open days; the 12th is a holiday"
    assert seen.will_miss == 7, "five leave in time, five of the Fridays and both Tuesdays do not"
    kept = forecast(due, pace=Pace(40, 20), on=TODAY)
    assert kept is not None
    assert kept.will_miss == 0


def test_nothing_open_or_nothing_sent_gives_no_forecast() -> None:
    assert forecast([], pace=Pace(5, 20), on=TODAY) is None
    assert forecast([TODAY], pace=Pace(0, 20), on=TODAY) is None
    assert observed([Pace(2, 20), Pace(2, 60)]) is None
    assert observed([Pace(2, 20), Pace(9, 60)]) == Pace(9, 60)


def test_open_days_skip_weekends_and_holidays() -> None:
    assert open_days_from(dt.date(2026, 10, 10), 2) == [dt.date(2026, 10, 13), dt.date(2026, 10, 14)]
