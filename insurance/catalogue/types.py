"""The shape of published cover: clauses with their words, terms of benefits, periods, numbers, claims, contacts.

Not here: reading the files (load), judging an event (insurance.cover).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from insurance.enums import Circumstance, CostItem, CoverLine, Season, Standing

Yen = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]
ClauseCode = str


class Sheet(BaseModel):
    """Base: immutable, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(Sheet):
    """A place in the published text; ``quote`` is verbatim, or empty where only a secondary source is known."""

    title: str
    english: str
    quote: str = ""


class Cap(Sheet):
    """A limit on some items of a benefit. ``limit`` null with no count: the text lost it. ``sure`` false: it is not
    known to which of the items the limit applies."""

    items: tuple[CostItem, ...]
    limit: Yen | None = None
    persons: Count | None = None
    nights: Count | None = None
    sure: bool = True
    clause: ClauseCode

    @property
    def lost(self) -> bool:
        return self.limit is None and self.persons is None and self.nights is None


class BenefitTerm(Sheet):
    """One benefit. Days are counted with the first day, the earlier and therefore safer reading.

    ``limit`` null is not known. ``window_days`` counts from the accident, or from the first visit for illness;
    ``after_hours`` and ``after_days`` from the end of cover; ``hospital_days`` is the shortest stay that counts.
    ``items`` are the costs it pays where they are not the usual ones of its line; benefits of one ``pool`` share one
    limit; a ``fixed`` sum lies between ``least`` and ``limit`` and asks for no bill.
    """

    line: CoverLine
    limit: Yen | None
    unlimited: bool = False
    deductible: Yen = 0
    window_days: Count | None = None
    after_hours: Count | None = None
    after_days: Count | None = None
    hospital_days: Count | None = None
    least_percent: Count = 0
    most_percent: Count = 100
    caps: tuple[Cap, ...] = ()
    items: tuple[CostItem, ...] = ()
    pool: str = ""
    fixed: bool = False
    least: Yen | None = None
    clause: ClauseCode
    after_clause: ClauseCode = ""
    infection_clause: ClauseCode = ""


class Exclusion(Sheet):
    circumstance: Circumstance
    lines: tuple[CoverLine, ...]
    clause: ClauseCode
    pays_on_death: tuple[CoverLine, ...] = ()
    death_clause: ClauseCode = ""
    outside_japan: bool = False


class Terms(Sheet):
    """What decides whether a policy pays; all clauses are codes of the same file. ``items`` names single bills."""

    counted_from: ClauseCode = ""
    benefits: tuple[BenefitTerm, ...]
    triggers: dict[str, ClauseCode] = {}
    not_covered: dict[CoverLine, ClauseCode] = {}
    duty: dict[CoverLine, ClauseCode] = {}
    before_start: ClauseCode = ""
    home_days: Count | None = None
    home_clause: ClauseCode = ""
    home_count_clause: ClauseCode = ""
    home_choice_clause: ClauseCode = ""
    exclusions: tuple[Exclusion, ...] = ()
    reasons_clause: ClauseCode = ""
    items: dict[CostItem, ClauseCode] = {}

    def benefit(self, line: CoverLine) -> BenefitTerm | None:
        return next((benefit for benefit in self.benefits if benefit.line is line), None)


class PolicyNumber(Sheet):
    season: Season
    year: int
    number: str
    clause: ClauseCode


class PeriodRule(Sheet):
    """When cover of one kind of participant begins and ends; the end lies in the year after arrival or renewal."""

    season: Season
    status: Standing
    start: str
    start_month: int | None = None
    start_day: int | None = None
    end_month: int
    end_day: int
    clause: ClauseCode


class ClaimStep(Sheet):
    where: str
    clause: ClauseCode


class ClaimPaper(Sheet):
    """A paper that a claim needs; ``where`` is japan, abroad or both."""

    name: str
    where: str
    clause: ClauseCode


class Claims(Sheet):
    notice_days: Count
    facts: tuple[str, ...]
    steps: tuple[ClaimStep, ...]
    papers: tuple[ClaimPaper, ...] = ()


class Contact(Sheet):
    title: str
    english: str
    phone: str
    hours: str
    zone: str
    clause: ClauseCode


class Product(Sheet):
    """One published product with everything its page says."""

    code: str
    title: str
    english: str
    source: str = ""
    source_title: str
    source_english: str
    edition: str
    edition_english: str
    holder: str | None = None
    insurer: str | None = None
    assistance: str | None = None
    numbers: tuple[PolicyNumber, ...] = ()
    periods: tuple[PeriodRule, ...] = ()
    terms: Terms
    claims: Claims | None = None
    contacts: tuple[Contact, ...] = ()
    clauses: dict[ClauseCode, Clause]

    @property
    def quoted(self) -> bool:
        """Whether the text itself is in our hands."""
        return bool(self.source)

    def clause(self, code: ClauseCode) -> Clause:
        return self.clauses[code]


class Period(Sheet):
    """The first and the last day covered, both included, and the clause that sets them."""

    first: dt.date
    last: dt.date
    clause: ClauseCode = ""

    def covers(self, day: dt.date) -> bool:
        return self.first <= day <= self.last
