"""Whether two texts can mean the same place: 釜山港 and 釜山, TPE and TPE, 高雄国際空港 and 高雄.

Not here: judging (trips.rules), the table of airports (portal.directory).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from portal.directory.airports import Airport
from portal.kit.names import fold

_SHARED_BEGINNING = 2


@lru_cache(maxsize=2048)
def folded(place: str) -> str:
    """The search form of a place's name, kept because the same few places are compared again and again."""
    return fold(place)


def same_city(first: str | None, second: str | None) -> bool:
    """Whether two names of cities are one: equal but for spelling, or one holds the other (高雄, 高雄市)."""
    if not first or not second:
        return False
    one, other = folded(first), folded(second)
    return bool(one and other) and (one in other or other in one)


def near(first: str, second: str) -> bool:
    """Whether two places on land may be within a walk: one city, or names that begin alike (下関港, 下関駅)."""
    one, other = folded(first), folded(second)
    return one in other or other in one or one[:_SHARED_BEGINNING] == other[:_SHARED_BEGINNING]


def cities_of(text: str | None, place: Airport | None, cities: Collection[str]) -> set[str]:
    """Those of the trip's ``cities`` that an end of a leg names, by its text or by its airport's name."""
    words = [text or ""] if place is None else [place.ja, place.name, place.city]
    return {city for city in cities if any(word and same_city(city, word) for word in words)}
