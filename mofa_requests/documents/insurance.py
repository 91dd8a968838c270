"""保険 (別添三 六, 別添二): each contract with insurer, cover and assistance company; who is not insured.

Not here: whether the cover is enough (insurance.rules). Opt-outs print as a number, never as names.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

from mofa_requests.documents.blocks import Card, Column, Grid, grid, paired
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.values import (
    BLANK,
    NONE,
    UNTOLD,
    Fact,
    Shown,
    fact,
    facts,
    label,
    show,
    show_or_untold,
    show_people,
    show_phone,
    show_yen,
)
from portal.dossier.types import Benefit, Dossier, Handover, Policy


@dataclasses.dataclass(frozen=True)
class PolicySheet:
    """One contract as it stands on paper."""

    insurer: Card
    facts: tuple[tuple[Fact, ...], ...]
    benefits: Grid
    assistance: Card


def insurance_sheet(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of insurance.html; one contract of 未記入 when there is none."""
    policies = dossier.policies or (Policy(key="none"),)
    handover = dossier.handover
    return {
        "policies": [_policy_sheet(dossier, policy, entries=entries) for policy in policies],
        "opt_outs": paired(_opt_out_facts(dossier)),
        "handover": paired(
            (
                *facts(handover, "itinerary_on", "blood_list_on"),
                Fact(label(Handover, "school_liability"), show_yen(handover.school_liability)),
            )
        ),
    }


def _policy_sheet(dossier: Dossier, policy: Policy, *, entries: DirectoryEntries) -> PolicySheet:
    return PolicySheet(
        insurer=_insurer_card(policy),
        facts=paired(
            (
                *facts(policy, "product", "starts_at", "ends_at", "covers_all"),
                Fact("被保険者数", _insured(dossier, policy)),
                fact(policy, "exclusions"),
            )
        ),
        benefits=_benefit_grid(policy),
        assistance=_assistance_card(policy, entries=entries),
    )


def _insurer_card(policy: Policy) -> Card:
    always = {True: "24時間つながる", False: "24時間ではない", None: "24時間つながるか未記入"}[policy.phone_24h]
    return Card(
        title=label(policy, "insurer"),
        cite="別添三 六",
        name=show(policy.insurer),
        facts=(fact(policy, "address"), fact(policy, "number")),
        phones=(fact(policy, "phone", show_phone), Fact("受付", Shown(always))),
    )


def _insured(dossier: Dossier, policy: Policy) -> Shown:
    """Roster less opt-outs where the contract covers all; else the people it names."""
    if policy.covers_all:
        refusing = {opt_out.participant for opt_out in dossier.opt_outs}
        return show_people(sum(person.key not in refusing for person in dossier.participants))
    return show_people(len(policy.insured)) if policy.insured else BLANK


def _benefit_grid(policy: Policy) -> Grid:
    columns = (
        Column("補償項目", 32),
        Column(label(Benefit, "limit"), 24, "right"),
        Column(label(Benefit, "deductible"), 18, "right"),
        Column(label(Benefit, "shared_with"), 26),
    )
    return grid(columns, [_benefit_row(benefit) for benefit in policy.benefits])


def _benefit_row(benefit: Benefit) -> list[Shown]:
    return [
        Shown(benefit.kind.label),
        Shown("無制限", "strong") if benefit.unlimited else show_yen(benefit.limit),
        NONE if benefit.deductible == 0 else show_yen(benefit.deductible),
        show_or_untold("・".join(kind.label for kind in benefit.shared_with) or None),
    ]


def _assistance_card(policy: Policy, *, entries: DirectoryEntries) -> Card:
    assistance = policy.assistance
    strong = "・".join(entries.country(code) or code for code in assistance.strong_in) or None
    return Card(
        title=label(assistance, "company"),
        cite="別添二 五(三)",
        name=show(assistance.company),
        facts=(Fact("強い国・地域", show(strong)), fact(assistance, "strength_source")),
        phones=(fact(assistance, "phone", partial(show_phone)),),
    )


def _opt_out_facts(dossier: Dossier) -> tuple[Fact, ...]:
    opt_outs = dossier.opt_outs
    if not opt_outs:
        if any(policy.covers_all for policy in dossier.policies):
            return (Fact("保険に加入しない人", NONE), Fact("意思表明の書面", Shown("該当なし")))
        return (Fact("保険に加入しない人", UNTOLD), Fact("意思表明の書面", UNTOLD))
    signed = sum(opt_out.signed_on is not None for opt_out in opt_outs)
    guardians = sum(opt_out.guardian_signed is True for opt_out in opt_outs)
    return (
        Fact("保険に加入しない人", Shown(f"{len(opt_outs)}人")),
        Fact("意思表明の書面", Shown(f"{signed}人分(うち保護者の署名 {guardians}人分)")),
    )
