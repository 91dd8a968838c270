"""The parts of the party that travel together, and who belongs to which. Without groups there is one party.

Not here: where they sleep (nights), how they travel (journey).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portal.dossier.types import Dossier, Group, Key


@dataclass(frozen=True, slots=True)
class Party:
    """One part of the party: ``key`` is ``None`` for the whole; ``people`` its heads in the roster."""

    key: Key | None
    ja: str
    en: str
    pointer: str
    leaves: dt.date | None
    comes_back: dt.date | None
    people: int

    def takes(self, groups: tuple[Key, ...]) -> bool:
        """Whether an entry for ``groups`` is for this party; an entry for no group is for everybody."""
        return not groups or self.key in groups


def parties_of(dossier: Dossier) -> tuple[Party, ...]:
    """The parties in the order of the dossier's groups; one for everybody when there are none."""
    heads = Counter(person.group for person in dossier.participants)
    if not dossier.groups:
        outline = dossier.outline
        return (Party(None, "", "", "/outline", outline.departs_on, outline.returns_on, heads.total()),)
    return tuple(_party(dossier, index, group, heads[group.key]) for index, group in enumerate(dossier.groups))


def _party(dossier: Dossier, index: int, group: Group, people: int) -> Party:
    name = group.name or group.key
    return Party(
        key=group.key,
        ja=f"班「{name}」",
        en=f"group “{name}”",
        pointer=f"/groups/{index}",
        leaves=group.departs_on or dossier.outline.departs_on,
        comes_back=group.returns_on or dossier.outline.returns_on,
        people=people,
    )


def heads_of(parties: Iterable[Party], groups: tuple[Key, ...], *, everybody: int) -> int:
    """How many people an entry for ``groups`` is for."""
    return everybody if not groups else sum(party.people for party in parties if party.key in groups)
