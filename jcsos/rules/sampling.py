"""A random sample that anybody can draw again: the order is the hash of the seed and each id, so nothing else counts.

Not here: which trips form a population (queries), storing what was drawn (actions).
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

MOST_PER_CENT = 100


def sample_size(population: int, *, percent: int, floor: int, cap: int) -> int:
    """How many to draw of ``population``: ``percent`` of it rounded up, at least ``floor``, at most ``cap``.

    Never more than there are. Raises ``ValueError`` when the bounds contradict each other.
    """
    if not 1 <= percent <= MOST_PER_CENT or not 1 <= floor <= cap:
        raise ValueError("percent is from 1 to 100, and the floor from 1 to the cap")
    wanted = -(-population * percent // MOST_PER_CENT)
    return min(population, max(floor, min(wanted, cap)))


def draw(population: Collection[UUID], *, seed: int, size: int) -> tuple[UUID, ...]:
    """The first ``size`` ids in the order of sha256(``seed:id``); the order in which they are given does not matter.

    Raises ``ValueError`` for an id that is named twice: it would have two chances.
    """
    if len(set(population)) != len(population):
        raise ValueError("an id is named twice")
    return tuple(sorted(population, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())[:size])
