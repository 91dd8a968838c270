"""A leg from the cells of one line, or of two: departure above, arrival below. Zones come from the airports.

Not here: reading cells (cells), visits and nights (rows, nights).
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from portal.directory.airports import airport
from portal.directory.carriers import carrier_of_flight
from portal.dossier.types import Leg, LegMode
from trips.itinerary.cells import Moment, Times, Way

_DAY = dt.timedelta(days=1)
_MODES = (
    (re.compile(r"新幹線|列車|鉄道|地下鉄|特急|快速|高鐵|高鉄|JR|MRT|KTX|号$|線$"), LegMode.RAIL),
    (re.compile(r"バス"), LegMode.BUS),
    (re.compile(r"フェリー|船|高速艇"), LegMode.SHIP),
)


def leg_of(day: dt.date, times: Times, way: Way, number: str | None, service: str) -> Leg:
    """The leg of one line. ``number`` is a flight number, ``service`` the words beside it (an airline, a train)."""
    mode = _mode(way, number, service)
    flies = mode is LegMode.FLIGHT
    known = carrier_of_flight(number) if number else None
    leg = Leg(
        key="new",
        mode=mode,
        carrier=(service or (known.ja if known else None)) or None if flies else None,
        number=number if flies else service or None,
        origin=way.origin,
        destination=way.destination,
        departs_at=_at(day, times.starts),
        departs_zone=_zone(way.origin),
        arrives_at=_at(day, times.ends),
        arrives_zone=_zone(way.destination),
    )
    return _after_departure(leg, said=times.ends is not None and times.ends[0] > 0)


def starts_alone(way: Way) -> bool:
    """Whether the line tells a departure alone, so that its arrival may stand on the next one."""
    return way.origin is not None and way.destination is None


def complete(leg: Leg, day: dt.date, times: Times, way: Way) -> Leg:
    """``leg`` with the arrival that another line tells; one time there is the time of arrival."""
    arrives = times.ends or times.starts
    done = {
        **leg.model_dump(),
        "destination": way.destination,
        "arrives_at": _at(day, arrives),
        "arrives_zone": _zone(way.destination),
    }
    return _after_departure(Leg.model_validate(done), said=arrives is not None and arrives[0] > 0)


def _mode(way: Way, number: str | None, service: str) -> LegMode:
    if number:
        return LegMode.FLIGHT
    named = next((mode for words, mode in _MODES if words.search(service)), None)
    if named:
        return named
    between_airports = all(_zone(place) for place in (way.origin, way.destination))
    return LegMode.FLIGHT if between_airports else LegMode.OTHER


def _after_departure(leg: Leg, *, said: bool) -> Leg:
    """An arrival that would lie before the departure is on the next day, unless the file counts the days itself."""
    if said or leg.departs_at is None or leg.arrives_at is None:
        return leg
    if _instant(leg.arrives_at, leg.arrives_zone) > _instant(leg.departs_at, leg.departs_zone):
        return leg
    return leg.model_copy(update={"arrives_at": leg.arrives_at + _DAY})


def _instant(local: dt.datetime, zone: str | None) -> dt.datetime:
    return local.replace(tzinfo=ZoneInfo(zone or "Asia/Tokyo")).astimezone(dt.UTC)


def _at(day: dt.date, moment: Moment | None) -> dt.datetime | None:
    return dt.datetime.combine(day + moment[0] * _DAY, moment[1]) if moment else None


def _zone(place: str | None) -> str | None:
    found = airport(place) if place else None
    return found.zone if found else None
