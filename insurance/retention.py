"""How long a claim's sealed facts are kept: a year from its end, then as long as the school decides, year by year.

The facts of an accident are kept and looked at every year (protection class P4). Pure. Not here: erasing (actions).
"""

from __future__ import annotations

import datetime as dt

from portal.kit.era import western_date
from portal.kit.machine import Refused

REVIEW_DAYS = 60
"""So many days before the end a school may decide to keep a claim for one more year."""
REMIND_DAYS = (30, 7)


def kept_until(closed_on: dt.date, prolonged_until: dt.date | None) -> dt.date:
    """The last day on which the facts of a claim closed on ``closed_on`` can be read."""
    return prolonged_until or a_year_after(closed_on)


def may_prolong(until: dt.date, *, on: dt.date) -> bool:
    """Whether the yearly look is due: the end is near and not yet past."""
    return 0 <= (until - on).days <= REVIEW_DAYS


def prolonged(until: dt.date, *, on: dt.date) -> dt.date:
    """The same day a year later. Raises ``Refused`` while the end is far: what is kept is looked at every year."""
    if not may_prolong(until, on=on):
        raise Refused(
            f"残すかどうかは、消去の日({western_date(until)})の{REVIEW_DAYS}日前から決められます",
            f"Whether to keep it can be decided from {REVIEW_DAYS} days before {until} on",
        )
    return a_year_after(until)


def reminder(until: dt.date, *, on: dt.date) -> str:
    """Which reminder the end has come to; empty while it is far or past."""
    left = (until - on).days
    return next((f"ends{days}" for days in sorted(REMIND_DAYS) if 0 <= left <= days), "")


def a_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
