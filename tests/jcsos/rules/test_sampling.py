"""The sample is the same for everybody, fair to every trip, and never larger or smaller than agreed."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcsos.rules.sampling import draw, sample_size
from tests.sizes import size

KNOWN = [6, 8, 0, 1]
"""Drawn with this seed on the day the campaign was invented; a change would make old samples unprovable."""
ids = st.lists(st.uuids(), unique=True, max_size=60)


@given(ids, st.integers(-(2**62), 2**62), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_in_whatever_order(population: list[UUID], seed: int, random: object) -> None:
    shuffled = list(population)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    drawn = draw(population, seed=seed, size=10)
    assert drawn == draw(shuffled, seed=seed, size=10)
    assert len(drawn) == min(10, len(population))
    assert set(drawn) <= set(population)


@given(ids, st.integers(0, 999), st.integers(0, 60))
def test_a_larger_sample_only_adds(population: list[UUID], seed: int, small: int) -> None:
    assert draw(population, seed=seed, size=small + 1)[:small] == draw(population, seed=seed, size=small)


@given(st.integers(0, 10_000), st.integers(1, 100), st.integers(1, 500), st.integers(0, 500))
def test_the_size_stays_between_floor_and_cap(population: int, percent: int, floor: int, more: int) -> None:
    cap = floor + more
    drawn = sample_size(population, percent=percent, floor=floor, cap=cap)
    assert drawn <= min(population, cap)
    assert drawn >= min(population, floor)
    if floor * 100 <= population * percent <= cap * 100:
        assert (drawn - 1) * 100 < population * percent <= drawn * 100


def test_every_trip_has_the_same_chance() -> None:
    population = [UUID(int=number) for number in range(20)]
    rounds = size(600, proof=20_000)
    drawn = Counter(one for seed in range(rounds) for one in draw(population, seed=seed, size=5))
    expected = rounds * 5 / 20
    assert all(abs(times - expected) < 5 * expected**0.5 for times in drawn.values())


def test_a_known_drawing_stays_what_it_was() -> None:
    population = [UUID(int=number) for number in range(10)]
    assert [one.int for one in draw(population, seed=20261122, size=4)] == KNOWN


@pytest.mark.parametrize(("percent", "floor", "cap"), [(0, 1, 1), (101, 1, 1), (10, 0, 5), (10, 6, 5)])
def test_contradicting_bounds_are_refused(percent: int, floor: int, cap: int) -> None:
    with pytest.raises(ValueError, match="percent"):
        sample_size(10, percent=percent, floor=floor, cap=cap)


def test_no_trip_has_two_chances() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([UUID(int=1), UUID(int=1)], seed=1, size=1)


def test_an_empty_population_gives_an_empty_sample() -> None:
    assert draw([], seed=1, size=5) == ()
    assert sample_size(0, percent=10, floor=3, cap=9) == 0
