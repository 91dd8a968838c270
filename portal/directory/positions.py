"""Where countries lie on a map, and which cells of the world hold an airport. Not here: drawing (portal.ui.world_map).

A country stands where the time-zone database puts the principal place of its first zone (``tzdata``'s zone.tab; our
table names the capital's zone first). Land is told by its airports (``airportsdata``): no outline of anybody's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from portal.directory.airports import all_coordinates
from portal.directory.countries import Country, countries

Position = tuple[float, float]
_SIGNED = re.compile(r"([+-])(\d{2,3})(\d{2})(\d{2})?(?=[+-]|$)")


def position_of(place: Country) -> Position | None:
    """Latitude and longitude in degrees; ``None`` for a country without a zone in the database."""
    return next((found for zone in place.zones if (found := _zones().get(zone))), None)


def country_of(place: str) -> Country | None:
    """The country of a written place, ``台湾(台北)`` or ``米国(ハワイ)(ホノルル)``; ``None`` for one we do not list."""
    starts = (row for row in countries() if place == row.ja or place.startswith(f"{row.ja}("))
    return max(starts, key=lambda row: len(row.ja), default=None)


@cache
def land_cells(size: int) -> tuple[tuple[int, int], ...]:
    """South-west corners (latitude, longitude) of the cells of ``size`` degrees that hold an airport, in order."""
    cells = {(int(lat // size) * size, int(lon // size) * size) for lat, lon in all_coordinates()}
    return tuple(sorted(cells))


@cache
def _zones() -> dict[str, Position]:
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="ascii")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: _position(row[1]) for row in rows}


def _position(text: str) -> Position:
    """``+2503+12130`` (degrees, minutes, perhaps seconds) as degrees."""
    latitude, longitude = (_degrees(*found) for found in _SIGNED.findall(text))
    return latitude, longitude


def _degrees(sign: str, whole: str, minutes: str, seconds: str) -> float:
    size = int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size
