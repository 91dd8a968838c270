"""A trip's cover with its gaps on top: the twelve points of 別添二, who is insured, each contract's limits.

Not here: judging (insurance.rules), writing contracts (portal.ui.school), single events (calculator).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from insurance.contracts import oddities
from insurance.facts import UNLIMITED, CoverFacts, Heads
from insurance.rules import BOOK
from insurance.stress.trip import cover_facts, name_of
from portal.dossier.types import BenefitKind, ParticipantRole, Policy
from portal.lawbook.finding import Finding, Severity, Verdict
from portal.lawbook.parameters import parameters_on
from portal.lawbook.rule import Rule
from portal.ui.findings import rule_url
from portal.ui.insurance.doors import cover_context, cover_url
from portal.ui.insurance.handover import out_of_date
from portal.ui.insurance.opt_outs import missing_papers
from portal.ui.insurance.words import limit_words, money, told
from portal.ui.labels import label_of, speaks_english
from portal.ui.places import country_name
from portal.ui.school.doors import DRAFTERS, STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from portal.ui.shapes import Tile
from trips.enums import Section

_MINE = {rule.code for rule in BOOK}
_POINTS = 12
_TREATMENT = (BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT)


@dataclass(frozen=True)
class Point:
    """One point of 別添二: its rule and the worst it said."""

    number: str
    title: str
    label: str
    icon: str
    tone: str
    rule_url: str


@dataclass(frozen=True)
class LimitRow:
    """One benefit of a contract as the sheet states it."""

    kind: str
    limit: str
    deductible: str
    shared: str
    absent: bool


@dataclass(frozen=True)
class Contract:
    """One contract: its limits, and what they amount to."""

    name: str
    number: str
    starts: dt.datetime | None
    ends: dt.datetime | None
    insured: int
    rows: list[LimitRow]
    nights: list[tuple[str, str]]
    left: list[tuple[str, str]]
    assistance: str
    strong_in: str
    strength_source: str
    claim_days: list[str]
    days_source: str


@trip_page(STAFF, purpose="保険の点検(別添二)")
def overview(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Gaps first, then who is covered, then each contract."""
    standing = look_at(page)
    facts = cover_facts(standing.dossier)
    gaps = [finding for finding in standing.report.findings if finding.code in _MINE]
    context = cover_context(
        page,
        "overview",
        gettext("保険の点検"),
        gaps=standing.shown(gaps),
        points=_points(standing, gaps),
        oddities=[told(odd.ja, odd.en) for odd in oddities(standing.dossier)],
        heads=heads_of(facts),
        tiles=head_tiles(facts.heads(standing.dossier.participants)),
        contracts=[_contract(policy, facts, on=standing.on) for policy in standing.dossier.policies],
        missing_papers=missing_papers(standing),
        stale_handovers=out_of_date(page, standing.dossier),
        handover=standing.dossier.handover,
        rescue_cost=money(parameters_on(standing.on)["rescue_enough"].amount),
        night_cost=money(parameters_on(standing.on)["platelets_a_night"].amount),
        may_import=page.editable and page.role in DRAFTERS,
        edit_url=standing.section_url(Section.INSURANCE),
        stress_url=cover_url(page, "stress"),
    )
    return render(request, "insurance/overview.html", context)


_CHIPS = {
    Verdict.PASS: ("success", "ok"),
    Verdict.UNKNOWN: ("alert", "warn"),
    Verdict.NOT_APPLICABLE: ("circle", ""),
}


def _points(standing: Standing, gaps: list[Finding]) -> list[Point]:
    worst = {ran.code: ran.verdict for ran in standing.report.ran}
    stopping = {gap.code for gap in gaps if gap.severity is Severity.BLOCK}
    return [_point(rule, worst[rule.code], stops=rule.code in stopping) for rule in BOOK if rule.code in worst]


def _point(rule: Rule, verdict: Verdict, *, stops: bool) -> Point:
    number = int(rule.code[2:])
    label = label_of(verdict)
    if verdict is Verdict.FAIL:
        icon, tone = ("error", "error") if stops else ("alert", "warn")
        label = label if stops else gettext("要確認")
    else:
        icon, tone = _CHIPS[verdict]
    title = rule.english if speaks_english() else rule.title
    return Point(f"I{number}" if number <= _POINTS else "", title, label, icon, tone, rule_url(rule.code))


def heads_of(facts: CoverFacts) -> list[tuple[str, Heads]]:
    """The name of each role that travels, with its counts."""
    everybody = facts.dossier.participants
    roles = [(role, [person for person in everybody if person.role is role]) for role in ParticipantRole]
    return [(label_of(role), facts.heads(people)) for role, people in roles if people]


def head_tiles(heads: Heads) -> list[Tile]:
    """The counts of a whole party as tiles; whoever is neither insured nor opted out stands out."""
    unit = gettext("人")
    return [
        Tile(gettext("参加者"), heads.total, unit),
        Tile(gettext("保険に入っている"), heads.insured, unit),
        Tile(gettext("書面で加入しない"), heads.opted_out, unit),
        Tile(gettext("どちらでもない"), heads.uninsured, unit, tone="error" if heads.uninsured else ""),
    ]


def _contract(policy: Policy, facts: CoverFacts, *, on: dt.date) -> Contract:
    cover = next(each.value for each in facts.covers if policy in [part.value for part in each.value.policies])
    figures = parameters_on(on)
    everybody = len(facts.dossier.participants) - len(facts.opted_out)
    cost = figures["rescue_enough"].amount
    return Contract(
        name=name_of(policy),
        number=policy.number or "",
        starts=policy.starts_at,
        ends=policy.ends_at,
        insured=everybody if policy.covers_all else len(policy.insured),
        rows=_limit_rows(policy),
        nights=[
            (label_of(kind), _nights(cover.limit(kind), night=figures["platelets_a_night"].amount))
            for kind in _TREATMENT
        ],
        left=[
            (label_of(kind), limit_words(cover.treatment_after_rescue(kind, cost=cost)))
            for kind in _TREATMENT
            if cover.benefits(kind)
        ],
        assistance=policy.assistance.company or "",
        strong_in="、".join(country_name(code) for code in policy.assistance.strong_in),
        strength_source=policy.assistance.strength_source or "",
        claim_days=_claim_days(policy),
        days_source=policy.claim_days_source or "",
    )


def _claim_days(policy: Policy) -> list[str]:
    """The contract's own days for claims, in words; empty while the sheet states none."""
    notice, costs = policy.claim_notice_days, policy.claim_cost_days
    said = []
    if notice:
        said.append(gettext("連絡は%(days)d日以内") % {"days": notice})
    if costs:
        said.append(gettext("治療費は%(days)d日以内") % {"days": costs})
    return said


def _limit_rows(policy: Policy) -> list[LimitRow]:
    found = {benefit.kind: benefit for benefit in policy.benefits}
    rows = []
    for kind in BenefitKind:
        benefit = found.get(kind)
        if benefit is None:
            rows.append(LimitRow(label_of(kind), gettext("なし"), "", "", absent=True))
            continue
        shared = "、".join(label_of(other) for other in benefit.shared_with)
        deductible = limit_words(benefit.deductible) if benefit.deductible != 0 else gettext("なし")
        limit = limit_words(benefit.limit, unlimited=benefit.unlimited)
        rows.append(LimitRow(label_of(kind), limit, deductible, shared, absent=False))
    return rows


def _nights(limit: int | None, *, night: int) -> str:
    """How many nights of the costly treatment a limit pays; hundredths, without floats."""
    if limit is None:
        return gettext("不明(未入力)")
    if limit >= UNLIMITED:
        return gettext("無制限")
    hundredths = limit * 100 // night
    return gettext("%(nights)s晩") % {"nights": f"{hundredths // 100}.{hundredths % 100:02}"}
