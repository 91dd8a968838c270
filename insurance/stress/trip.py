"""The plans of a trip as its dossier has them: each contract, contracts that insure the same people, and no cover.

Not here: accidents (accident, named), rows of the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from insurance.catalogue.load import products
from insurance.catalogue.types import Product
from insurance.enums import Cause, CoverLine
from insurance.facts import UNLIMITED, Cover, CoverFacts
from insurance.stress.plan import Plan
from portal.dossier.types import BenefitKind, Dossier, Policy
from portal.kit.text import Refused
from portal.lawbook.outcome import Subject
from trips.facts import TripFacts

_LINES = {
    BenefitKind.INJURY_TREATMENT: CoverLine.INJURY_TREATMENT,
    BenefitKind.ILLNESS_TREATMENT: CoverLine.ILLNESS_TREATMENT,
    BenefitKind.INJURY_DEATH: CoverLine.INJURY_DEATH,
    BenefitKind.ILLNESS_DEATH: CoverLine.ILLNESS_DEATH,
}
TREATMENT = {Cause.INJURY: BenefitKind.INJURY_TREATMENT, Cause.ILLNESS: BenefitKind.ILLNESS_TREATMENT}
DEATH = {Cause.INJURY: BenefitKind.INJURY_DEATH, Cause.ILLNESS: BenefitKind.ILLNESS_DEATH}
NO_COVER = Plan.of("保険なし", treatment=0, rescue=0, death=0)


def cover_facts(dossier: Dossier) -> CoverFacts:
    """The insurance of a dossier."""
    return CoverFacts(TripFacts(dossier))


def name_of(policy: Policy) -> str:
    """Product and insurer, whatever of them is known; the key otherwise."""
    return " ".join(part for part in (policy.insurer, policy.product) if part) or policy.key


def plan_of(policy: Policy, cause: Cause, *, name: str = "") -> Plan:
    """The limits of one contract; one that lists no benefits is unknown throughout."""
    shown = name or name_of(policy)
    if not policy.benefits:
        return Plan.of(shown, treatment=None, rescue=None, death=None)
    cover = Cover((Subject("", policy, "", ""),))
    treatment, rescue = cover.limit(TREATMENT[cause]), cover.limit(BenefitKind.RESCUE)
    death = cover.limit(DEATH[cause])
    if cover.shares(TREATMENT[cause], BenefitKind.RESCUE):
        return Plan.of(shown, treatment=_pool(treatment, rescue), rescue=0, death=death, pooled=True)
    return Plan.of(shown, treatment=treatment, rescue=rescue, death=death)


def _pool(treatment: int | None, rescue: int | None) -> int | None:
    """One limit written on both lines counts once."""
    if UNLIMITED in (treatment, rescue):
        return UNLIMITED
    return None if treatment is None or rescue is None else max(treatment, rescue)


def plans_of(dossier: Dossier, cause: Cause) -> tuple[Plan, ...]:
    """Every contract, as if all victims were insured by it; those for the same people together; no cover if none is."""
    facts = cover_facts(dossier)
    single = [plan_of(policy, cause) for policy in dossier.policies]
    together = [
        reduce(Plan.__add__, [plan_of(policy.value, cause) for policy in cover.value.policies])
        for cover in facts.covers
        if len(cover.value.policies) > 1
    ]
    return tuple(_told_apart([*single, *together])) or (NO_COVER,)


def chosen_plans(dossier: Dossier, cause: Cause, wanted: Iterable[str]) -> tuple[Plan, ...]:
    """The contracts, or products of the catalogue, that ``wanted`` names, in that order.

    Raises :class:`Refused` naming what is there.
    """
    return tuple(_chosen(dossier, cause, name) for name in wanted)


def _chosen(dossier: Dossier, cause: Cause, wanted: str) -> Plan:
    published = None if _matching(dossier, wanted) else _published(wanted)
    return product_plan(published, cause) if published else plan_of(_named(dossier, wanted), cause)


def _matching(dossier: Dossier, wanted: str) -> list[Policy]:
    """The contract of that key or number, else all whose insurer and product contain ``wanted``."""
    exact = [policy for policy in dossier.policies if wanted in (policy.key, policy.number)]
    return exact or [policy for policy in dossier.policies if wanted in name_of(policy)]


def product_plan(found: Product, cause: Cause, *, name: str = "") -> Plan:
    """The limits of a published product; what its page does not give is unknown, what it excludes is nothing."""
    lines = (_LINES[TREATMENT[cause]], CoverLine.RESCUE, _LINES[DEATH[cause]])
    treatment, rescue, death = (found.terms.benefit(line) for line in lines)
    return Plan.of(
        name or found.title,
        treatment=treatment.limit if treatment else 0,
        rescue=rescue.limit if rescue else 0,
        death=death.limit if death else 0,
    )


def _published(wanted: str) -> Product | None:
    """The only product of the catalogue of that code, or whose title contains ``wanted``."""
    if wanted in products():
        return products()[wanted]
    found = [each for each in products().values() if wanted.casefold() in f"{each.title} {each.english}".casefold()]
    return found[0] if len(found) == 1 else None


def _named(dossier: Dossier, wanted: str) -> Policy:
    """The only contract that matches."""
    found = _matching(dossier, wanted)
    if len(found) == 1:
        return found[0]
    listed = "、".join(
        [
            *(f"{policy.key}({name_of(policy)})" for policy in found or dossier.policies),
            *(f"{code}({each.title})" for code, each in products().items() if not found),
        ]
    )
    if found:
        raise Refused(
            f"「{wanted}」に当てはまる保険契約が{len(found)}件あります。記号か証券番号で選んでください: {listed}",
            f"{len(found)} policies match {wanted}; choose by key or number",
        )
    raise Refused(
        f"「{wanted}」という保険契約はありません。ファイルの契約と公表された保険: {listed}",
        f"There is no policy called {wanted}",
    )


def people_of(dossier: Dossier) -> int:
    """How many travel: the roster, or the stated total while it is empty."""
    return len(dossier.participants) or dossier.outline.party.total or 0


def _told_apart(plans: Iterable[Plan]) -> Iterable[Plan]:
    """Equal names get a number, so that a table of them can be read."""
    seen: dict[str, int] = {}
    for plan in plans:
        seen[plan.name] = seen.get(plan.name, 0) + 1
        number = seen[plan.name]
        yield plan if number == 1 else plan.named(f"{plan.name}({number})")
