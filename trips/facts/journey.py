"""Legs in space and time: in which country each end lies, when it is in UTC, how long it takes.

Not here: whether the legs join up (trips.rules), the tables of airports (portal.directory).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from portal.directory.airports import Airport, airport
from portal.directory.countries import JAPAN, country_by_iso
from portal.dossier.types import Leg, LegMode

JAPAN_ZONES = frozenset({"Asia/Tokyo", "Japan"})


@dataclass(frozen=True, slots=True)
class LegEnds:
    """One leg's two ends. Countries are MOFA codes or ``None``; instants are UTC or ``None`` while not known."""

    leg: Leg
    origin: Airport | None
    destination: Airport | None
    begins_in: str | None
    finishes_in: str | None
    departs: dt.datetime | None
    arrives: dt.datetime | None

    @classmethod
    def of(cls, leg: Leg) -> LegEnds:
        origin, destination = _airport(leg, leg.origin), _airport(leg, leg.destination)
        return cls(
            leg=leg,
            origin=origin,
            destination=destination,
            begins_in=_country(origin, leg.departs_zone),
            finishes_in=_country(destination, leg.arrives_zone),
            departs=_instant(leg.departs_at, leg.departs_zone, origin),
            arrives=_instant(leg.arrives_at, leg.arrives_zone, destination),
        )

    @property
    def lasts(self) -> dt.timedelta | None:
        """From departure to arrival; negative when the entries say so, ``None`` while one is not known."""
        return self.arrives - self.departs if self.arrives and self.departs else None


def _airport(leg: Leg, code: str | None) -> Airport | None:
    return airport(code) if code and leg.mode is LegMode.FLIGHT else None


def _country(place: Airport | None, zone: str | None) -> str | None:
    """Japan, the airport's country, or for a foreign zone the word that it is elsewhere."""
    if place is not None:
        found = country_by_iso(place.country)
        return found.code if found else place.country
    if zone is None:
        return None
    return JAPAN if zone in JAPAN_ZONES else zone


def _instant(local: dt.datetime | None, zone: str | None, place: Airport | None) -> dt.datetime | None:
    name = zone or (place.zone if place else None)
    if local is None or name is None:
        return None
    return local.replace(tzinfo=ZoneInfo(name)).astimezone(dt.UTC)
