"""What is odd about a trip's contracts as they were copied: one number twice, days that overlap or run backwards;
and the one limit that treatment and rescue share in many of them (治療・救援費用).

Not here: whether limits are enough (rules), editing contracts (portal.ui.school). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from insurance.stress.trip import name_of
from portal.dossier.types import Benefit, BenefitKind, Dossier, Policy

_POOL = (BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT, BenefitKind.RESCUE)


@dataclass(frozen=True, slots=True)
class Oddity:
    """A sentence in both languages, and the keys of the contracts it is about."""

    keys: tuple[str, ...]
    ja: str
    en: str


def oddities(dossier: Dossier) -> tuple[Oddity, ...]:
    """Everything odd, in the order of the contracts."""
    alone = (odd for policy in dossier.policies for odd in _alone(policy))
    together = (odd for pair in combinations(dossier.policies, 2) for odd in _together(*pair))
    return (*alone, *together)


def _alone(policy: Policy) -> Iterator[Oddity]:
    name, key = name_of(policy), (policy.key,)
    if policy.starts_at and policy.ends_at and policy.ends_at <= policy.starts_at:
        yield Oddity(
            key,
            f"「{name}」の保険期間が、終わってから始まる形になっています。証券の日時を写し直してください。",
            f"“{name}” ends before it starts. Copy the times from the policy again.",
        )
    if (policy.claim_notice_days or policy.claim_cost_days) and not policy.claim_days_source:
        yield Oddity(
            key,
            f"「{name}」の請求の日数に出典がありません。約款の条の番号を「日数の出典」に書いてください。",
            f"“{name}” states days for claims without their source. Add the article of the terms.",
        )
    kinds = [benefit.kind for benefit in policy.benefits]
    for kind in BenefitKind:
        if kinds.count(kind) > 1:
            yield Oddity(
                key,
                f"「{name}」に「{kind.label}」が{kinds.count(kind)}行あります。限度額が足し算されるので、1行にしてください。",
                f"“{name}” lists “{kind.english}” {kinds.count(kind)} times; the limits add up. Keep one line.",
            )


def is_pooled(benefits: Iterable[Benefit]) -> bool:
    """Whether rescue is paid out of a limit for treatment."""
    return any(
        kind in _POOL and benefit.kind in _POOL and BenefitKind.RESCUE in (kind, benefit.kind)
        for benefit in benefits
        for kind in benefit.shared_with
    )


def pooled(benefits: Iterable[Benefit], together: bool) -> tuple[Benefit, ...]:
    """The same benefits with treatment and rescue under one limit, or each under its own."""
    return tuple(_shared(benefit, together) if benefit.kind in _POOL else benefit for benefit in benefits)


def _shared(benefit: Benefit, together: bool) -> Benefit:
    others = tuple(kind for kind in benefit.shared_with if kind not in _POOL)
    pool = tuple(kind for kind in _POOL if kind is not benefit.kind) if together else ()
    return benefit.model_copy(update={"shared_with": (*pool, *others)})


def _together(one: Policy, other: Policy) -> Iterator[Oddity]:
    names, keys = (name_of(one), name_of(other)), (one.key, other.key)
    if one.number and one.number == other.number:
        yield Oddity(
            keys,
            f"「{names[0]}」と「{names[1]}」の証券番号が同じ({one.number})です。別の契約なら、番号を確かめてください。",
            f"“{names[0]}” and “{names[1]}” have the same policy number ({one.number}). Check it.",
        )
    if _same_people(one, other) and _overlap(one, other):
        yield Oddity(
            keys,
            f"「{names[0]}」と「{names[1]}」は、同じ人の同じ期間に重なっています。重ねて入ったのでなければ、期間を確かめてください。",
            f"“{names[0]}” and “{names[1]}” insure the same people at the same time. Check the periods.",
        )


def _same_people(one: Policy, other: Policy) -> bool:
    if one.covers_all and other.covers_all:
        return True
    if one.covers_all or other.covers_all:
        return bool(one.insured or other.insured)
    return bool(set(one.insured) & set(other.insured))


def _overlap(one: Policy, other: Policy) -> bool:
    if not (one.starts_at and one.ends_at and other.starts_at and other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
