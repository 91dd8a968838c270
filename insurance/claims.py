"""A claim before and after it is filed: the facts an insurer asks for, the days that count, the papers, the steps.

Pure. Days are those that a contract's sheet states; where it states none, and for the papers, those of the JET page
stand in. Not here: what is paid (cover), pages (portal.ui.insurance).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from insurance.catalogue.load import product
from insurance.catalogue.types import BenefitTerm, ClaimPaper, Claims, ClaimStep, Clause
from insurance.cover.timing import last_day
from insurance.enums import AmountKind, Cause, ClaimFact, CoverLine, Place
from portal.kit.text import Refused

_MODEL = "jet"
_TREATMENT = {Cause.INJURY: CoverLine.INJURY_TREATMENT, Cause.ILLNESS: CoverLine.ILLNESS_TREATMENT}


class Contract(Protocol):
    """What a policy sheet says of claims, as the dossier and its table have it: whole days, ``None`` where empty."""

    @property
    def claim_notice_days(self) -> int | None: ...

    @property
    def claim_cost_days(self) -> int | None: ...

    @property
    def claim_days_source(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Term:
    """One period that a claim keeps to, in days, and the clause that states it; ``own`` if the contract itself does."""

    days: int
    clause: Clause
    own: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract itself states; ``None`` where its sheet is empty and the JET page stands in."""

    notice: Term | None = None
    costs: Term | None = None

    @classmethod
    def of(cls, contract: Contract) -> Terms:
        """The days of one contract; the words of the clause are the source that was typed, if any."""
        clause = Clause(
            title="この契約の約款(「保険」の欄に写した日数)",
            english="Terms of this contract, as copied into the plan",
            quote=contract.claim_days_source or "",
        )
        notice, costs = contract.claim_notice_days, contract.claim_cost_days
        return cls(Term(notice, clause, own=True) if notice else None, Term(costs, clause, own=True) if costs else None)

    @classmethod
    def earliest(cls, contracts: Iterable[Contract]) -> Terms:
        """Of several contracts, while nobody has said which one pays, the shortest of each period."""
        found = [cls.of(contract) for contract in contracts]
        window = _benefit(CoverLine.INJURY_TREATMENT).window_days or 0
        return cls(
            _shortest([each.notice for each in found], usual=rules().notice_days),
            _shortest([each.costs for each in found], usual=window),
        )


JET = Terms()
"""A contract that states no days of its own."""


def _shortest(terms: list[Term | None], *, usual: int) -> Term | None:
    """The shortest period; ``None`` stands for the ``usual`` one."""
    return min(terms, key=lambda term: term.days if term else usual, default=None)


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, for what, and its clause: ``own`` if the contract states it. ``name`` is steady for calendars."""

    name: str
    on: dt.date
    ja: str
    en: str
    clause: Clause
    own: bool = False


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


def dues_of(notice: Notice, terms: Terms = JET) -> tuple[Due, ...]:
    """The days that count, the earliest first. Each count takes its first day as day 1: the earlier reading."""
    found = [_notice_due(notice, terms), *_window_dues(notice, terms)]
    return tuple(sorted(found, key=lambda due: due.on))


def open_dues(notice: Notice, terms: Terms = JET, *, reported: bool, closed: bool) -> tuple[Due, ...]:
    """The days that somebody must still keep: none once a claim is closed, none for what has been done."""
    done = {name for name, is_done in (("notice", reported), ("visit", notice.first_visit is not None)) if is_done}
    return () if closed else tuple(due for due in dues_of(notice, terms) if due.name not in done)


def _notice_due(notice: Notice, terms: Terms) -> Due:
    term = terms.notice or Term(rules().notice_days, _clause("C2"))
    return Due(
        "notice",
        last_day(notice.on, term.days),
        f"保険会社へ連絡する(起きた日から{term.days}日以内。なるべく早く)",
        f"Report to the insurer (within {term.days} days, as soon as possible)",
        term.clause,
        term.own,
    )


def _window_dues(notice: Notice, terms: Terms) -> list[Due]:
    benefit = _benefit(_TREATMENT[notice.cause])
    first = notice.on if notice.cause is Cause.INJURY else notice.first_visit
    term = terms.costs or Term(benefit.window_days or 0, _clause(benefit.clause))
    dues = [_costs_due(first, term)] if first and term.days else []
    if notice.cause is Cause.ILLNESS and notice.cover_ends and benefit.after_hours:
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


def _costs_due(first: dt.date, term: Term) -> Due:
    return Due(
        "costs",
        last_day(first, term.days),
        f"この日までの治療費が対象({term.days}日以内)",
        f"Costs up to this day count (within {term.days} days)",
        term.clause,
        term.own,
    )


def _benefit(line: CoverLine) -> BenefitTerm:
    benefit = product(_MODEL).terms.benefit(line)
    if benefit is None:
        raise LookupError(line)
    return benefit


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
