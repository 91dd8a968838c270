"""The world map: where places fall, how large circles are, words that never lie on each other."""

from __future__ import annotations

from itertools import combinations

import pytest

from portal.directory.countries import countries
from portal.directory.positions import country_of, land_cells, position_of
from portal.ui.world_map import HEIGHT, WIDTH, draw_world

ALL = [(row.ja, number + 1, f"/{row.code}", position_of(row)) for number, row in enumerate(countries())]


def test_every_country_of_the_table_lies_on_the_drawing() -> None:
    drawn = draw_world(ALL)
    assert len(drawn.spots) == len(countries())
    assert all(0 <= spot.x <= WIDTH and 0 <= spot.y <= HEIGHT for spot in drawn.spots)
    assert drawn.land.count("M") > 1000


def test_japan_lies_left_of_hawaii_and_right_of_britain() -> None:
    places = {name: position_of(found) for name in ("日本", "英国", "米国(ハワイ)") if (found := country_of(name))}
    x = {spot.name: spot.x for spot in draw_world((name, 1, "", place) for name, place in places.items()).spots}
    assert x["英国"] < x["日本"] < x["米国(ハワイ)"]


def test_a_larger_figure_has_a_larger_circle_and_nothing_is_drawn_for_none() -> None:
    drawn = draw_world([("台湾", 400, "", (25.0, 121.5)), ("英国", 100, "", (51.5, 0.0)), ("無", 0, "", (0.0, 0.0))])
    large, small = drawn.spots
    assert (large.name, small.name) == ("台湾", "英国")
    assert large.radius == pytest.approx(2 * small.radius)


def test_words_never_lie_on_each_other() -> None:
    labelled = [spot for spot in draw_world(ALL).spots if spot.labelled]
    assert 3 < len(labelled) <= 8
    for one, other in combinations(labelled, 2):
        assert abs(one.y - other.y) >= 18 or one.text_x > other.text_x + 15 or other.text_x > one.text_x + 15


def test_written_places_are_told_by_the_longest_name() -> None:
    codes = {"台湾(台北)": "0886", "米国(ハワイ)(ホノルル)": "1808", "米国(本土)": "1000", "シンガポール": "0065"}
    assert {place: found.code for place in codes if (found := country_of(place))} == codes
    assert country_of("米国") is None
    assert country_of("") is None


def test_cells_of_land_are_whole_steps() -> None:
    assert all(latitude % 3 == 0 and longitude % 3 == 0 for latitude, longitude in land_cells(3))
