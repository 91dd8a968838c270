"""Who is the same person: twice in one file, or already on the stored roster.

Here: comparing people. Not here: reading them (persons), merging what is stored (trips.actions).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from portal.dossier.types import Participant
from portal.kit.names import fold
from trips.roster.columns import FIELD_OF, RosterField
from trips.roster.verdicts import Change, KeptRow, Remark

Place = tuple[str | None, str | None, str | None]


class Identity(NamedTuple):
    """What tells people apart; names and kana folded (髙=高), ``None`` where nothing is written."""

    name: str
    kana: str | None
    born_on: str | None
    place: Place

    @property
    def full_place(self) -> Place | None:
        """Grade, class and number when all three are known."""
        return self.place if all(self.place) else None


def identify(person: Mapping[str, Any]) -> Identity:
    """The identity of a Participant-shaped mapping of JSON values."""
    return Identity(
        fold(person.get("name") or ""),
        fold(person["kana"]) if person.get("kana") else None,
        person.get("born_on"),
        (person.get("grade"), person.get("class_name"), person.get("number")),
    )


class Compared(NamedTuple):
    """Rows to keep with their identities, and for each row that repeats another one the remark to refuse it with."""

    kept: list[tuple[KeptRow, Identity]]
    repeated: list[tuple[KeptRow, Remark]]


def find_repeated(rows: Iterable[KeptRow]) -> Compared:
    """Take out rows that are surely an earlier row again; only warn where two people may merely share a name."""
    by_name: dict[str, list[tuple[Identity, KeptRow]]] = defaultdict(list)
    by_place: dict[Place, KeptRow] = {}
    compared = Compared([], [])
    for row in rows:
        identity = identify(row.person)
        namesakes = by_name[identity.name]
        first = next((other for known, other in namesakes if _is_again(known, identity)), None)
        if first is not None:
            compared.repeated.append((row, _again(row, first)))
            continue
        kept = _warn_namesake(row, identity, namesakes)
        if identity.full_place:
            kept = _warn_place(kept, by_place.setdefault(identity.full_place, kept))
        namesakes.append((identity, kept))
        compared.kept.append((kept, identity))
    return compared


def match_stored(
    rows: Sequence[tuple[KeptRow, Identity]], stored: Sequence[Participant], references: Sequence[str]
) -> list[KeptRow]:
    """Give each row the key of the stored person it is (with the differences) or a new key.

    ``references`` are the keys written in the file, "" where none is; one counts only when the name or the birth
    date agrees as well, because another school's file carries the same references.
    """
    people = {person.key: person.model_dump(mode="json") for person in stored}
    register = _Register(people)
    new_keys = _new_keys(people)
    matched = []
    for (row, identity), reference in zip(rows, references, strict=True):
        key = register.take(identity, reference)
        if key:
            matched.append(_as_stored(row, key, people[key]))
        else:
            matched.append(replace(row, person={"key": next(new_keys), "role": "student", **row.person}))
    return matched


# --- within the file ----------------------------------------------------------------------------------------------


def _is_again(known: Identity, identity: Identity) -> bool:
    pairs = ((known.kana, identity.kana), (known.born_on, identity.born_on), *_pairs(known, identity))
    if any(left and right and left != right for left, right in pairs):
        return False
    same_birth = known.born_on is not None and known.born_on == identity.born_on
    return same_birth or (known.full_place is not None and known.full_place == identity.full_place)


def _pairs(known: Identity, identity: Identity) -> Iterator[tuple[str | None, str | None]]:
    return zip(known.place, identity.place, strict=True)


def _again(row: KeptRow, first: KeptRow) -> Remark:
    where = _where(first, row)
    return Remark(
        f"{row.row}行目",
        RosterField.NAME,
        str(row.person.get("name", "")),
        f"{where}と同じ人です。",
        "どちらかの行を消してください。別の人なら、生年月日か学年・組・番号を確かめてください。",
        f"This is the same person as in row {first.row}. Delete one of the two, or check birth date and class.",
    )


def _warn_namesake(row: KeptRow, identity: Identity, namesakes: Sequence[tuple[Identity, KeptRow]]) -> KeptRow:
    if not namesakes:
        return row
    first = namesakes[0][1]
    remark = Remark(
        f"{row.row}行目",
        RosterField.NAME,
        str(row.person.get("name", "")),
        f"{_where(first, row)}と同じ氏名です。",
        "別の人ならこのままで構いません。同じ人なら、どちらかを外してください。",
        f"Row {first.row} has the same name. Leave it if they are two people; otherwise leave one out.",
    )
    return replace(row, warnings=(*row.warnings, remark))


def _warn_place(row: KeptRow, first: KeptRow) -> KeptRow:
    if first is row:
        return row
    remark = Remark(
        f"{row.row}行目",
        RosterField.NUMBER,
        str(row.person.get("number", "")),
        f"{_where(first, row)}と学年・組・番号が同じです。",
        "どちらかの番号を直してください。",
        f"Row {first.row} has the same grade, class and number. Correct one of them.",
    )
    return replace(row, warnings=(*row.warnings, remark))


def _where(first: KeptRow, row: KeptRow) -> str:
    return f"{first.row}行目" if first.sheet == row.sheet else f"シート「{first.sheet}」の{first.row}行目"


# --- against the stored roster ------------------------------------------------------------------------------------


class _Register:
    """The stored people who have not been found in the file yet."""

    def __init__(self, people: Mapping[str, Mapping[str, Any]]) -> None:
        self._free = {key: identify(person) for key, person in people.items()}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for key, identity in self._free.items():
            self._by_name[identity.name].append(key)

    def take(self, identity: Identity, reference: str) -> str:
        """The key of the one stored person this is, who is then taken; "" for none, or no way to tell which."""
        key = reference if self._confirms(reference, identity) else self._by_identity(identity)
        if key:
            del self._free[key]
        return key

    def _confirms(self, reference: str, identity: Identity) -> bool:
        known = self._free.get(reference)
        if known is None:
            return False
        return known.name == identity.name or (known.born_on is not None and known.born_on == identity.born_on)

    def _by_identity(self, identity: Identity) -> str:
        namesakes = [key for key in self._by_name[identity.name] if key in self._free]
        sure = [key for key in namesakes if _is_surely(self._free[key], identity)]
        if len(sure) == 1:
            return sure[0]
        likely = [key for key in namesakes if _may_be(self._free[key], identity)]
        return likely[0] if len(likely) == 1 and not sure else ""


def _is_surely(stored: Identity, identity: Identity) -> bool:
    """Same birth date, or the same seat in class: one of the two may have been corrected since."""
    same_birth = stored.born_on is not None and stored.born_on == identity.born_on
    return same_birth or (stored.full_place is not None and stored.full_place == identity.full_place)


def _may_be(stored: Identity, identity: Identity) -> bool:
    """Nothing written in both contradicts, and the birth date is missing on one side."""
    pairs = ((stored.kana, identity.kana), *_pairs(stored, identity))
    contradicts = any(left and right and left != right for left, right in pairs)
    return not contradicts and not (stored.born_on and identity.born_on)


def _as_stored(row: KeptRow, key: str, stored: Mapping[str, Any]) -> KeptRow:
    differences = tuple(
        Change("", FIELD_OF[name], str(stored.get(name) or ""), str(value))
        for name, value in row.person.items()
        if name != "guardian_recorded" and value != stored.get(name)
    )
    return replace(row, person={**row.person, "key": key}, same_as=key, differences=differences)


def _new_keys(taken: Iterable[str]) -> Iterator[str]:
    used = set(taken)
    number = 0
    while True:
        number += 1
        key = f"p{number:03}"
        if key not in used:
            yield key
