"""One cover of a person: terms, the days they hold, and the words behind their clauses. Not here: judging (grounds)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from insurance.catalogue.types import BenefitTerm, Clause, Period, Product, Terms
from insurance.enums import CostItem, CoverLine
from portal.dossier.types import BenefitKind, Policy

_LINES = {
    BenefitKind.INJURY_DEATH: CoverLine.INJURY_DEATH,
    BenefitKind.INJURY_TREATMENT: CoverLine.INJURY_TREATMENT,
    BenefitKind.ILLNESS_TREATMENT: CoverLine.ILLNESS_TREATMENT,
    BenefitKind.ILLNESS_DEATH: CoverLine.ILLNESS_DEATH,
    BenefitKind.LIABILITY: CoverLine.LIABILITY,
    BenefitKind.BELONGINGS: CoverLine.BELONGINGS,
    BenefitKind.RESCUE: CoverLine.RESCUE,
    BenefitKind.DRIVER_LIABILITY: CoverLine.DRIVER_LIABILITY,
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A cover in the order in which it is asked. ``period`` is ``None`` where its days are not known."""

    name: str
    english: str
    terms: Terms
    clauses: Mapping[str, Clause]
    period: Period | None = None
    dated: bool = True

    def words(self, *codes: str) -> tuple[Clause, ...]:
        """The clauses behind the codes; empty codes stand for none."""
        return tuple(self.clauses[code] for code in dict.fromkeys(codes) if code)


def published(product: Product, *, period: Period | None, dated: bool = True) -> Layer:
    """A product of the catalogue as one person's cover; ``dated`` false where the trip's days need no check."""
    return Layer(product.title, product.english, product.terms, product.clauses, period, dated)


def own_contract(policy: Policy) -> Layer:
    """A contract of the trip: its limits, deductibles and shared limits; its printed terms are not in our hands."""
    name = " ".join(part for part in (policy.insurer, policy.product) if part) or policy.key
    pairs = [(_LINES[benefit.kind], benefit) for benefit in policy.benefits]
    benefits = tuple(
        BenefitTerm(
            line=line,
            limit=benefit.limit,
            unlimited=benefit.unlimited,
            deductible=benefit.deductible or 0,
            pool="shared" if benefit.shared_with else "",
            clause=line.value,
        )
        for line, benefit in pairs
    )
    clauses = {
        line.value: Clause(
            title=f"証券の「{benefit.kind.label}」", english=f"“{benefit.kind.english}” of the policy sheet"
        )
        for line, benefit in pairs
    }
    return Layer(name, name, Terms(benefits=benefits), clauses, _days_of(policy))


def school_liability(limit: int | None) -> Layer:
    """The school's own liability cover: it pays what the school owes, nothing of the traveller's own costs."""
    benefit = BenefitTerm(
        line=CoverLine.LIABILITY, limit=limit, items=(CostItem.SCHOOL_DAMAGES,), clause=CoverLine.LIABILITY.value
    )
    clause = Clause(
        title="学校賠償責任保険(学校が法律上の責任を負う場合。約款で確かめてください)",
        english="School liability cover (where the school is liable; see its terms)",
    )
    name = "学校賠償責任保険"
    return Layer(name, "School liability", Terms(benefits=(benefit,)), {CoverLine.LIABILITY.value: clause}, dated=False)


def _days_of(policy: Policy) -> Period | None:
    if policy.starts_at is None or policy.ends_at is None or policy.ends_at < policy.starts_at:
        return None
    return Period(first=policy.starts_at.date(), last=policy.ends_at.date())
