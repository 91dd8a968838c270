"""Which reader each column has, and which columns the preview shows before and after reading.

Here: the table only. Not here: the readers (values, dates, sealed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from trips.roster import dates, sealed, values
from trips.roster.cells import plain_text
from trips.roster.columns import RosterField
from trips.roster.table import Cell
from trips.roster.verdicts import Setting

F = RosterField
Reader = Callable[[Cell, Setting], Any]


def _few(read: Callable[[Cell], Any]) -> Reader:
    """A reader for columns in which the same few values stand again and again: each is read once."""
    known = lru_cache(maxsize=256)(read)
    return lambda cell, _: known(cell)


READERS: dict[RosterField, Reader] = {
    F.NAME: lambda cell, _: values.read_name(cell),
    F.SURNAME: lambda cell, _: values.read_name(cell),
    F.GIVEN: lambda cell, _: values.read_name(cell),
    F.KANA: lambda cell, _: values.read_kana(cell),
    F.KANA_SURNAME: lambda cell, _: values.read_kana(cell),
    F.KANA_GIVEN: lambda cell, _: values.read_kana(cell),
    F.PASSPORT_NAME: lambda cell, _: values.read_passport_name(cell),
    F.PASSPORT_SURNAME: lambda cell, _: values.read_passport(cell),
    F.PASSPORT_GIVEN: lambda cell, _: values.read_passport(cell),
    F.BORN_ON: dates.read_birth_date,
    F.AGE: lambda cell, _: dates.read_age(cell),
    F.SEX: _few(values.read_sex),
    F.CLASS_CODE: lambda cell, _: values.read_class_code(cell),
    F.ROLE: _few(values.read_role),
    F.NUMBER: _few(values.read_number),
    F.NATIONALITY: _few(values.read_nationality),
    F.PASSPORT_EXPIRES_ON: dates.read_date,
    F.GROUP: lambda cell, _: plain_text(cell) or None,
    F.ROOM: lambda cell, _: values.read_room(cell),
    F.CONSENTED_ON: dates.read_consent,
    F.CONSENT_VERSION: lambda cell, _: plain_text(cell) or None,
    F.KEY: lambda cell, _: plain_text(cell) or None,
    F.GUARDIAN_NAME: lambda cell, _: sealed.read_guardian_name(cell),
    F.GUARDIAN_RELATION: _few(sealed.read_relation),
    F.GUARDIAN_PHONE1: lambda cell, _: sealed.read_phone(cell),
    F.GUARDIAN_PHONE2: lambda cell, _: sealed.read_phone(cell),
    F.BLOOD_TYPE: _few(sealed.read_blood_type),
    F.BLOOD_RH: _few(sealed.read_blood_rh),
}
CLASS_READERS = {
    F.GRADE: lru_cache(maxsize=256)(values.read_grade),
    F.CLASS_NAME: lru_cache(maxsize=256)(values.read_class),
}
# Shown before and after when reading changed them.
COMPARED = frozenset({*READERS, *CLASS_READERS}) - {F.AGE, F.KEY, F.GROUP}


def show_value(value: Any) -> str:
    """A value as the preview shows it: labels of choices, ISO dates, parts of a tuple joined."""
    if isinstance(value, tuple):
        return " ".join(show_value(part) for part in value if part not in (None, False, True))
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(getattr(value, "label", value))
