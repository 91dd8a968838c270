"""Specimen people: rosters put together from the name pool, the same for the same plan. Not here: schools, trips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import count, islice
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from portal.directory.countries import JAPAN
from portal.dossier.types import Participant, ParticipantRole, Sex

IDEOGRAPHIC_SPACE = "\u3000"
_FIRST_ADULT = dt.date(1968, 1, 1)
_CONSENT_FORM = "令和8年度版(見本)"
_SURNAME_STEP, _GIVEN_STEP, _DAY_STEP = 29, 17, 157  # coprime to pool sizes and year, so that neighbours differ


class NamePart(NamedTuple):
    """One surname or given name: as written, kana, passport romaji."""

    written: str
    kana: str
    romaji: str


class Foreigner(BaseModel):
    """A whole person whose name is not put together; no ``given`` means a mononym."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kana: str
    surname: str
    given: str | None = None
    nationality: str
    sex: Sex


class NamePool(BaseModel):
    """The whole of ``names.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    always: tuple[str, ...]
    surnames: tuple[NamePart, ...]
    girls: tuple[NamePart, ...]
    boys: tuple[NamePart, ...]
    foreigners: tuple[Foreigner, ...]

    def given(self, sex: Sex) -> tuple[NamePart, ...]:
        """The given names of one sex."""
        return self.girls if sex is Sex.FEMALE else self.boys

    def surname_row(self, seed: int) -> Iterator[NamePart]:
        """Surnames without end: first those every roster carries, then the pool in steps from ``seed``."""
        yield from (part for part in self.surnames if part.written in self.always)
        for step in count(1):
            yield self.surnames[(seed + step * _SURNAME_STEP) % len(self.surnames)]


@cache
def name_pool() -> NamePool:
    """The pool, read once."""
    text = resources.files("portal.demo").joinpath("names.yaml").read_text(encoding="utf-8")
    return NamePool.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, kw_only=True)
class Party:
    """What a roster is asked for; ``seed`` decides everything else. ``only`` is for schools of one sex."""

    seed: int
    students: int
    classes: Sequence[str]
    grade: str
    born_from: dt.date  # 2 April; the pupils are born in the 365 days from there
    departs_on: dt.date
    consented_on: dt.date
    escorts: int
    nurses: int = 0
    conductors: int = 0
    foreigners: int = 2
    only: Sex | None = None
    groups: Sequence[str] = ()


def roster(party: Party) -> tuple[Participant, ...]:
    """The party's people: pupils in order of class and kana, then escorts, nurses, conductors; keys s/e/n/c + number.

    Classes are dealt round, and a class travels in one group. Names are unique within the roster.
    """
    pupils = _numbered(party, _seated(party, list(_pupils(party))))
    return (*pupils, *_adults(party, {person.name for person in pupils}))


@dataclass(frozen=True)
class _Named:
    """A name and its sex before it becomes a participant."""

    name: str
    kana: str
    surname: str
    given: str | None
    sex: Sex
    nationality: str = JAPAN


def _pupils(party: Party) -> Iterator[_Named]:
    fitting = [person for person in name_pool().foreigners if party.only in (None, person.sex)]
    foreign = fitting[: party.foreigners]
    yield from (_Named(f.name, f.kana, f.surname, f.given, f.sex, f.nationality) for f in foreign)
    yield from islice(_japanese(party.seed, only=party.only, taken=set()), party.students - len(foreign))


def _japanese(seed: int, *, only: Sex | None = None, taken: set[str | None]) -> Iterator[_Named]:
    """Unique Japanese people without end, the sexes in turn unless ``only`` one is wanted."""
    pool = name_pool()
    for turn, surname in enumerate(pool.surname_row(seed)):
        sex = only or (Sex.FEMALE if (turn + seed) % 2 else Sex.MALE)
        for shift in count():
            names = pool.given(sex)
            person = _join(surname, names[(seed + turn * _GIVEN_STEP + shift) % len(names)], sex)
            if person.name not in taken:
                taken.add(person.name)
                yield person
                break


def _join(surname: NamePart, given: NamePart, sex: Sex) -> _Named:
    name = f"{surname.written}{IDEOGRAPHIC_SPACE}{given.written}"
    kana = f"{surname.kana}{IDEOGRAPHIC_SPACE}{given.kana}"
    return _Named(name, kana, surname.romaji, given.romaji, sex)


def _seated(party: Party, people: list[_Named]) -> list[tuple[str, _Named]]:
    """Each person with a class, in order of class and kana; dealt in pairs, so that each class has both sexes."""
    classes = list(party.classes)
    dealt = [(classes[turn // 2 % len(classes)], person) for turn, person in enumerate(people)]
    return sorted(dealt, key=lambda seat: (classes.index(seat[0]), seat[1].kana))


def _numbered(party: Party, seats: list[tuple[str, _Named]]) -> list[Participant]:
    numbers = {name: count(1) for name in party.classes}
    return [
        _pupil(party, turn, person, class_name, number=next(numbers[class_name]))
        for turn, (class_name, person) in enumerate(seats, start=1)
    ]


def _pupil(party: Party, turn: int, person: _Named, class_name: str, *, number: int) -> Participant:
    return _participant(
        person,
        key=f"s{turn:03d}",
        role=ParticipantRole.STUDENT,
        grade=party.grade,
        class_name=class_name,
        number=str(number),
        born_on=party.born_from + dt.timedelta(days=(party.seed + turn * _DAY_STEP) % 365),
        passport_expires_on=party.departs_on + dt.timedelta(days=270 + (turn * _DAY_STEP) % 1400),
        group=_group_of(party, class_name),
        guardian_recorded=True,
        consented_on=party.consented_on,
        consent_version=_CONSENT_FORM,
    )


def _group_of(party: Party, class_name: str) -> str | None:
    """The group that holds a class: the classes are cut into as many runs as there are groups."""
    if not party.groups:
        return None
    return party.groups[list(party.classes).index(class_name) * len(party.groups) // len(party.classes)]


def _adults(party: Party, taken: set[str | None]) -> list[Participant]:
    roles = (
        [(ParticipantRole.ESCORT, "e")] * party.escorts
        + [(ParticipantRole.NURSE, "n")] * party.nurses
        + [(ParticipantRole.CONDUCTOR, "c")] * party.conductors
    )
    people = islice(_japanese(party.seed + 61, taken=taken), 4, 4 + len(roles))
    numbers = {letter: count(1) for letter in "enc"}
    return [
        _adult(party, turn, person, role, key=f"{letter}{next(numbers[letter]):02d}")
        for turn, ((role, letter), person) in enumerate(zip(roles, people, strict=True))
    ]


def _adult(party: Party, turn: int, person: _Named, role: ParticipantRole, *, key: str) -> Participant:
    return _participant(
        person,
        key=key,
        role=role,
        born_on=_FIRST_ADULT + dt.timedelta(days=(party.seed * 397 + turn * 2741) % 10_500),
        passport_expires_on=party.departs_on + dt.timedelta(days=400 + turn * 131),
        group=party.groups[turn % len(party.groups)] if party.groups else None,
    )


def _participant(person: _Named, **rest: object) -> Participant:
    return Participant.model_validate(
        {
            "name": person.name,
            "kana": person.kana,
            "passport_surname": person.surname,
            "passport_given": person.given,
            "sex": person.sex,
            "nationality": person.nationality,
            **rest,
        }
    )
