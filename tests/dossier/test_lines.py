"""Finding lines in a JSON text, and staying linear on texts made to hurt."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.lines import Oddity, find_places, is_deeper_than
from portal.dossier.pointers import join_pointer

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def pointers(value: Any, steps: tuple[str | int, ...] = ()) -> list[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [join_pointer(steps), *(each for step, member in members for each in pointers(member, (*steps, step)))]


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_every_value_has_a_place_in_reading_order(value: Any, indent: int | None, plain: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    places = find_places(text)
    assert list(places.lines) == pointers(value)
    assert places.oddities == {}
    assert max(places.lines.values()) <= text.count("\n") + 1
    assert list(places.lines.values()) == sorted(places.lines.values())


def test_lines_are_those_an_editor_shows() -> None:
    places = find_places('{\n "a": [\n  1,\n  {"b": "x\\"y"}\n ],\n "c/d~": null\n}')
    assert places.lines == {"": 1, "/a": 2, "/a/0": 3, "/a/1": 4, "/a/1/b": 4, "/c~1d~0": 6}


def test_a_missing_place_is_near_what_surrounds_it() -> None:
    places = find_places('{"a":\n{"b":1}}')
    assert places.line_of("/a/b/c/d") == 2
    assert places.line_of("/a/x") == 1
    assert places.in_order(["/a/b", "/zzz", "/a"]) == ["/zzz", "/a", "/a/b"]


def test_oddities_are_told_apart() -> None:
    text = '{"a":1,"a":{"b":NaN},"c":"\\ud800","\\udfff":1,"d":[' + "1" * 40 + "]}"
    assert find_places(text).oddities == {
        "/a": Oddity.NAME_TWICE,
        "/a/b": Oddity.NUMBER,
        "/c": Oddity.HALF_CHARACTER,
        "/\ufffd": Oddity.HALF_CHARACTER,
        "/d/0": Oddity.NUMBER,
    }


def test_depth_is_counted_without_recursion_and_without_text() -> None:
    assert is_deeper_than("[" * 1_000_000, 32)
    assert not is_deeper_than("[" * 32 + "]" * 32, 32)
    assert not is_deeper_than("[]" * 1000, 1)
    assert not is_deeper_than('"' + "[" * 99 + '"', 0)
    assert not is_deeper_than('"' + '\\"' * 500_000, 0)
