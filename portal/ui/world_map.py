"""A world map as our own drawing: land as dots where airports are, a circle for each country by its figure.

Here: where everything stands, in the units of the drawing. Not here: its markup (templates/jcsos/_world_map.html) and
the table that says the same in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from portal.directory.positions import land_cells

WIDTH, NORTH, SOUTH = 720, 76, -50
HEIGHT = (NORTH - SOUTH) * WIDTH // 360
WEST = -25
"""The drawing begins in the Atlantic, so that Japan and the Pacific lie in its middle."""
_CELL = 3
_LEAST, _MOST, _FEW = 4.0, 26.0, 20
"""Radii of the circles; fewer than ``_FEW`` at the most make the largest one smaller too."""
_LETTER, _LINE = 15, 18
_LABELS = 8


@dataclass(frozen=True)
class Spot:
    """One country: its place, the radius of its circle, and its name with the figure where there is room for words."""

    x: float
    y: float
    radius: float
    name: str
    value: int
    url: str
    labelled: bool

    @property
    def text_x(self) -> float:
        return round(self.x + self.radius + 3, 1)


@dataclass(frozen=True)
class WorldMap:
    """Everything to be drawn; ``land`` is one path of dots."""

    land: str
    spots: Sequence[Spot]
    width: int = WIDTH
    height: int = HEIGHT


def draw_world(places: Iterable[tuple[str, int, str, tuple[float, float] | None]]) -> WorldMap:
    """The map of ``(name, value, url, position)``; the area of a circle goes by its value. Smaller ones lie on top."""
    known = [(name, value, url, place) for name, value, url, place in places if value and place]
    ranked = sorted(known, key=lambda row: -row[1])
    most = max([_FEW, *(value for _, value, _, _ in ranked)])
    spots: list[Spot] = []
    for name, value, url, place in ranked:
        spot = Spot(*_place(*place), _radius(value, most), name, value, url, labelled=False)
        labelled = [other for other in spots if other.labelled]
        clear = len(labelled) < _LABELS and not any(_meet(spot, other) for other in labelled)
        spots.append(replace(spot, labelled=clear))
    return WorldMap(_land(), spots)


def _meet(one: Spot, other: Spot) -> bool:
    """Whether the words beside two circles would lie on each other."""
    near = abs(one.y - other.y) < _LINE
    return near and one.text_x < _text_end(other) and other.text_x < _text_end(one)


def _text_end(spot: Spot) -> float:
    return spot.text_x + _LETTER * (len(spot.name) + len(str(spot.value)) / 2 + 1)


def _radius(value: int, most: int) -> float:
    return round(max(_LEAST, _MOST * math.sqrt(value / most)), 1)


def _place(latitude: float, longitude: float) -> tuple[float, float]:
    x = ((longitude - WEST) % 360) * WIDTH / 360
    return round(x, 1), round((NORTH - latitude) * WIDTH / 360, 1)


@cache
def _land() -> str:
    """Dots as strokes without length: with round ends each shows as a disc."""
    half = _CELL / 2
    cells = (cell for cell in land_cells(_CELL) if SOUTH <= cell[0] < NORTH)
    points = (_place(latitude + half, longitude + half) for latitude, longitude in cells)
    return "".join(f"M{x:g} {y:g}h0" for x, y in points)
