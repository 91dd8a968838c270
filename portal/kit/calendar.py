"""On which days a government office is open, by 行政機関の休日に関する法律: not on Sat, Sun, 祝日, 29 Dec – 3 Jan.

Not here: what has to arrive by when (portal.lawbook.deadlines).
"""

from __future__ import annotations

import datetime as dt
from functools import cache

# The cabinet office's list names the holidays of this year and the next; equinoxes after it are computed, not decreed.
OFFICIAL_LIST_ENDS = 2027
TABLE_BEGINS, TABLE_ENDS = 1949, 2099
_ONE_DAY = dt.timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def is_open(day: dt.date) -> bool:
    """Whether a government office is open on ``day``."""
    return closed_reason(day) is None


def closed_reason(day: dt.date) -> str | None:
    """Why the office is closed, in Japanese (土曜日, 祝日・敬老の日, 年末年始の休み …), or None when it is open."""
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return "年末年始の休み(12月29日〜1月3日)"
    holiday = _holidays(day.year).get(day)
    if holiday is not None:
        return holiday if holiday in ("振替休日", "国民の休日") else f"祝日・{holiday}"
    return {_SATURDAY: "土曜日", _SUNDAY: "日曜日"}.get(day.weekday())


def previous_open_day(day: dt.date) -> dt.date:
    """``day`` itself when the office is open, else the nearest open day before it."""
    while not is_open(day):
        day -= _ONE_DAY
    return day


def open_days_before(day: dt.date, count: int) -> dt.date:
    """The ``count``-th open day before ``day``, which is not counted itself; ``day`` when ``count`` is 0."""
    if count < 0:
        raise ValueError("count of open days must not be negative")
    for _ in range(count):
        day = previous_open_day(day - _ONE_DAY)
    return day


def rests_on_estimate(first: dt.date, last: dt.date) -> bool:
    """Whether a day from ``first`` to ``last`` may shift once the cabinet office decrees that year's equinoxes.

    Also true for years outside the holiday table, where only weekends and the turn of the year are known.
    """
    days = (first + _ONE_DAY * step for step in range((last - first).days + 1))
    return any(_is_estimated(day) for day in days)


def _is_estimated(day: dt.date) -> bool:
    if not TABLE_BEGINS <= day.year <= TABLE_ENDS:
        return True
    return day.year > OFFICIAL_LIST_ENDS and _near_equinox(day)


def _near_equinox(day: dt.date) -> bool:
    """The equinox itself, its 振替休日, and the 国民の休日 between 敬老の日 and the autumn equinox."""
    return (3, 19) <= (day.month, day.day) <= (3, 23) or (9, 20) <= (day.month, day.day) <= (9, 25)


@cache
def _holidays(year: int) -> dict[dt.date, str]:
    if not TABLE_BEGINS <= year <= TABLE_ENDS:
        return {}
    from holidays.countries import Japan  # noqa: PLC0415 - takes a quarter of a second, needed by few requests

    return dict(Japan(years=year, language="ja"))
