"""What an authority decides for itself: its approval rules and processing days, as values a dossier is judged with.

Not here: judging (rules.local_rules), storing a board's settings (portal.tenancy), MOFA's duties (annexes).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from portal.dossier.types import Line, Part, Short, Yen

Days = Annotated[int, Field(ge=0, le=400)]
Percent = Annotated[int, Field(ge=0, le=100)]


class EscortStep(Part):
    """``escorts`` are enough for parties of up to ``students`` pupils."""

    students: Annotated[int, Field(ge=1, le=10_000)]
    escorts: Annotated[int, Field(ge=1, le=1_000)]


class EscortFormula(Part):
    """How many escorts a board asks for.

    The first step that covers the pupils counts; beyond the last step one more escort per ``further`` pupils begun.
    ``least`` is the number that no trip goes below.
    """

    steps: tuple[EscortStep, ...] = ()
    further: Annotated[int, Field(ge=1, le=10_000)] | None = None
    least: Annotated[int, Field(ge=0, le=1_000)] = 0

    def needed(self, students: int) -> int:
        """Escorts asked for ``students`` pupils."""
        covering = [step.escorts for step in self.steps if students <= step.students]
        if covering:
            return max(self.least, min(covering))
        top = max(self.steps, key=lambda step: step.students, default=None)
        already, escorts = (top.students, top.escorts) if top else (0, 0)
        extra = -(-(students - already) // self.further) if self.further else 0
        return max(self.least, escorts + extra)


class AuthorityRules(Part):
    """One authority's own approval rules (domain §1.4) and days; ``None`` means it has no such rule.

    ``body`` and ``title`` name the rule in findings, apart from MOFA's. Percentages are whole, money is yen.
    """

    body: Line | None = None
    title: Line | None = None
    adopted_on: dt.date | None = None
    nights_at_most: Annotated[int, Field(ge=0, le=400)] | None = None
    cost_at_most: Yen | None = None
    escorts: EscortFormula | None = None
    escort_of_each_sex: bool = False
    participation_at_least: Percent | None = None
    plan_days_ahead: Annotated[int, Field(ge=0, le=1_000)] | None = None
    previsit_required: bool = False
    refuses_danger_level_from: Annotated[int, Field(ge=1, le=4)] | None = None
    two_person: bool = False
    authority_days: Days = 3
    municipal_days: Days | None = None
    school_days: Days = 10

    @property
    def label(self) -> Short:
        """How findings cite this authority's rule."""
        return " ".join(part for part in (self.body, self.title) if part) or "所管庁の実施基準"
