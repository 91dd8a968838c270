"""The travellers as paper needs them: ages on the day of departure, figures by role and sex, names of groups.

Not here: whether the figures agree (rules), how the roster looks (roster, templates).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from portal.dossier.types import Dossier, Participant, ParticipantRole, Sex

UNKNOWN_AGE = -1


def age_on(born_on: dt.date | None, *, on: dt.date | None) -> int | None:
    """Full years on ``on``; None when either date is unknown or the birth lies after it."""
    if born_on is None or on is None or born_on > on:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def find(dossier: Dossier, key: str | None) -> Participant | None:
    """The traveller of a key, or None when the key is empty or names nobody."""
    return next((person for person in dossier.participants if person.key == key), None)


def has_conductor(dossier: Dossier) -> bool:
    """Whether the plan knows of a conductor: one of the roster, one of that role, or a number to call."""
    named = find(dossier, dossier.conductor.participant) is not None
    travels = any(person.role is ParticipantRole.CONDUCTOR for person in dossier.participants)
    return named or travels or dossier.conductor.mobile is not None


def group_names(dossier: Dossier, keys: Iterable[str]) -> str:
    """Names of groups joined with ・; a key without a name stands for itself, no key means everybody."""
    names = {group.key: group.name or group.key for group in dossier.groups}
    return "・".join(names.get(key, key) for key in keys) or "全員"


def tally_by_role(people: Iterable[Participant]) -> dict[ParticipantRole, Counter[Sex | None]]:
    """How many of each sex in each role; sex None is 未記入. Every role has a row, in the order of the types."""
    table: dict[ParticipantRole, Counter[Sex | None]] = {role: Counter() for role in ParticipantRole}
    for person in people:
        table[person.role][person.sex] += 1
    return table


def tally_by_age(people: Iterable[Participant], *, on: dt.date | None) -> dict[int, Counter[Sex | None]]:
    """Pupils by age on ``on`` and sex, youngest first; ``UNKNOWN_AGE`` last."""
    table: dict[int, Counter[Sex | None]] = {}
    for person in people:
        if person.role is ParticipantRole.STUDENT:
            age = age_on(person.born_on, on=on)
            table.setdefault(UNKNOWN_AGE if age is None else age, Counter())[person.sex] += 1
    return dict(sorted(table.items(), key=lambda row: (row[0] == UNKNOWN_AGE, row[0])))
