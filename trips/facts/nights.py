"""Where each party spends each night: in beds, and under way on a leg that arrives on a later date.

A night is named by the local date on which it begins. Not here: judging the nights (trips.rules).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.dossier.types import Leg, Stay, StayKind
from portal.lawbook.outcome import Subject
from trips.facts.parties import Party

ON_THE_MOVE = frozenset({StayKind.IN_FLIGHT, StayKind.ABOARD_SHIP, StayKind.ON_TRAIN})
LONGEST_STAY = 400
SMALL_HOURS_END = dt.time(6)
_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Night:
    """One night of one party: the beds, and the carriers, whether entered as legs, as nights on board, or both."""

    on: dt.date
    beds: list[Subject[Stay]] = field(default_factory=list)
    aboard: list[Subject[Stay]] = field(default_factory=list)
    legs: list[Subject[Leg]] = field(default_factory=list)

    @property
    def carried(self) -> bool:
        return bool(self.aboard or self.legs)

    @property
    def places(self) -> int:
        """In how many places the night is spent; a leg and its night on board are one."""
        return len(self.beds) + self.carried


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every date from ``first`` to the day before ``last``; at most ``LONGEST_STAY``, so that a typo costs nothing."""
    for number in range(min((last - first).days, LONGEST_STAY)):
        yield first + number * _DAY


def nights_of(party: Party, stays: Sequence[Subject[Stay]], legs: Sequence[Subject[Leg]]) -> dict[dt.date, Night]:
    """The nights of ``party`` that something is entered for, by date."""
    nights: dict[dt.date, Night] = defaultdict(lambda: Night(dt.date.min))
    for stay in stays:
        if party.takes(stay.value.groups) and stay.value.checks_in and stay.value.checks_out:
            for day in days(stay.value.checks_in, stay.value.checks_out):
                night = nights[day]
                (night.aboard if stay.value.kind in ON_THE_MOVE else night.beds).append(stay)
    for leg in legs:
        if party.takes(leg.value.groups) and leg.value.departs_at and leg.value.arrives_at:
            for day in days(leg.value.departs_at.date(), leg.value.arrives_at.date()):
                nights[day].legs.append(leg)
    for leg in legs:
        _by_night(party, leg, nights)
    for day, night in nights.items():
        night.on = day
    return dict(nights)


def _by_night(party: Party, leg: Subject[Leg], nights: dict[dt.date, Night]) -> None:
    """A leg that leaves in the small hours is where a night is spent that has no bed of its own."""
    leaves = leg.value.departs_at
    if leaves and party.takes(leg.value.groups) and leaves.time() < SMALL_HOURS_END:
        night_before = leaves.date() - _DAY
        if night_before not in nights:
            nights[night_before].legs.append(leg)


def missing_nights(party: Party, nights: dict[dt.date, Night]) -> list[dt.date]:
    """The nights between leaving and coming back, both known, for which nothing is entered."""
    assert party.leaves is not None
    assert party.comes_back is not None
    return [day for day in days(party.leaves, party.comes_back) if day not in nights]
