"""The drawn route: everything inside the drawing, each way once, and no line around the back of the world."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from portal.directory.airports import Airport, airport
from portal.ui.route_map import HEIGHT, WIDTH, RouteMap, draw_route
from tests.sizes import size

CODES = ("NRT", "HND", "KIX", "CTS", "TPE", "ICN", "PUS", "SIN", "KUL", "SYD", "AKL", "HNL", "LAX", "JFK", "LHR", "GUM")


def at(code: str) -> Airport:
    found = airport(code)
    assert found is not None
    return found


def drawn(*pairs: tuple[str, str]) -> RouteMap:
    found = draw_route((number, at(one), at(other)) for number, (one, other) in enumerate(pairs, start=1))
    assert found is not None
    return found


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), min_size=1, max_size=size(6, proof=12)))
def test_everything_lies_on_the_drawing_and_each_way_is_drawn_once(pairs: list[tuple[str, str]]) -> None:
    route = draw_route((number, at(one), at(other)) for number, (one, other) in enumerate(pairs, start=1))
    flown = [frozenset(pair) for pair in pairs if len(set(pair)) == 2]
    if route is None:
        assert not flown
        return
    places = [(dot.x, dot.y) for dot in route.dots] + [point for way in route.ways for point in points(way.path)]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    assert len(route.ways) == len(set(flown))
    numbers = sorted(int(number) for way in route.ways for number in way.numbers.split("・"))
    assert numbers == [number for number, pair in enumerate(pairs, start=1) if len(set(pair)) == 2]


def test_there_and_back_is_one_line_with_both_numbers() -> None:
    route = drawn(("NRT", "TPE"), ("TPE", "NRT"))
    assert [(way.numbers, len(points(way.path))) for way in route.ways] == [("1・2", 25)]


def test_hawaii_lies_to_the_east_across_the_date_line() -> None:
    route = drawn(("NRT", "HNL"))
    tokyo, honolulu = route.dots
    assert honolulu.x > tokyo.x
    steps = [abs(b[0] - a[0]) for a, b in zip(points(route.ways[0].path), points(route.ways[0].path)[1:], strict=False)]
    assert max(steps) < WIDTH / 10
    assert {"180°"} <= {line.text.rstrip("EW") for line in route.grid}


def test_near_airports_share_a_dot() -> None:
    route = drawn(("NRT", "JFK"), ("HND", "JFK"))
    assert len(route.dots) == 2
    assert "・" in route.dots[0].label


def test_a_way_bends_as_the_earth_does() -> None:
    route = drawn(("NRT", "LHR"))
    line = points(route.ways[0].path)
    (x1, y1), (x2, y2) = line[0], line[-1]
    middle = line[len(line) // 2]
    off = abs((y2 - y1) * middle[0] - (x2 - x1) * middle[1] + x2 * y1 - y2 * x1) / math.hypot(x2 - x1, y2 - y1)
    assert off > 20
