"""Canonical JSON: equal values, equal bytes; different values, different bytes."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.digest import canonical_json, digest_of, in_fours, sha256_hex

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


def shuffled(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        members = list(value.items())
        dice.shuffle(members)
        return {name: shuffled(member, dice) for name, member in members}
    return [shuffled(member, dice) for member in value] if isinstance(value, list) else value


@given(JSON.filter(lambda value: not _lone_surrogates(value)), st.randoms(use_true_random=False))
def test_order_of_keys_does_not_matter_and_nothing_is_lost(value: Any, dice: random.Random) -> None:
    assert canonical_json(shuffled(value, dice)) == canonical_json(value)
    assert json.loads(canonical_json(value)) == value


@given(JSON, JSON)
def test_different_values_have_different_digests(first: Any, second: Any) -> None:
    assert (digest_of(first) == digest_of(second)) == (
        json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    )


def test_the_form_is_fixed_for_all_time() -> None:
    value = {"b": [1, True, None], "a": "髙橋 葛󠄀 \u2028", "": {}}
    assert canonical_json(value) == '{"":{},"a":"髙橋 葛󠄀 \u2028","b":[1,true,null]}'.encode()
    assert digest_of(value) == sha256_hex(canonical_json(value))
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_tuples_are_lists() -> None:
    assert digest_of({"a": (1, 2)}) == digest_of({"a": [1, 2]})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")], "\ud800"])
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and the codec word it differently
        canonical_json(value)


@pytest.mark.parametrize("value", [{1: "a"}, [{None: 1}], {"a": {True: 1}}, {"a": {1, 2}}, object()])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_a_digest_is_compared_by_eye_in_fours() -> None:
    assert in_fours("0123456789abcdef" * 4) == "0123 4567 89ab"


def _lone_surrogates(value: Any) -> bool:
    return "\\ud" in json.dumps(value) and any(
        "\ud800" <= char <= "\udfff" for char in json.dumps(value, ensure_ascii=False)
    )
