"""The three limits of a cover that a grave accident asks of.

Not here: whose cover it is (trip), the arithmetic (outcome).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from insurance.facts import UNLIMITED
from insurance.stress.span import Span

UNKNOWN = Span(0, UNLIMITED)


@dataclass(frozen=True, slots=True)
class Plan:
    """Limits a person in yen; one that is not known spans from nothing to ``UNLIMITED``.

    ``pooled``: treatment and rescue are paid out of one limit, which then stands in ``treatment``; ``rescue`` is 0.
    """

    name: str
    treatment: Span
    rescue: Span
    death: Span
    pooled: bool = False

    @classmethod
    def of(
        cls, name: str, *, treatment: int | None, rescue: int | None, death: int | None, pooled: bool = False
    ) -> Plan:
        """Limits as a contract states them: a number, ``UNLIMITED``, or ``None`` where nothing is known."""
        return cls(name, limit(treatment), limit(rescue), limit(death), pooled)

    def named(self, name: str) -> Plan:
        return replace(self, name=name)

    def __add__(self, other: Plan) -> Plan:
        """Both together, as when two contracts insure the same people."""
        return Plan(
            f"{self.name}+{other.name}",
            _together(self.treatment, other.treatment),
            _together(self.rescue, other.rescue),
            _together(self.death, other.death),
            self.pooled and other.pooled,
        )


def limit(amount: int | None) -> Span:
    """A limit as a contract states it."""
    return UNKNOWN if amount is None else Span.of(min(amount, UNLIMITED))


def limit_json(limit: Span) -> Any:
    """A number, ``"unlimited"``, null where nothing is known, or ``{"least": …}`` where a part of it is."""
    if limit.known:
        return "unlimited" if limit.least >= UNLIMITED else limit.least
    return {"least": limit.least} if limit.least else None


def _together(one: Span, other: Span) -> Span:
    return Span(min(one.least + other.least, UNLIMITED), min(one.most + other.most, UNLIMITED))
