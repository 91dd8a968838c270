"""The route of a plan as our own drawing: great circles between airports on a grid of degrees, without any tiles.

Here: where lines and names stand, in the units of the drawing. Not here: its markup (templates/school/_map.html), the
table that says the same in words (portal.ui.school.board).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.directory.airports import Airport, coordinates
from portal.ui.places import place_name

WIDTH, HEIGHT, EDGE = 480, 300, 44
_STEPS = 24
_TOGETHER = 14
"""Places nearer than this on the drawing share a dot and a label."""
_GRIDS = (1, 2, 5, 10, 20, 30)

Point = tuple[float, float]


@dataclass
class Dot:
    """One place, or several that lie together: where it stands, what it is called, and on which side the name is."""

    x: float
    y: float
    names: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return "・".join(self.names)

    @property
    def anchor(self) -> str:
        return "end" if self.x > WIDTH * 2 / 3 else "start"

    @property
    def text_x(self) -> float:
        return self.x - 9 if self.anchor == "end" else self.x + 9


@dataclass(frozen=True)
class Way:
    """One great circle as a path, with the numbers of the legs that follow it and the place for them."""

    path: str
    numbers: str
    x: float
    y: float


@dataclass(frozen=True)
class GridLine:
    """A meridian or parallel with its degrees."""

    x1: float
    y1: float
    x2: float
    y2: float
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True)
class RouteMap:
    """Everything to be drawn."""

    dots: Sequence[Dot]
    ways: Sequence[Way]
    grid: Sequence[GridLine]
    width: int = WIDTH
    height: int = HEIGHT


def draw_route(legs: Iterable[tuple[int, Airport, Airport]]) -> RouteMap | None:
    """The drawing of numbered legs between airports; ``None`` when there are none."""
    numbered = [(number, one, other) for number, one, other in legs if one.code != other.code]
    if not numbered:
        return None
    lines = {(one.code, other.code): _great_circle(one, other) for _, one, other in numbered}
    middle = next(iter(lines.values()))[0][1]
    lines = {pair: _unrolled(points, middle) for pair, points in lines.items()}
    frame = _Frame.around([point for points in lines.values() for point in points])
    ends = {code: point for (one, other), points in lines.items() for code, point in _ends(one, other, points)}
    airports = {place.code: place for _, *pair in numbered for place in pair}
    dots = _dots({code: frame.place(point) for code, point in ends.items()}, airports)
    return RouteMap(dots, _ways(numbered, lines, frame), tuple(frame.grid()))


def _ends(one: str, other: str, points: Sequence[Point]) -> Iterable[tuple[str, Point]]:
    return ((one, points[0]), (other, points[-1]))


def _great_circle(one: Airport, other: Airport) -> list[Point]:
    """Latitude and longitude along the shortest way."""
    first, last = _vector(*coordinates(one)), _vector(*coordinates(other))
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(first, last, strict=True)))))
    if angle < 1e-9:
        return [coordinates(one), coordinates(other)]
    points = []
    for step in range(_STEPS + 1):
        near, far = (math.sin(part * angle) for part in (1 - step / _STEPS, step / _STEPS))
        x, y, z = ((near * a + far * b) / math.sin(angle) for a, b in zip(first, last, strict=True))
        points.append((math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))))
    return points


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    lat, lon = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _unrolled(points: Sequence[Point], middle: float) -> list[Point]:
    """The same with longitudes that do not jump where the date line is crossed."""
    unrolled, before = [], middle
    for latitude, longitude in points:
        before += (longitude - before + 180) % 360 - 180
        unrolled.append((latitude, before))
    return unrolled


@dataclass(frozen=True)
class _Frame:
    """The piece of the world that is shown, and how it falls on the drawing."""

    south: float
    north: float
    west: float
    east: float
    scale: float
    shrink: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> _Frame:
        south, north = min(p[0] for p in points), max(p[0] for p in points)
        west, east = min(p[1] for p in points), max(p[1] for p in points)
        shrink = max(0.2, math.cos(math.radians((south + north) / 2)))
        tall, wide = max(north - south, 2.0), max((east - west) * shrink, 2.0)
        scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / tall)
        return cls(south, north, west, east, scale, shrink)

    def place(self, point: Point) -> Point:
        """A point of the world on the drawing, which stands in the middle of its frame."""
        x = WIDTH / 2 + (point[1] - (self.west + self.east) / 2) * self.shrink * self.scale
        y = HEIGHT / 2 - (point[0] - (self.south + self.north) / 2) * self.scale
        return round(x, 1), round(y, 1)

    def grid(self) -> Iterable[GridLine]:
        """Meridians and parallels at round degrees, a handful of each."""
        half_wide, half_tall = WIDTH / 2 / self.shrink / self.scale, HEIGHT / 2 / self.scale
        step = next((grid for grid in _GRIDS if 2 * half_wide / grid <= 7), _GRIDS[-1])
        middle_lat, middle_lon = (self.south + self.north) / 2, (self.west + self.east) / 2
        for degree in _round_degrees(middle_lon - half_wide, middle_lon + half_wide, step):
            x, _ = self.place((middle_lat, degree))
            yield GridLine(x, 0, x, HEIGHT, _degrees((degree + 180) % 360 - 180, "E", "W"), x + 3, HEIGHT - 4)
        for degree in _round_degrees(middle_lat - half_tall, middle_lat + half_tall, step):
            _, y = self.place((degree, middle_lon))
            if abs(degree) <= 90:
                yield GridLine(0, y, WIDTH, y, _degrees(degree, "N", "S"), 3, y - 3)


def _round_degrees(first: float, last: float, step: int) -> range:
    return range(math.ceil(first / step) * step, math.floor(last / step) * step + 1, step)


def _degrees(degree: float, plus: str, minus: str) -> str:
    return f"{abs(degree):g}°{plus if degree > 0 else minus if degree < 0 else ''}"


def _dots(places: dict[str, Point], airports: dict[str, Airport]) -> list[Dot]:
    dots: list[Dot] = []
    for code, (x, y) in places.items():
        near = next((dot for dot in dots if math.hypot(dot.x - x, dot.y - y) < _TOGETHER), None)
        if near is None:
            near = Dot(x, y)
            dots.append(near)
        near.names.append(place_name(airports[code].code))
    return dots


def _ways(
    numbered: Sequence[tuple[int, Airport, Airport]], lines: dict[tuple[str, str], list[Point]], frame: _Frame
) -> list[Way]:
    """Each pair of places once, whichever way it is flown, with the numbers of its legs."""
    flown: dict[frozenset[str], list[int]] = {}
    for number, one, other in numbered:
        flown.setdefault(frozenset((one.code, other.code)), []).append(number)
    ways = []
    for pair, points in lines.items():
        numbers = flown.pop(frozenset(pair), None)
        if numbers:
            drawn = [frame.place(point) for point in points]
            x, y = drawn[len(drawn) // 2]
            path = "M" + " L".join(f"{px:g} {py:g}" for px, py in drawn)
            ways.append(Way(path, "・".join(map(str, numbers)), x, y))
    return ways
