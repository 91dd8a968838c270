"""Several covers in order: what each pays of every line, what is left, and the clause behind each answer.

Here: the order and both worlds (certain, at best). Not here: a single answer (grounds, amounts), pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from insurance.catalogue.types import Clause
from insurance.cover.amounts import World, lump_sum, pay_bills
from insurance.cover.event import Cost, Event
from insurance.cover.grounds import ground_of
from insurance.cover.layer import Layer
from insurance.cover.timing import Ground, cost_ground
from insurance.enums import CostItem, CoverLine, Paid
from insurance.stress.span import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """What one cover does with one line: ``claimed`` is what was still owed, ``None`` for a fixed sum."""

    line: CoverLine
    item: CostItem | None
    claimed: Span | None
    paid: Span
    clauses: tuple[Clause, ...]
    ja: str
    en: str

    @property
    def verdict(self) -> Paid:
        if self.claimed is not None and not self.claimed.most:
            return Paid.SETTLED
        if not self.paid.known:
            return Paid.UNSURE
        if not self.paid.most:
            return Paid.NOT
        return Paid.FULL if self.claimed is None or self.claimed == self.paid else Paid.PARTLY


@dataclass(frozen=True, slots=True)
class LayerResult:
    """The answers of one cover."""

    name: str
    english: str
    answers: tuple[Answer, ...]

    @property
    def paid(self) -> Span:
        return sum((answer.paid for answer in self.answers), Span.of(0))


@dataclass(frozen=True, slots=True)
class Result:
    """Everything: what health insurance paid first, each cover, and what the person has to bear of the bills."""

    social: int
    billed: int
    layers: tuple[LayerResult, ...]
    left: tuple[tuple[CostItem, Span], ...]

    @property
    def borne(self) -> Span:
        return sum((amount for _, amount in self.left), Span.of(0))

    @property
    def paid(self) -> Span:
        return sum((layer.paid for layer in self.layers), Span.of(0))


@dataclass(slots=True)
class _Line:
    """One answer in one world."""

    ground: Ground
    line: CoverLine
    cost: int | None
    claimed: int
    paid: int
    cut_by: tuple[str, ...] = ()


def calculate(event: Event, layers: Sequence[Layer]) -> Result:
    """What health insurance and then ``layers``, in that order, pay of an event."""
    owed, social = _after_social(event)
    certain, at_best = list(owed), list(owed)
    results = []
    for layer in layers:
        worst = _settle(layer, event, certain, World(sure=True))
        best = _settle(layer, event, at_best, World(sure=False))
        answers = (_answer(layer, event, low, high) for low, high in zip(worst, best, strict=True))
        results.append(LayerResult(layer.name, layer.english, tuple(answers)))
    items = [cost.item for cost in event.costs]
    left = tuple((item, _span(low, high)) for item, low, high in zip(items, certain, at_best, strict=True))
    return Result(social, sum(cost.amount for cost in event.costs), tuple(results), left)


def _after_social(event: Event) -> tuple[list[int], int]:
    """What is owed of each bill once health insurance paid its part of the care."""
    rest, owed = event.social_insurance, []
    for cost in event.costs:
        part = min(rest, cost.amount) if cost.item is CostItem.CARE else 0
        rest -= part
        owed.append(cost.amount - part)
    return owed, event.social_insurance - rest


def _settle(layer: Layer, event: Event, owed: list[int], world: World) -> list[_Line]:
    """One cover in one world; takes what it pays off ``owed``."""
    return [*_lumps(layer, event, world), *_bills(layer, event, owed, world)]


def _lumps(layer: Layer, event: Event, world: World) -> list[_Line]:
    lines = [event.death_line] if event.died_on else []
    if event.impediment_percent:
        lines.append(CoverLine.IMPEDIMENT)
    benefit = layer.terms.benefit(event.treatment_line)
    if benefit is not None and benefit.fixed and (event.first_visit or event.hospital_days):
        lines.append(event.treatment_line)
    return [_lump(layer, line, event, world) for line in lines]


def _lump(layer: Layer, line: CoverLine, event: Event, world: World) -> _Line:
    ground = _degree(layer, line, event) or ground_of(layer, line, event)
    pays = _pays(ground, world)
    return _Line(ground, line, None, 0, lump_sum(layer, line, event, world) if pays else 0)


def _degree(layer: Layer, line: CoverLine, event: Event) -> Ground | None:
    """An impediment below the least degree is not paid."""
    benefit = layer.terms.benefit(line)
    if line is not CoverLine.IMPEDIMENT or benefit is None or event.impediment_percent >= benefit.least_percent:
        return None
    return Ground(
        False,
        (benefit.clause,),
        f"後遺障害が{benefit.least_percent}%に届きません",
        f"The degree is below {benefit.least_percent} %",
    )


def _pays(ground: Ground, world: World) -> bool:
    return ground.pays is True or (ground.pays is None and not world.sure)


def _bills(layer: Layer, event: Event, owed: list[int], world: World) -> list[_Line]:
    """Every bill's answer in the order of the bills."""
    lines: dict[int, _Line] = {}
    for line in dict.fromkeys(event.line_of(cost.item) for cost in event.costs):
        numbers = [number for number, cost in enumerate(event.costs) if event.line_of(cost.item) is line]
        lines |= _line_bills(layer, event, line, numbers, owed, world)
    return [lines[number] for number in sorted(lines)]


def _line_bills(
    layer: Layer, event: Event, line: CoverLine, numbers: list[int], owed: list[int], world: World
) -> dict[int, _Line]:
    general = ground_of(layer, line, event)
    grounds = {number: _bill_ground(layer, event, general, event.costs[number]) for number in numbers}
    payable = [number for number in numbers if _pays(grounds[number], world)]
    benefit = layer.terms.benefit(line)
    bills = [(event.costs[number], owed[number]) for number in payable]
    shares = dict(zip(payable, pay_bills(benefit, bills, world), strict=True)) if benefit and bills else {}
    lines = {}
    for number in numbers:
        share = shares.get(number)
        paid, cut_by = (share.paid, share.cut_by) if share else (0, ())
        lines[number] = _Line(grounds[number], line, number, owed[number], paid, cut_by)
        owed[number] -= paid
    return lines


def _bill_ground(layer: Layer, event: Event, general: Ground, cost: Cost) -> Ground:
    """The ground of one bill: the line's refusal, then what speaks against this bill, then the line's consent."""
    benefit = layer.terms.benefit(event.line_of(cost.item))
    if general.pays is False or benefit is None:
        return general
    if benefit.fixed or not _is_paid_by(cost.item, benefit.items):
        return _other_cost(cost, benefit.clause)
    special = cost_ground(layer, benefit, event, cost)
    return special if special is not None and special.pays is not True else general


def _is_paid_by(item: CostItem, items: tuple[CostItem, ...]) -> bool:
    """Whether a benefit pays such a bill; what a school owes is paid only by cover that names it."""
    return item in items if items else item is not CostItem.SCHOOL_DAMAGES


def _other_cost(cost: Cost, clause: str) -> Ground:
    return Ground(
        False,
        (clause,),
        f"この補償は{cost.item.label}を払いません",
        f"This benefit does not pay “{cost.item.english}”",
    )


def _answer(layer: Layer, event: Event, worst: _Line, best: _Line) -> Answer:
    ground = worst.ground
    cuts = layer.words(*worst.cut_by, *best.cut_by)
    paid = _span(worst.paid, best.paid)
    item = None if worst.cost is None else event.costs[worst.cost].item
    claimed = None if worst.cost is None else _span(worst.claimed, best.claimed)
    named = layer.terms.items.get(item, "") if item and ground.pays is not False else ""
    clauses = layer.words(*ground.clauses, named)
    return Answer(
        worst.line,
        item,
        claimed,
        paid,
        (*clauses, *(cut for cut in cuts if cut not in clauses)),
        "。".join([ground.ja, *(cut.title for cut in cuts)]),
        ". ".join([ground.en, *(cut.english for cut in cuts)]),
    )


def _span(one: int, other: int) -> Span:
    return Span(min(one, other), max(one, other))
