"""How much one cover pays of what is still owed: caps, deductible, limits, in that order. Integers only.

Here: one world, in which every unknown limit has one value. Not here: whether it pays (grounds), both worlds (stack).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from insurance.catalogue.types import BenefitTerm, Cap
from insurance.cover.event import Cost, Event
from insurance.cover.layer import Layer
from insurance.enums import CoverLine
from insurance.facts import UNLIMITED


@dataclass(slots=True)
class World:
    """What a doubt is worth: ``sure`` pays only what is certain, otherwise everything that may be paid."""

    sure: bool
    pots: dict[str, int] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        return 0 if self.sure else UNLIMITED

    def left_in(self, benefit: BenefitTerm) -> int:
        """What the limit of a benefit (or of its pool) still holds."""
        return self.pots.setdefault(benefit.pool or benefit.line.value, self._limit(benefit))

    def take(self, benefit: BenefitTerm, amount: int) -> None:
        self.pots[benefit.pool or benefit.line.value] -= amount

    def _limit(self, benefit: BenefitTerm) -> int:
        if benefit.unlimited:
            return UNLIMITED
        return self.unknown if benefit.limit is None else benefit.limit


@dataclass(frozen=True, slots=True)
class Share:
    """What is paid of one bill, and the codes of the caps that cut it."""

    paid: int
    cut_by: tuple[str, ...] = ()


def lump_sum(layer: Layer, line: CoverLine, event: Event, world: World) -> int:
    """The fixed sum of a death or an impediment."""
    benefit = layer.terms.benefit(line)
    if benefit is None:
        return 0
    if benefit.fixed and benefit.least is not None and world.sure:
        return benefit.least
    limit = world.left_in(benefit)
    if line is not CoverLine.IMPEDIMENT or limit >= UNLIMITED:
        return limit
    return limit * event.impediment_percent // 100


def pay_bills(benefit: BenefitTerm, bills: Sequence[tuple[Cost, int]], world: World) -> list[Share]:
    """What one benefit pays of each bill; ``bills`` carry what is still owed of them."""
    caps = [_opened(cap, world) for cap in benefit.caps]
    deductible, shares = benefit.deductible, []
    for cost, owed in bills:
        allowed, cut_by = _capped(cost, owed, caps)
        free = min(deductible, allowed)
        deductible -= free
        paid = min(allowed - free, world.left_in(benefit))
        cut = cut_by + ((benefit.clause,) if paid < allowed else ())
        for cap in caps:
            cap.use(cost, paid)
        world.take(benefit, paid)
        shares.append(Share(paid, cut))
    return shares


@dataclass(slots=True)
class _OpenCap:
    """A cap with what it still holds."""

    cap: Cap
    left: int

    def use(self, cost: Cost, paid: int) -> None:
        if cost.item in self.cap.items:
            self.left -= paid


def _opened(cap: Cap, world: World) -> _OpenCap:
    if cap.lost:
        return _OpenCap(cap, world.unknown)
    if cap.limit is None or (not cap.sure and not world.sure):
        return _OpenCap(cap, UNLIMITED)
    return _OpenCap(cap, cap.limit)


def _capped(cost: Cost, owed: int, caps: Sequence[_OpenCap]) -> tuple[int, tuple[str, ...]]:
    """What the caps leave of a bill, and the clauses that cut it."""
    allowed, cut_by = owed, []
    for each in caps:
        if cost.item not in each.cap.items:
            continue
        most = min(each.left, counted(each.cap, cost))
        if most < allowed:
            allowed = most
            cut_by.append(each.cap.clause)
    return allowed, tuple(cut_by)


def counted(cap: Cap, cost: Cost) -> int:
    """The part of a bill for as many persons and nights as the cap allows."""
    persons = min(cost.persons, cap.persons) if cap.persons is not None else cost.persons
    nights = min(cost.nights, cap.nights) if cap.nights is not None else cost.nights
    return cost.amount * persons * nights // (cost.persons * cost.nights)
