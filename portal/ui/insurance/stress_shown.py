"""One accident under several covers as the page and the sheet show it: bars, comparison, where figures come from.

Not here: the arithmetic (insurance.stress), which covers (stress).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from insurance.stress.accident import Accident
from insurance.stress.named import Scenario
from insurance.stress.outcome import Outcome
from insurance.stress.span import Span
from portal.ui.insurance.stress_forms import FIGURES
from portal.ui.insurance.words import money, span_words, told

WIDTH = 1000
"""The units across a bar."""
_INK = {
    "treatment": "#e8e8e8",
    "spilled": "#cfcfcf",
    "rescue": "#b0b0b0",
    "death": "#8c8c8c",
    "unsure": "#fff3b0",
    "short": "#b00020",
    "own": "#ffffff",
}


@dataclass(frozen=True)
class Segment:
    """One stretch of a stacked bar: ``kind`` names its look, ``x`` and ``width`` are of ``WIDTH``."""

    kind: str
    label: str
    amount: str
    x: int
    width: int

    @property
    def paper(self) -> str:
        """Its ink on paper: told apart in black and white, what cover does not pay is the darkest."""
        return _INK[self.kind]


@dataclass(frozen=True)
class StackedBar:
    name: str
    limits: str
    segments: list[Segment]
    uninsured: str
    ranged: bool


@dataclass(frozen=True)
class CompareRow:
    """One line of the comparison: what, and a sum for each cover."""

    label: str
    cells: list[str]
    strong: bool = False
    note: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One figure of the accident with its source."""

    label: str
    value: str
    source: str
    quote: str
    sourced: bool
    changed: bool


def bars_of(outcomes: Sequence[Outcome]) -> list[StackedBar]:
    """A bar for each cover; all of them stand for the same total."""
    return [
        StackedBar(
            outcome.plan.name,
            _limits(outcome),
            _segments(outcome),
            span_words(outcome.uninsured),
            not outcome.uninsured.known,
        )
        for outcome in outcomes
    ]


def _limits(outcome: Outcome) -> str:
    plan = outcome.plan
    death = gettext("死亡 %(limit)s") % {"limit": span_words(plan.death)}
    if plan.pooled:
        return gettext("治療と救援を合わせて %(limit)s") % {"limit": span_words(plan.treatment)} + " / " + death
    return " / ".join(
        [
            gettext("治療 %(limit)s") % {"limit": span_words(plan.treatment)},
            gettext("救援 %(limit)s") % {"limit": span_words(plan.rescue)},
            death,
        ]
    )


def parts_of(outcome: Outcome) -> list[tuple[str, str, int]]:
    """(kind, label, yen) of who bears what, in the order of the bar; together the total."""
    own = outcome.accident.organisers_own
    if outcome.uninsured.known and outcome.paid("rescue").known:
        paid = [
            ("treatment", gettext("治療費用から"), outcome.paid("treatment").least),
            ("spilled", gettext("治療費用から救援に回る分"), outcome.paid("spilled").least),
            ("rescue", gettext("救援者費用から"), outcome.paid("rescue").least),
            ("death", gettext("死亡保険金から"), outcome.paid("death").least),
        ]
    else:
        paid = [("treatment", gettext("確かに保険で払われる"), outcome.insured.least)]
    doubt = outcome.insured.most - outcome.insured.least
    return [
        *paid,
        ("unsure", gettext("限度額が不明で分からない"), doubt),
        ("short", gettext("保険で払えない"), outcome.uninsured.least),
        ("own", gettext("もともと保険の対象でない主催者の負担"), own),
    ]


def _segments(outcome: Outcome) -> list[Segment]:
    total, begun, segments = outcome.accident.total or 1, 0, []
    for kind, label, amount in parts_of(outcome):
        start, begun = begun, begun + amount
        x, end = start * WIDTH // total, begun * WIDTH // total
        if amount:
            segments.append(Segment(kind, label, money(amount), x, max(end - x, 2)))
    return segments


def comparison(outcomes: Sequence[Outcome]) -> list[CompareRow]:
    """Who bears what, and how much one person is short, side by side."""
    kinds = dict.fromkeys((kind, label) for outcome in outcomes for kind, label, _ in parts_of(outcome))
    sums = [{(kind, label): amount for kind, label, amount in parts_of(outcome)} for outcome in outcomes]
    rows = [
        CompareRow(label, [money(each.get((kind, label), 0)) for each in sums])
        for kind, label in kinds
        if kind != "short" and any(each.get((kind, label)) for each in sums)
    ]
    return [
        *rows,
        CompareRow(
            gettext("保険で払えない額(学校と家族の負担)"),
            [span_words(outcome.uninsured) for outcome in outcomes],
            strong=True,
        ),
        *(CompareRow(label, [span_words(of(outcome)) for outcome in outcomes]) for label, of in _per_person(outcomes)),
    ]


def _per_person(outcomes: Sequence[Outcome]) -> list[tuple[str, Callable[[Outcome], Span]]]:
    accident = outcomes[0].accident
    rows: list[tuple[str, Callable[[Outcome], Span], bool]] = [
        (
            gettext("高額な治療を受ける1人につき不足"),
            lambda outcome: outcome.platelet.short,
            accident.need_platelets > 0,
        ),
        (
            gettext("そのほかの重傷者1人につき不足"),
            lambda outcome: outcome.other.short,
            accident.badly_hurt > accident.need_platelets,
        ),
        (gettext("死亡した1人につき不足"), lambda outcome: outcome.dead.short, accident.dead > 0),
    ]
    return [(label, of) for label, of, occurs in rows if occurs]


def figures_of(scenario: Scenario, accident: Accident) -> list[FigureRow]:
    """Every figure of the accident with where it comes from."""
    return [_figure(scenario, accident, name) for name in FIGURES]


def _figure(scenario: Scenario, accident: Accident, name: str) -> FigureRow:
    value, source = getattr(accident, name), scenario.source(name)
    changed = value != getattr(scenario.accident, name)
    sourced = source.sourced and not changed
    place = told(source.place, source.english)
    words = (
        gettext("この画面で変えた数字、または参加人数に合わせた数字")
        if changed
        else gettext("%(place)sの言う範囲から選んだ額") % {"place": place}
        if sourced and source.quote
        else place
        if sourced
        else gettext("目安(本ポータルの提案)")
    )
    shown = money(value) if name not in _COUNTED else f"{value:,}"
    return FigureRow(str(FIGURES[name]), shown, words, source.quote if sourced else "", sourced, changed)


_COUNTED = {
    "dead",
    "badly_hurt",
    "need_platelets",
    "platelet_nights",
    "relatives_per_victim",
    "relative_hotel_nights",
}
