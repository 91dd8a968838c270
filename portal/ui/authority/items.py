"""The seven items of 別添三 side by side: what the school wrote, what the rules say, where the officer ticks.

Not here: judging (rules), keeping the ticks (actions.review), the paper's check sheet (documents.check_sheet).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from mofa_requests.documents import people
from mofa_requests.documents.annex3 import Annex3Item
from portal.dossier import types
from portal.dossier.types import Dossier, Sex, StayKind
from portal.lawbook.citation import cite
from portal.lawbook.finding import Finding, Report, Severity, Verdict
from portal.ui.authority.values import Cell, Grid, filled_grid, grid_of
from portal.ui.findings import ANNEX3, ANNEX3_NUMERALS, show_all
from portal.ui.labels import label_of
from portal.ui.shapes import ShownFinding

SHEET_OF = {
    Annex3Item.ITINERARY: "itinerary",
    Annex3Item.SCHOOL: "plan",
    Annex3Item.HOME: "contacts",
    Annex3Item.LODGING: "lodging",
    Annex3Item.AGENT: "contacts",
    Annex3Item.INSURER: "insurance",
}
SHOWN_OF_ONE_RULE = 5
"""Findings of one rule that stand on the page before it is asked for all."""
_ON_THE_MOVE = (StayKind.IN_FLIGHT, StayKind.ABOARD_SHIP, StayKind.ON_TRAIN)


@dataclass(frozen=True)
class ItemVerdict:
    """What the rules say of one item: ``word`` with its ``icon`` and ``tone``; ``fails`` when a tick needs a reason."""

    word: str
    icon: str
    tone: str
    fails: bool
    findings: list[ShownFinding] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    met: int = 0
    more: int = 0


@dataclass(frozen=True)
class Item:
    """One item: its words in the notice, the tables of its values, the rules' verdict, and the place to remark on."""

    item: Annex3Item
    title: str
    quote: str
    pointer: str
    grids: list[Grid]
    verdict: ItemVerdict

    @property
    def key(self) -> str:
        return self.item.value

    @property
    def sheet(self) -> str:
        """The sheet of the packet that prints it; empty for the roster, whose names are opened on purpose."""
        return SHEET_OF.get(self.item, "")


def items_of(dossier: Dossier, report: Report, *, every: bool = False) -> list[Item]:
    """The seven items in the order of the notice; ``every`` shows each finding of a rule that finds many."""
    return [
        Item(
            item=item,
            title=label_of(item),
            quote=cite(ANNEX3 + numeral).quote or "",
            pointer=_POINTERS[item],
            grids=_VALUES[item](dossier),
            verdict=verdict_of(report, numeral, every=every),
        )
        for item, numeral in zip(Annex3Item, ANNEX3_NUMERALS, strict=True)
    ]


def failing_items(report: Report) -> frozenset[str]:
    """The items (as ``Tick.item``) that the rules hold to be wrong or empty."""
    pairs = zip(Annex3Item, ANNEX3_NUMERALS, strict=True)
    named = {label for finding in report.of(Severity.BLOCK) for label in finding.citation}
    return frozenset(item.value for item, numeral in pairs if ANNEX3 + numeral in named)


def some_of_each(findings: Iterable[Finding], *, every: bool = False) -> list[Finding]:
    """The first findings of each rule: four hundred travellers may break one rule four hundred times."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.code] += 1
        if every or seen[finding.code] <= SHOWN_OF_ONE_RULE:
            kept.append(finding)
    return kept


def verdict_of(report: Report, numeral: str, *, every: bool = False) -> ItemVerdict:
    """The rules' verdict on 別添三 ``numeral``; only a duty that blocks submission makes it fail."""
    label = ANNEX3 + numeral
    mine = [finding for finding in report.findings if label in finding.citation]
    duties = [finding for finding in mine if finding.severity is Severity.BLOCK]
    word, icon, tone = _word(duties, mine)
    shown = some_of_each(mine, every=every)
    return ItemVerdict(
        word=word,
        icon=icon,
        tone=tone,
        fails=bool(duties),
        findings=show_all(shown, url_of=lambda pointer: ""),
        later=[finding.message for finding in report.follow_ups if label in finding.citation],
        met=sum(label in finding.citation and finding.verdict is Verdict.PASS for finding in report.passed),
        more=len(mine) - len(shown),
    )


def other_findings(report: Report) -> list[Finding]:
    """What the rules found outside the seven items: 別添一, deadlines, insurance."""
    mine = {ANNEX3 + numeral for numeral in ANNEX3_NUMERALS}
    return [finding for finding in report.findings if not mine & set(finding.citation)]


def _word(duties: list[Finding], mine: list[Finding]) -> tuple[str, str, str]:
    if any(finding.verdict is Verdict.FAIL for finding in duties):
        return gettext("規則では不備"), "error", "error"
    if duties:
        return gettext("規則では未入力"), "circle", "warn"
    if mine:
        return gettext("規則では適合(確かめる点あり)"), "info", "key"
    return gettext("規則では適合"), "check", "ok"


def _itinerary(dossier: Dossier) -> list[Grid]:
    names = ("departs_at", "origin", "arrives_at", "destination", "mode", "number", "groups")
    groups = group_names(dossier)
    shown = [name for name in names if name != "groups" or groups]
    return [grid_of(gettext("便・移動"), types.Leg, dossier.legs, shown, keys=groups)]


def _school(dossier: Dossier) -> list[Grid]:
    return [grid_of(gettext("学校"), types.School, [dossier.school], ("name", "postcode", "address", "phone"))]


def _home(dossier: Dossier) -> list[Grid]:
    names = ("name", "role", "title", "night_phone", "holiday_phone")
    grid = grid_of(gettext("留守校の連絡先"), types.HomeContact, dossier.home_contacts, names)
    same = Cell(gettext("夜間と同じ"))
    rows = [
        [*row[:-1], same if contact.holiday_same_as_night and not contact.holiday_phone else row[-1]]
        for contact, row in zip(dossier.home_contacts, grid.rows, strict=True)
    ]
    return [replace(grid, rows=rows)]


def _lodging(dossier: Dossier) -> list[Grid]:
    names = ("name", "address", "phone", "checks_in", "checks_out", "kind")
    grid = grid_of(gettext("宿泊先"), types.Stay, dossier.stays, names)
    rows = [
        [_or_none(value) for value in row] if stay.kind in _ON_THE_MOVE else row
        for stay, row in zip(dossier.stays, grid.rows, strict=True)
    ]
    grids = [replace(grid, rows=rows)]
    if dossier.homestay.used:
        grids.append(filled_grid(gettext("ホームステイ"), types.Homestay, [dossier.homestay], without=("used",)))
    return grids


def _or_none(value: Cell) -> Cell:
    """A night on board has neither address nor telephone."""
    return value if value.text else Cell(gettext("該当なし"))


def _agents(dossier: Dossier) -> list[Grid]:
    names = ("name", "role", "address", "phone", "night_phone", "open_24h")
    return [grid_of(gettext("旅行会社・現地エージェント"), types.Agent, dossier.agents, names)]


def _insurers(dossier: Dossier) -> list[Grid]:
    names = ("insurer", "address", "phone", "phone_24h", "product")
    return [grid_of(gettext("保険会社"), types.Policy, dossier.policies, names)]


def _roster(dossier: Dossier) -> list[Grid]:
    return [role_grid(dossier), age_grid(dossier)]


def role_grid(dossier: Dossier) -> Grid:
    """How many travel in which role, by sex."""
    tally = people.tally_by_role(dossier.participants)
    sums = [sum(counts[sex] for counts in tally.values()) for sex in _sexes(dossier)]
    rows = [[Cell(label_of(role)), *_counts([c[s] for s in _sexes(dossier)])] for role, c in tally.items() if c.total()]
    return Grid(
        gettext("参加者数"), [gettext("区分"), *_sex_titles(dossier)], [*rows, [Cell(gettext("合計")), *_counts(sums)]]
    )


def age_grid(dossier: Dossier) -> Grid:
    """The pupils' ages on the day of departure, by sex."""
    tally = people.tally_by_age(dossier.participants, on=dossier.outline.departs_on)
    rows = [[Cell(_age(age)), *_counts([counts[sex] for sex in _sexes(dossier)])] for age, counts in tally.items()]
    return Grid(gettext("生徒の年齢(出発日)"), [gettext("年齢"), *_sex_titles(dossier)], rows)


def group_names(dossier: Dossier) -> dict[str, str]:
    """Key of a group → its name."""
    return {group.key: group.name or group.key for group in dossier.groups}


def _age(age: int) -> str:
    return gettext("未入力") if age == people.UNKNOWN_AGE else gettext("%(age)d歳") % {"age": age}


def _sexes(dossier: Dossier) -> list[Sex | None]:
    """Men and women always, the others where somebody is."""
    held = {person.sex for person in dossier.participants}
    return [sex for sex in (*Sex, None) if sex in (Sex.MALE, Sex.FEMALE) or sex in held]


def _sex_titles(dossier: Dossier) -> list[str]:
    return [*(label_of(sex) if sex else gettext("性別未入力") for sex in _sexes(dossier)), gettext("計")]


def _counts(figures: list[int]) -> list[Cell]:
    return [Cell(f"{figure:,}", look="end") for figure in (*figures, sum(figures))]


_VALUES: dict[Annex3Item, Callable[[Dossier], list[Grid]]] = {
    Annex3Item.ITINERARY: _itinerary,
    Annex3Item.SCHOOL: _school,
    Annex3Item.HOME: _home,
    Annex3Item.LODGING: _lodging,
    Annex3Item.AGENT: _agents,
    Annex3Item.INSURER: _insurers,
    Annex3Item.ROSTER: _roster,
}
_POINTERS = {
    Annex3Item.ITINERARY: "/legs",
    Annex3Item.SCHOOL: "/school",
    Annex3Item.HOME: "/home_contacts",
    Annex3Item.LODGING: "/stays",
    Annex3Item.AGENT: "/agents",
    Annex3Item.INSURER: "/policies",
    Annex3Item.ROSTER: "/participants",
}
