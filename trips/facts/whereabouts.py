"""In which cities each party is on each local date, by its nights and its legs.

Not here: judging where activities lie (trips.rules.days).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from trips.facts.journey import LegEnds
from trips.facts.nights import Night
from trips.facts.parties import Party
from trips.facts.places import cities_of, same_city

_DAY = dt.timedelta(days=1)


class Whereabouts:
    """Answers whether a party may be in a city on a day."""

    def __init__(
        self,
        nights: Iterable[tuple[Party, dict[dt.date, Night]]],
        ends: Iterable[LegEnds],
        cities: Collection[str],
        outside: Sequence[dt.date | None],
    ) -> None:
        """``cities`` are the trip's own; ``outside`` the days on which the party may still or again be in Japan."""
        self._cities = cities
        self._outside = outside
        self._beds: dict[tuple[str | None, dt.date], set[str]] = defaultdict(set)
        self._moves: dict[tuple[str, ...], dict[dt.date, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._nights_in: set[str] = set()
        self._parties: list[Party] = []
        for party, by_date in nights:
            self._parties.append(party)
            self._sleep(party, by_date)
        for leg in ends:
            self._move(leg)

    def _sleep(self, party: Party, by_date: dict[dt.date, Night]) -> None:
        for day, night in by_date.items():
            for bed in night.beds:
                if bed.value.city:
                    self._nights_in.add(bed.value.city)
                    self._beds[party.key, day].add(bed.value.city)
                    self._beds[party.key, day + _DAY].add(bed.value.city)

    def _move(self, ends: LegEnds) -> None:
        leg = ends.leg
        for text, place, moment in (
            (leg.origin, ends.origin, leg.departs_at),
            (leg.destination, ends.destination, leg.arrives_at),
        ):
            if text and moment:
                named = cities_of(text, place, self._cities) or {text}
                self._moves[leg.groups][moment.date()] |= named

    def cities_on(self, day: dt.date, groups: tuple[str, ...]) -> set[str]:
        """The cities where somebody of ``groups`` (nobody named: of the whole party) is on ``day``."""
        parties = [party for party in self._parties if not groups or party.key in groups]
        beds = [self._beds.get((party.key, day), set()) for party in parties]
        moves = [
            by_date[day]
            for leg_groups, by_date in self._moves.items()
            if day in by_date and any(party.takes(leg_groups) for party in parties)
        ]
        return set().union(*beds, *moves)

    def may_be_in(self, city: str, day: dt.date, groups: tuple[str, ...]) -> bool:
        """Whether ``city`` is where the party is, an outing to a destination without a night, or home in Japan."""
        here = self.cities_on(day, groups)
        if any(same_city(city, place) for place in here):
            return True
        known = [place for place in self._cities if same_city(city, place)]
        if not here:
            return True  # that nothing is entered for the day is said elsewhere
        if not known:
            return day in self._outside
        return not any(place in self._nights_in for place in known)

    def words(self, day: dt.date, groups: tuple[str, ...]) -> str:
        """Where the party is, for a message."""
        return "・".join(f"「{city}」" for city in sorted(self.cities_on(day, groups)))
