"""Editions of the procedure as dated data: which notices, which deadline, to whom, by what way, with which papers.

Not here: the duties themselves (rule chapters), counting a deadline (deadlines), desks and numbers by date
(portal.directory). What no source supports carries ``verified: false`` and must never be shown as law.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from portal.kit.choices import LabelledEnum

DEFAULT = "2003"
PROPOSAL = "本ポータルの提案"


class RosterForm(LabelledEnum):
    """What of the roster leaves the school under an edition."""

    NAMED = "named", "氏名入りの名簿を付ける", "With names"
    COUNTS = "counts", "人数・年齢・性別だけを付ける", "Counts, ages and sexes only"
    KEPT_BACK = "kept_back", "作成して手元に置く", "Prepared and kept back"


class PeriodUnit(LabelledEnum):
    """How an edition counts its period back from departure."""

    CALENDAR_MONTH = "calendar_month", "暦の月", "Calendar months"
    DAY = "day", "日", "Days"


class Sourced(BaseModel):
    """Base: where a statement comes from; ``source`` is a seed file name, or a line that says what was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    citation: tuple[str, ...] = ()
    quote: str = ""
    verified: bool
    source: str = Field(min_length=1)


class Notice(Sourced):
    """One notice; ``issuer`` and ``subject`` are empty where no source gives them."""

    number: str
    dated_on: dt.date
    issuer: str
    subject: str


class Period(Sourced):
    """The period before departure by whose end the papers must have been received."""

    unit: PeriodUnit
    count: int = Field(ge=1, le=365)
    words: str
    english: str

    def nominal(self, departure: dt.date) -> dt.date:
        """The day the period points at, before any closed day is looked at (domain R2, R5).

        A month back is the same day of that month, or its last day when it has no such day (31 March → 28 February);
        days are counted back from departure, which is not counted itself.
        """
        if self.unit is PeriodUnit.DAY:
            return departure - dt.timedelta(days=self.count)
        months = departure.year * 12 + departure.month - 1 - self.count
        year, month = months // 12, months % 12 + 1
        return dt.date(year, month, min(departure.day, calendar.monthrange(year, month)[1]))


class Way(Sourced):
    """A channel by which the request may be sent; ``channel`` is a value of the dossier's Channel."""

    channel: Literal["email", "post", "fax"]
    usual: bool


class Addressee(Sourced):
    """To whom the notice addresses the request; the desk of today stands in the directory under ``directory_key``."""

    directory_key: str
    as_written: str


class Copy(Sourced):
    """A body that gets a copy."""

    body: str
    english: str


class Document(Sourced):
    """A paper of the request; ``only_with`` names the condition under which it is needed."""

    key: str
    title: str
    english: str
    only_with: Literal["homestay"] | None = None


class RosterRule(Sourced):
    """What the edition wants of the roster."""

    form: RosterForm
    words: str
    english: str


class Note(Sourced):
    """Something else worth telling about an edition."""

    text: str
    english: str


class ProcedureEdition(Sourced):
    """One edition of the procedure, whole."""

    code: str
    title: str
    english: str
    in_force_from: dt.date
    notices: tuple[Notice, ...] = Field(min_length=1)
    deadline: Period
    channels: tuple[Way, ...] = Field(min_length=1)
    addressee: Addressee
    copies_to: tuple[Copy, ...]
    documents: tuple[Document, ...] = Field(min_length=1)
    roster: RosterRule
    notes: tuple[Note, ...]

    @property
    def usual_channel(self) -> str:
        """The channel a letter of this edition takes unless another is chosen."""
        return next(way.channel for way in self.channels if way.usual)

    @property
    def unverified(self) -> tuple[Sourced, ...]:
        """Every statement of this edition that no source supports, to be shown as 未確認."""
        one = (self.deadline, self.addressee, self.roster)
        many = (*self.notices, *self.channels, *self.copies_to, *self.documents, *self.notes)
        return tuple(part for part in (*one, *many) if not part.verified)


def load_edition(code: str) -> ProcedureEdition:
    """The edition ``2003``, ``2016`` or ``2024``; ``KeyError`` names an unknown one and the known ones."""
    known = {edition.code: edition for edition in all_editions()}
    if str(code) not in known:
        raise KeyError(f"通知の版「{code}」はありません。{'・'.join(known)} のどれかにしてください")
    return known[str(code)]


@cache
def all_editions() -> tuple[ProcedureEdition, ...]:
    """Every edition, the oldest first."""
    folder = resources.files("portal.lawbook").joinpath("editions")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    loaded = (ProcedureEdition.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)
    return tuple(sorted(loaded, key=lambda edition: edition.in_force_from))


def in_force_on(on: dt.date) -> ProcedureEdition | None:
    """The latest edition in force on ``on``; None before the first of them."""
    return next((edition for edition in reversed(all_editions()) if edition.in_force_from <= on), None)
