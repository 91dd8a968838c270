"""Who pays what after an accident, a person and in all (別添二 四・五(二)). Pure, to the yen.

Here: the order of payment. Rescue is paid from the rescue limit; what exceeds it is charged to the treatment limit
first, so that less is left for treatment. Not here: the figures of accidents (accident, named), words (portal.ui).
"""

from __future__ import annotations

from dataclasses import dataclass

from insurance.stress.accident import Accident
from insurance.stress.plan import Plan
from insurance.stress.span import Span

RULE = "rescue cost above the rescue limit is charged to the treatment limit first"
UNINSURED_EXCLUDES = ("local_office", "settlement_per_badly_hurt", "deductibles")


@dataclass(frozen=True, slots=True)
class Bill:
    """What one victim costs."""

    treatment: int
    rescue: int
    death: int = 0

    @property
    def total(self) -> int:
        return self.treatment + self.rescue + self.death


@dataclass(frozen=True, slots=True)
class Settled:
    """What the cover pays of one victim's bill; ``spilled`` is rescue paid out of the treatment limit."""

    rescue: Span
    spilled: Span
    treatment: Span
    death: Span
    short: Span


def settle(bill: Bill, plan: Plan) -> Settled:
    """One victim's bill against the limits; sums are spans where a limit is not known."""
    limits = (plan.treatment, plan.rescue, plan.death)
    worst = _pay(bill, *(limit.least for limit in limits))
    best = _pay(bill, *(limit.most for limit in limits))
    pairs = [Span(min(low, high), max(low, high)) for low, high in zip(worst, best, strict=True)]
    return Settled(*pairs)


def _pay(bill: Bill, treatment: int, rescue: int, death: int) -> tuple[int, int, int, int, int]:
    by_rescue = min(bill.rescue, rescue)
    spilled = min(bill.rescue - by_rescue, treatment)
    by_treatment = min(bill.treatment, treatment - spilled)
    by_death = min(bill.death, death)
    return by_rescue, spilled, by_treatment, by_death, bill.total - by_rescue - spilled - by_treatment - by_death


@dataclass(frozen=True, slots=True)
class Outcome:
    """One accident under one plan; ``platelet``, ``other`` and ``dead`` are one person of each kind."""

    accident: Accident
    plan: Plan
    platelet: Settled
    other: Settled
    dead: Settled

    @property
    def short_badly_hurt(self) -> Span:
        costly = self.accident.need_platelets
        return self.platelet.short.times(costly) + self.other.short.times(self.accident.badly_hurt - costly)

    @property
    def short_deaths(self) -> Span:
        """Settlements above the death limit, and relatives' costs that neither rescue nor treatment can pay."""
        return self.dead.short.times(self.accident.dead)

    @property
    def uninsured(self) -> Span:
        """What the organiser has to find, besides what no cover pays in any case (``UNINSURED_EXCLUDES``)."""
        return self.short_badly_hurt + self.short_deaths

    def paid(self, what: str) -> Span:
        """What the insurer pays in all under ``rescue``, ``spilled``, ``treatment`` or ``death``."""
        costly = self.accident.need_platelets
        people = ((self.platelet, costly), (self.other, self.accident.badly_hurt - costly))
        all_of_them = (*people, (self.dead, self.accident.dead))
        return sum((getattr(one, what).times(count) for one, count in all_of_them), Span.of(0))

    @property
    def insured(self) -> Span:
        """All that the insurer pays."""
        payable = self.accident.total - self.accident.organisers_own
        return Span(payable - self.uninsured.most, payable - self.uninsured.least)


def run(accident: Accident, plan: Plan) -> Outcome:
    """Who pays what when ``accident`` happens under ``plan``."""
    rescue = accident.rescue_per_badly_hurt
    base = accident.icu_per_badly_hurt
    return Outcome(
        accident,
        plan,
        platelet=settle(Bill(base + accident.platelets, rescue), plan),
        other=settle(Bill(base, rescue), plan),
        dead=settle(Bill(0, accident.rescue_per_dead, accident.settlement_per_death), plan),
    )
