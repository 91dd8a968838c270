"""Passport spellings of a party: what the kana suggest, what is in doubt, and whether the tickets say the same.

The passport itself is the authority: nothing here is an error. Not here: the rules of spelling (portal.kit.romaji).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.dossier.types import Participant
from portal.kit.choices import LabelledEnum
from portal.kit.romaji import agrees, spellings, suggest_name, ticket_letters

_ON_TICKET = re.compile(r"[A-Z][A-Z' .-]*/[A-Z][A-Z' .-]*")
_JAPAN = ("0081", None)


class Doubt(LabelledEnum):
    """What there is to look up in the passport."""

    MISSING = "missing", "未記入", "Not filled in"
    DIFFERS = "differs", "かなと違う", "Differs from the kana"
    HALF = "half", "姓か名だけ", "Surname or given name only"


@dataclass(frozen=True)
class Spelling:
    """One traveller's passport name, what the kana suggest, and the other legal spellings of both parts."""

    person: Participant
    surname: str | None
    given: str | None
    surname_forms: tuple[str, ...]
    given_forms: tuple[str, ...]
    doubt: Doubt | None

    @property
    def suggested(self) -> str:
        """``TAKAHASHI HANAKO``, or nothing where the kana cannot be read."""
        return " ".join(part for part in (self.surname, self.given) if part)

    @property
    def written(self) -> str:
        return " ".join(part for part in (self.person.passport_surname, self.person.passport_given) if part)


@dataclass(frozen=True)
class Tickets:
    """The names of tickets laid against the roster; everybody and every ticket is in exactly one place."""

    matched: int
    strangers: tuple[str, ...]
    without: tuple[Participant, ...]


def spelling_of(person: Participant) -> Spelling:
    """One traveller's spelling and what is in doubt about it."""
    surname, given = suggest_name(person.kana or "")
    words = (person.kana or "").replace("　", " ").split()
    return Spelling(
        person=person,
        surname=surname,
        given=given,
        surname_forms=spellings(words[0]) if surname else (),
        given_forms=spellings(" ".join(words[1:])) if given else (),
        doubt=_doubt(person),
    )


def _doubt(person: Participant) -> Doubt | None:
    surname, given = person.passport_surname, person.passport_given
    if not surname and not given:
        return Doubt.MISSING
    words = (person.kana or "").split()
    if person.nationality not in _JAPAN or not words or not all(spellings(word) for word in words):
        return None
    if not given or not surname:
        return Doubt.HALF if len(words) > 1 else None
    return None if agrees(f"{surname}{given}", "".join(words)) or _agree(surname, given, words) else Doubt.DIFFERS


def _agree(surname: str, given: str, words: Sequence[str]) -> bool:
    """Part by part, so that neither part's long vowel runs into the other."""
    return agrees(surname, words[0]) and agrees(given, "".join(words[1:]))


def read_tickets(text: str) -> tuple[str, ...]:
    """The names of a pasted list of tickets, one a line, whatever stands around them."""
    found = []
    for line in unicodedata.normalize("NFKC", text).upper().splitlines():
        slashed = _ON_TICKET.search(line)
        if name := (slashed[0] if slashed else re.sub(r"[^A-Z ]", "", line)).strip():
            found.append(name)
    return tuple(found)


def compare_tickets(people: Iterable[Participant], tickets: Iterable[str]) -> Tickets:
    """Which tickets are somebody's, which nobody's, and who has none; two of one name take two tickets."""
    waiting: dict[str, list[Participant]] = {}
    for person in people:
        letters = ticket_letters(f"{person.passport_surname or ''}/{person.passport_given or ''}")
        waiting.setdefault(letters, []).append(person)
    strangers, matched = [], 0
    for ticket in tickets:
        holders = waiting.get(ticket_letters(ticket), [])
        if holders and ticket_letters(ticket):
            holders.pop(0)
            matched += 1
        else:
            strangers.append(ticket)
    return Tickets(matched, tuple(strangers), tuple(person for left in waiting.values() for person in left))
