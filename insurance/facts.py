"""What a trip's insurance amounts to, derived from its dossier once: limits by kind, who is covered and who is not.

Not here: judging the amounts (rules), the cost of named accidents (scenarios), storing contracts (models).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.dossier.types import Benefit, BenefitKind, Dossier, OptOut, Participant, Policy
from portal.lawbook.outcome import Subject
from portal.lawbook.rule import Each
from portal.lawbook.rulebook import Case
from trips.facts import TripFacts
from trips.facts.subjects import joined

UNLIMITED = 10**15
TREATMENT = (BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT)


@dataclass(frozen=True, slots=True)
class Cover:
    """The contracts that insure the same people, taken together: their limits add up. Money is yen."""

    policies: tuple[Subject[Policy], ...]

    def benefits(self, kind: BenefitKind) -> tuple[Benefit, ...]:
        """The benefits of one kind, one from each contract that has it."""
        return tuple(benefit for policy in self.policies for benefit in policy.value.benefits if benefit.kind is kind)

    def limit(self, kind: BenefitKind) -> int | None:
        """The sum payable for ``kind``; ``UNLIMITED``, 0 where no contract has it, ``None`` while a limit is empty."""
        found = self.benefits(kind)
        if any(benefit.unlimited for benefit in found):
            return UNLIMITED
        if any(benefit.limit is None for benefit in found):
            return None
        return sum(benefit.limit or 0 for benefit in found)

    def shares(self, kind: BenefitKind, other: BenefitKind) -> bool:
        """Whether ``kind`` and ``other`` are paid out of one limit."""
        return any(other in benefit.shared_with for benefit in self.benefits(kind)) or any(
            kind in benefit.shared_with for benefit in self.benefits(other)
        )

    def treatment_after_rescue(self, kind: BenefitKind, *, cost: int) -> int | None:
        """What is left for treatment once a rescue of ``cost`` yen was paid (別添二 五(二)); never below 0.

        A shared limit pays the rescue first; otherwise what the rescue limit cannot pay is taken from treatment.
        """
        treatment, rescue = self.limit(kind), self.limit(BenefitKind.RESCUE)
        if treatment is None or rescue is None:
            return None
        if treatment >= UNLIMITED:
            return UNLIMITED
        spill = cost if self.shares(kind, BenefitKind.RESCUE) else max(0, cost - rescue)
        return max(0, treatment - spill)

    @property
    def complete(self) -> bool:
        """Whether every contract lists its benefits."""
        return all(policy.value.benefits for policy in self.policies)


@dataclass(frozen=True, slots=True)
class Heads:
    """How many travellers are insured, opted out in writing, or neither. Counts, never persons."""

    total: int
    insured: int
    opted_out: int

    @property
    def uninsured(self) -> int:
        return self.total - self.insured - self.opted_out


class CoverFacts:
    """Views of one dossier's insurance; the trip's own facts are shared."""

    def __init__(self, trip: TripFacts) -> None:
        self.trip = trip
        self.dossier = trip.dossier

    @classmethod
    def of(cls, case: Case) -> CoverFacts:
        return cls(case.view(TripFacts.of))

    @cached_property
    def covers(self) -> tuple[Subject[Cover], ...]:
        """The contracts grouped by the people they insure."""
        groups: dict[tuple[str, ...], list[Subject[Policy]]] = defaultdict(list)
        for policy in self.trip.policies:
            groups[() if policy.value.covers_all else policy.value.insured].append(policy)
        return tuple(
            Subject(
                group[0].pointer,
                Cover(tuple(group)),
                joined(policy.ja for policy in group),
                ", ".join(policy.en for policy in group),
            )
            for group in groups.values()
        )

    @cached_property
    def benefits(self) -> tuple[Subject[Benefit], ...]:
        return tuple(
            Subject(
                f"{policy.pointer}/benefits/{number}",
                benefit,
                f"{policy.ja}の{benefit.kind.label}",
                f"{policy.en}, {benefit.kind.english}",
            )
            for policy in self.trip.policies
            for number, benefit in enumerate(policy.value.benefits)
        )

    @cached_property
    def opted_out(self) -> dict[str, Subject[OptOut]]:
        """The written statements by the person they are of."""
        return {opt_out.value.participant: opt_out for opt_out in self.trip.opt_outs}

    @cached_property
    def uninsured(self) -> tuple[Subject[Participant], ...]:
        """Travellers whom no contract insures and who did not opt out in writing."""
        if any(policy.covers_all for policy in self.dossier.policies):
            return ()
        insured = {key for policy in self.dossier.policies for key in policy.insured}
        return tuple(
            person
            for person in self.trip.people
            if person.value.key not in insured and person.value.key not in self.opted_out
        )

    def heads(self, people: Iterable[Participant]) -> Heads:
        """Insured, opted out and neither among ``people``; whoever opted out is not insured by a contract for all."""
        counted = tuple(people)
        opted_out = sum(person.key in self.opted_out for person in counted)
        return Heads(len(counted), sum(map(self._is_insured, counted)), opted_out)

    def _is_insured(self, person: Participant) -> bool:
        if person.key in self.opted_out:
            return False
        return any(policy.covers_all or person.key in policy.insured for policy in self.dossier.policies)


WHOLE: Each[CoverFacts] = Each(Dossier, lambda facts: (Subject("", facts.dossier, "", ""),))
COVERS: Each[CoverFacts] = Each(Cover, lambda facts: facts.covers, ("保険契約がありません", "No policies"))
BENEFITS: Each[CoverFacts] = Each(Benefit, lambda facts: facts.benefits, ("補償項目がありません", "No benefits"))
POLICIES: Each[CoverFacts] = Each(Policy, lambda facts: facts.trip.policies, ("保険契約がありません", "No policies"))
OPT_OUTS: Each[CoverFacts] = Each(
    OptOut, lambda facts: facts.trip.opt_outs, ("保険に加入しない人はいません", "Nobody opted out")
)
