"""What becomes of each row of a roster file: kept, refused or skipped, with every reason by cell.

Here: values only. Not here: reading cells (values, sealed), sorting rows (rows), adding them up (preview).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.dossier.types import Participant
from portal.kit.choices import LabelledEnum
from portal.kit.text import Refused
from trips.roster.columns import GUARDIAN, RosterField

_GUARDIAN = frozenset(field.value for field in GUARDIAN)


class CellRefused(Exception):
    """A cell that cannot be taken: why, how to mend it, and both in English."""

    def __init__(self, message: str, mend: str, english: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.english = english

    @classmethod
    def from_kit(cls, refused: Refused) -> CellRefused:
        """The kit says reason and mend in one breath, parted by 。."""
        message, stop, mend = str(refused).partition("。")
        return cls(message + stop, mend or "書き直してください", refused.english)


class Remark(NamedTuple):
    """A problem or a doubt about one cell: where it stands, what it shows, what is wrong, how to mend it."""

    cell: str
    field: RosterField | None
    shown: str
    message: str
    mend: str
    english: str


class Change(NamedTuple):
    """What was read differently from how it is written; also a difference from the roster already stored."""

    cell: str
    field: RosterField
    before: str
    after: str


class SkipReason(LabelledEnum):
    """Why a row is no person."""

    TOTALS = "totals", "合計などの集計の行", "Totals"
    SERIAL_ONLY = "serial_only", "番号だけの行", "Nothing but a running number"
    HEADING = "heading", "見出しの繰り返し", "Headings repeated"
    NOTE = "note", "注記の行", "A note"
    BLANK = "blank", "空白だけの行", "Nothing but blanks"


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """A row by sheet ("" for text files) and by its number in the file."""

    sheet: str
    row: int


@dataclass(frozen=True, kw_only=True)
class KeptRow(ReadRow):
    """One person: ``person`` has the shape of ``Participant`` (JSON values, with ``key``), ``sealed`` stays apart.

    ``person`` holds only what the file says: for a stored person (``same_as``) lay it over the stored values.
    ``sealed`` may hold guardian_name, guardian_relation, guardian_phone1, guardian_phone2, blood_type, allergy,
    illness, medicine, health_note.
    ``group_name`` is a group the plan does not know yet. ``same_as`` is the key of the stored person this row is.
    """

    person: Mapping[str, Any]
    sealed: Mapping[str, str] = field(repr=False)
    group_name: str = ""
    changes: tuple[Change, ...] = ()
    warnings: tuple[Remark, ...] = ()
    same_as: str = ""
    differences: tuple[Change, ...] = ()

    def participant(self, stored: Participant | None = None) -> Participant:
        """The participant to store: what the file says, laid over ``stored`` where the file is silent."""
        known = stored.model_dump(mode="json") if stored else {}
        return Participant.model_validate({**known, **self.person})

    @property
    def guardian(self) -> dict[str, str]:
        """``name``, ``relation``, ``phone1`` and ``phone2`` as far as the file gives them."""
        return {name.removeprefix("guardian_"): text for name, text in self.sealed.items() if name in _GUARDIAN}

    @property
    def health(self) -> dict[str, str]:
        """``blood_type``, ``allergy``, ``illness``, ``medicine`` and ``note`` as far as the file gives them."""
        return {name.removeprefix("health_"): text for name, text in self.sealed.items() if name not in _GUARDIAN}


@dataclass(frozen=True, kw_only=True)
class RefusedRow(ReadRow):
    """One row that cannot be taken, with every problem in it and its cells as they were sent."""

    problems: tuple[Remark, ...]
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SkippedRow(ReadRow):
    """One row that is no person, with the reason and its text."""

    reason: SkipReason
    shown: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What reading a cell depends on beside the cell: the day, the date epoch, the plan's groups by name."""

    on: dt.date
    epoch_1904: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
