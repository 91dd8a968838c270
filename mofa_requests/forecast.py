"""Whether a desk keeps its dates at the pace it works now. Pure: dates in, figures out.

Not here: finding the dates and the observed pace (desk), the words of the screen (portal.ui.authority).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from portal.kit import calendar

_ONE_DAY = dt.timedelta(days=1)
LEAST_OBSERVED = 3
"""Fewer plans than this sent within the days looked at say nothing about a pace."""


@dataclass(frozen=True)
class Pace:
    """``sent`` plans went to the ministry within the last ``days`` open days."""

    sent: int
    days: int

    @property
    def a_day(self) -> Fraction:
        """Plans an open day."""
        return Fraction(self.sent, self.days)


@dataclass(frozen=True)
class Forecast:
    """What becomes of the open plans at a pace.

    ``will_miss`` are in time today and leave after their day; ``already_late`` have missed it before. ``done_on`` is
    the day the last one leaves, ``needed`` the plans an open day that would keep every date still to be kept.
    """

    pace: Pace
    open: int
    will_miss: int
    already_late: int
    done_on: dt.date
    needed: Fraction


def observed(windows: Iterable[Pace]) -> Pace | None:
    """The first window, the shortest first, that shows enough plans to speak of a pace."""
    return next((pace for pace in windows if pace.sent >= LEAST_OBSERVED), None)


def forecast(due: Iterable[dt.date], *, pace: Pace, on: dt.date) -> Forecast | None:
    """Work the plans off in the order of their days, from ``on`` (counted when the office is open) at ``pace``.

    ``due`` are the days by which each must leave the house. ``None`` without plans or without a pace.
    """
    days = sorted(due)
    if not days or pace.sent == 0:
        return None
    leaves = [_ordinal(place, pace) for place in range(1, len(days) + 1)]
    opened = open_days_from(on, leaves[-1])
    missed = [day for day, nth in zip(days, leaves, strict=True) if day >= on and opened[nth - 1] > day]
    return Forecast(
        pace=pace,
        open=len(days),
        will_miss=len(missed),
        already_late=sum(day < on for day in days),
        done_on=opened[leaves[-1] - 1],
        needed=_needed(days, on=on),
    )


def open_days_from(on: dt.date, count: int) -> list[dt.date]:
    """The next ``count`` days on which the office is open, ``on`` itself included if it is."""
    found: list[dt.date] = []
    day = on
    while len(found) < count:
        if calendar.is_open(day):
            found.append(day)
        day += _ONE_DAY
    return found


def _ordinal(place: int, pace: Pace) -> int:
    """On which open day the ``place``-th plan leaves: the first day by whose end that many have been sent."""
    return -(-place * pace.days // pace.sent)


def _needed(days: list[dt.date], *, on: dt.date) -> Fraction:
    """The least pace that keeps every date still to be kept; plans already late leave after those that are not."""
    most, least, place = 0, 1, 0
    left, counted = 0, on - _ONE_DAY
    for day in days:
        if day < on:
            continue
        place += 1
        while counted < day:
            counted += _ONE_DAY
            left += calendar.is_open(counted)
        # Whole numbers crosswise: a fraction for each of three thousand plans takes as long as the page.
        if place * least > most * (left or 1):
            most, least = place, left or 1
    return Fraction(most, least)
