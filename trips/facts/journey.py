"""Legs in space and time: in which country each end lies, when it is in UTC, how long and how far it goes.

Not here: whether the legs join up (trips.rules), the tables of airports (portal.directory).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from portal.directory.airports import Airport, airport, coordinates
from portal.directory.countries import JAPAN, countries, country_by_iso
from portal.dossier.types import Leg, LegMode
from portal.lawbook.outcome import Subject
from trips.facts.flights import folded_code

JAPAN_ZONES = frozenset({"Asia/Tokyo", "Japan"})
_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class LegEnds:
    """One leg's two ends. Countries are MOFA codes or ``None``; instants are UTC or ``None`` while not known."""

    subject: Subject[Leg]
    origin: Airport | None
    destination: Airport | None
    begins_in: str | None
    finishes_in: str | None
    departs: dt.datetime | None
    arrives: dt.datetime | None

    @classmethod
    def of(cls, subject: Subject[Leg]) -> LegEnds:
        leg = subject.value
        origin, destination = airport_of(leg.origin), airport_of(leg.destination)
        return cls(
            subject=subject,
            origin=origin,
            destination=destination,
            begins_in=_country(origin, leg.departs_zone),
            finishes_in=_country(destination, leg.arrives_zone),
            departs=_instant(leg.departs_at, leg.departs_zone, origin),
            arrives=_instant(leg.arrives_at, leg.arrives_zone, destination),
        )

    @property
    def leg(self) -> Leg:
        return self.subject.value

    @property
    def flies(self) -> bool:
        return self.leg.mode is LegMode.FLIGHT

    @property
    def lasts(self) -> dt.timedelta | None:
        """From departure to arrival; negative when the entries say so, ``None`` while one is not known."""
        return self.arrives - self.departs if self.arrives and self.departs else None

    @property
    def kilometres(self) -> float | None:
        """The great circle between two known airports."""
        if self.origin is None or self.destination is None:
            return None
        return distance_km(self.origin, self.destination)

    @property
    def leaves_japan(self) -> bool:
        return self.begins_in == JAPAN and self.finishes_in not in (JAPAN, None)

    @property
    def enters_japan(self) -> bool:
        return self.finishes_in == JAPAN and self.begins_in not in (JAPAN, None)


@lru_cache(maxsize=1024)
def airport_of(text: str | None) -> Airport | None:
    """The airport whose three letters stand in ``text`` in any width; ``None`` for other places."""
    return airport(folded_code(text)) if text and len(text) <= 2 * len("NRT") else None


def distance_km(one: Airport, other: Airport) -> float:
    """The great circle between two airports."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*coordinates(one), *coordinates(other)))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def offset_of(zone: str, local: dt.datetime) -> dt.timedelta | None:
    """The zone's distance from UTC at a local time."""
    return local.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def _country(place: Airport | None, zone: str | None) -> str | None:
    """The airport's country; without an airport Japan for its zone, and for another zone the zone itself."""
    if place is not None:
        return country_of_airport(place)
    if zone is None:
        return None
    return JAPAN if zone in JAPAN_ZONES else zone


def country_of_airport(place: Airport) -> str:
    """The MOFA code; Hawaii and Guam have codes of their own within the United States and are told by their zone."""
    parts = (row.code for row in countries() if row.iso[:2] == place.country and place.zone in row.zones)
    whole = country_by_iso(place.country)
    return next(parts, whole.code if whole else place.country)


def _instant(local: dt.datetime | None, zone: str | None, place: Airport | None) -> dt.datetime | None:
    name = zone or (place.zone if place else None)
    if local is None or name is None:
        return None
    return local.replace(tzinfo=ZoneInfo(name)).astimezone(dt.UTC)
