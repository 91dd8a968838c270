"""How long a claim is kept: a year from its end, prolonged year by year while somebody looks at it."""

from __future__ import annotations

import datetime as dt

import pytest

from insurance.retention import kept_until, may_prolong, prolonged, reminder
from portal.kit.machine import Refused

END = dt.date(2028, 2, 10)


def test_a_claim_is_kept_for_a_year_or_as_long_as_was_decided() -> None:
    assert kept_until(dt.date(2027, 2, 10), None) == END
    assert kept_until(dt.date(2028, 2, 29), None) == dt.date(2029, 2, 28)
    assert kept_until(dt.date(2027, 2, 10), dt.date(2029, 2, 10)) == dt.date(2029, 2, 10)


@pytest.mark.parametrize(("days_before", "allowed"), [(61, False), (60, True), (0, True), (-1, False)])
def test_the_yearly_look_is_due_near_the_end(days_before: int, allowed: bool) -> None:
    on = END - dt.timedelta(days=days_before)
    assert may_prolong(END, on=on) is allowed
    if allowed:
        assert prolonged(END, on=on) == dt.date(2029, 2, 10)
    else:
        with pytest.raises(Refused, match="60日前"):
            prolonged(END, on=on)


def test_reminders_come_thirty_and_seven_days_ahead() -> None:
    said = [reminder(END, on=END - dt.timedelta(days=days)) for days in (31, 30, 8, 7, 0, -1)]
    assert said == ["", "ends30", "ends30", "ends7", "ends7", ""]
