"""What an itinerary file would change in the plan: each entry new, changed or the same, and what the file leaves out.

Here: matching and laying over. Not here: reading the file (rows), storing (trips.actions).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from portal.dossier.types import Activity, Destination, Dossier, Leg, Part, Stay
from portal.kit.choices import LabelledEnum
from trips.facts.flights import folded_code
from trips.itinerary.rows import Entry, Planned

PROPERTY = {Leg: "legs", Activity: "activities", Stay: "stays"}
_FIRST_LETTER = {"legs": "f", "activities": "a", "stays": "n"}


class Standing(LabelledEnum):
    """What an entry of the file is to the plan."""

    NEW = "new", "新しい", "New"
    CHANGED = "changed", "変わる", "Changed"
    SAME = "same", "同じ", "Same"


class Change(NamedTuple):
    """One property that would say something else."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An entry laid over the plan: ``part`` is what would be stored, with the key it has or gets."""

    prop: str
    part: Planned
    rows: tuple[int, ...]
    standing: Standing
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The proposals in the order of the file, and by property the stored rows that the file does not speak of."""

    proposals: tuple[Proposal, ...]
    unspoken: Mapping[str, tuple[Planned, ...]]

    def values(self, plan: Dossier, *, drop: bool) -> dict[str, tuple[Part, ...]]:
        """``legs``, ``activities`` and ``stays`` with the file laid over them; ``drop`` leaves out the unspoken."""
        return {prop: tuple(self._rows(plan, prop, drop=drop)) for prop in PROPERTY.values()}

    def _rows(self, plan: Dossier, prop: str, *, drop: bool) -> Iterator[Part]:
        given = {each.part.key: each.part for each in self.proposals if each.prop == prop}
        gone = {part.key for part in self.unspoken[prop]} if drop else set()
        stored = getattr(plan, prop)
        yield from (given.get(row.key, row) for row in stored if row.key not in gone)
        yield from (part for key, part in given.items() if key not in {row.key for row in stored})


def merge(entries: Sequence[Entry], plan: Dossier) -> Merged:
    """Lay ``entries`` over ``plan``; what the file leaves empty keeps what the plan says."""
    stored = {prop: {_identity(row): row for row in reversed(getattr(plan, prop))} for prop in PROPERTY.values()}
    keys = {prop: _free_keys(prop, plan) for prop in PROPERTY.values()}
    proposals, met = [], set()
    for entry in entries:
        prop = PROPERTY[type(entry.part)]
        part = _with_country(entry.part, plan)
        identity = _identity(part)
        if (prop, identity) in met:  # a line printed twice, such as the last of one page and the first of the next
            continue
        met.add((prop, identity))
        former = stored[prop].get(identity)
        proposals.append(_proposal(prop, part, entry.rows, former, keys[prop]))
    spoken = {(each.prop, each.part.key) for each in proposals}
    unspoken = {
        prop: tuple(row for row in getattr(plan, prop) if (prop, row.key) not in spoken) for prop in PROPERTY.values()
    }
    return Merged(proposals=tuple(proposals), unspoken=unspoken)


def _proposal(prop: str, part: Planned, rows: tuple[int, ...], former: Planned | None, keys: Iterator[str]) -> Proposal:
    if former is None:
        fresh = part.model_copy(update={"key": next(keys)})
        return Proposal(prop=prop, part=fresh, rows=rows, standing=Standing.NEW)
    changes = tuple(_changes(former, part))
    laid = former.model_copy(update={change.name: change.after for change in changes})
    standing = Standing.CHANGED if changes else Standing.SAME
    return Proposal(prop=prop, part=laid, rows=rows, standing=standing, changes=changes)


def _changes(former: Planned, part: Planned) -> Iterator[Change]:
    for name, info in type(part).model_fields.items():
        after, before = getattr(part, name), getattr(former, name)
        if name != "key" and after not in (None, info.default) and after != before:
            yield Change(name, before, after)


def _identity(part: Planned) -> Hashable:
    """By what two tellings of the same thing know each other: number and day, title and day, house and first night."""
    match part:
        case Leg(number=str(number), departs_at=at):
            return folded_code(number), at and at.date()
        case Leg():
            return part.origin, part.destination, part.departs_at and part.departs_at.date()
        case Activity():
            return part.on, _folded(part.title)
        case _:
            return part.kind, _folded(part.name), part.checks_in


def _folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def _with_country(part: Planned, plan: Dossier) -> Planned:
    """A stay lies in the country of the destination of its town, or of the only one there is."""
    if not isinstance(part, Stay) or not part.name:
        return part
    places = [place for place in plan.destinations if place.country and not place.transit]
    found = next((place for place in places if place.city == part.city), _only(places))
    return part.model_copy(update={"country": found.country, "city": part.city or found.city}) if found else part


def _only(places: Sequence[Destination]) -> Destination | None:
    return places[0] if len(places) == 1 else None


def _free_keys(prop: str, plan: Dossier) -> Iterator[str]:
    taken = {row.key for row in getattr(plan, prop)}
    return (key for number in count(1) if (key := f"{_FIRST_LETTER[prop]}{number:02d}") not in taken)
