"""A claim before and after it is filed: the facts an insurer asks for, the days that count, the papers, the steps.

Pure. The days and papers are those of the JET page; for another contract they are the safe side until its own terms
are read. Not here: what is paid (cover), pages (portal.ui.insurance).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from insurance.catalogue.load import product
from insurance.catalogue.types import ClaimPaper, Claims, ClaimStep, Clause
from insurance.cover.timing import last_day
from insurance.enums import AmountKind, Cause, ClaimFact, CoverLine, Place
from portal.kit.text import Refused

_MODEL = "jet"


@dataclass(frozen=True, slots=True)
class Due:
    """A last day: for what, and the clause it comes from; ``name`` is steady for calendars."""

    name: str
    on: dt.date
    ja: str
    en: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Notice:
    """The facts by which an insurer takes up a case; an empty one is ``None``."""

    cause: Cause
    place: Place
    on: dt.date
    facts: dict[ClaimFact, str]
    first_visit: dt.date | None = None
    cover_ends: dt.date | None = None

    def __post_init__(self) -> None:
        if self.first_visit and self.first_visit < self.on:
            raise Refused("初診の日が、起きた日より前です", "The first visit lies before the event")

    @property
    def missing(self) -> tuple[ClaimFact, ...]:
        """What the insurer will still ask."""
        return tuple(fact for fact in ClaimFact if not self.facts.get(fact))


def rules() -> Claims:
    """How to claim, as the JET page says it."""
    claims = product(_MODEL).claims
    if claims is None:
        raise LookupError(_MODEL)
    return claims


def dues_of(notice: Notice) -> tuple[Due, ...]:
    """The days that count, the earliest first. Each count takes its first day as day 1: the earlier reading."""
    found = [_notice_due(notice), *_window_dues(notice)]
    return tuple(sorted(found, key=lambda due: due.on))


def open_dues(notice: Notice, *, reported: bool, closed: bool) -> tuple[Due, ...]:
    """The days that somebody must still keep: none once a claim is closed, none for what has been done."""
    done = {name for name, is_done in (("notice", reported), ("visit", notice.first_visit is not None)) if is_done}
    return () if closed else tuple(due for due in dues_of(notice) if due.name not in done)


def _notice_due(notice: Notice) -> Due:
    days = rules().notice_days
    return Due(
        "notice",
        last_day(notice.on, days),
        f"保険会社へ連絡する(起きた日から{days}日以内。なるべく早く)",
        f"Report to the insurer (within {days} days, as soon as possible)",
        _clause("C2"),
    )


def _window_dues(notice: Notice) -> list[Due]:
    line = CoverLine.INJURY_TREATMENT if notice.cause is Cause.INJURY else CoverLine.ILLNESS_TREATMENT
    benefit = product(_MODEL).terms.benefit(line)
    first = notice.on if notice.cause is Cause.INJURY else notice.first_visit
    dues = []
    if benefit and benefit.window_days and first:
        dues.append(
            Due(
                "costs",
                last_day(first, benefit.window_days),
                f"この日までの治療費が対象({benefit.window_days}日以内)",
                f"Costs up to this day count (within {benefit.window_days} days)",
                _clause(benefit.clause),
            )
        )
    if notice.cause is Cause.ILLNESS and notice.cover_ends and benefit and benefit.after_hours:
        dues.append(
            Due(
                "visit",
                notice.cover_ends + dt.timedelta(hours=benefit.after_hours),
                f"この日までに医師の治療を始める(保険の終わりから{benefit.after_hours}時間以内)",
                f"See a doctor by this day (within {benefit.after_hours} hours from the end of cover)",
                _clause(benefit.after_clause),
            )
        )
    return dues


def papers_for(place: Place) -> tuple[ClaimPaper, ...]:
    """The papers to keep and to hand in."""
    return tuple(paper for paper in rules().papers if _applies(paper.where, place))


def steps_for(place: Place) -> tuple[ClaimStep, ...]:
    """What to do, in order."""
    return tuple(step for step in rules().steps if _applies(step.where, place))


def _applies(where: str, place: Place) -> bool:
    return where == "both" or (where == "japan") is (place is Place.JAPAN)


def clause_of(code: str) -> Clause:
    return _clause(code)


def _clause(code: str) -> Clause:
    return product(_MODEL).clause(code)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Bills and payments of one claim, summed by kind, in yen; ``open`` is what nobody has paid yet, negative if more
    came back than was billed (fixed sums do that)."""

    billed: int = 0
    social: int = 0
    insurer: int = 0
    other: int = 0

    @classmethod
    def of(cls, amounts: Iterable[tuple[AmountKind, int]]) -> Reckoning:
        """The sums of (kind, yen)."""
        sums = dict.fromkeys(AmountKind, 0)
        for kind, yen in amounts:
            sums[kind] += yen
        return cls(sums[AmountKind.BILL], sums[AmountKind.SOCIAL], sums[AmountKind.INSURER], sums[AmountKind.OTHER])

    @property
    def open(self) -> int:
        return self.billed - self.social - self.insurer - self.other


@dataclass(frozen=True, slots=True)
class Balance:
    """What was billed and what came back, in yen; ``open`` is what nobody has paid yet."""

    billed: int
    social: int
    paid: int

    def __post_init__(self) -> None:
        if min(self.billed, self.social, self.paid) < 0:
            raise Refused("金額は0円以上で書いてください", "Amounts are 0 or more")
        if self.social + self.paid > self.billed:
            raise Refused(
                f"健康保険と保険から払われた額の合計({self.social + self.paid:,}円)が、"
                f"費用({self.billed:,}円)より多くなっています。金額を確かめてください",
                f"{self.social + self.paid:,} yen came back for bills of {self.billed:,} yen; check the amounts",
            )

    @property
    def open(self) -> int:
        return self.billed - self.social - self.paid
