"""Odd contracts are named: numbers used twice, overlapping days, backwards days, benefits listed twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from insurance.contracts import is_pooled, oddities, pooled
from portal.demo.story import demo_trips
from portal.dossier.types import Benefit, BenefitKind, Dossier, Policy


def policy(key: str, first: int, last: int, **more: Any) -> Policy:
    days = {"starts_at": dt.datetime(2027, 1, first), "ends_at": dt.datetime(2027, 1, last)}
    return Policy(**{"key": key, "insurer": f"例示損保{key}(見本)", "covers_all": True, **days, **more})


@pytest.mark.parametrize(
    ("policies", "words"),
    [
        ((policy("a", 5, 9), policy("b", 9, 12)), []),
        ((policy("a", 5, 9), policy("b", 8, 12)), ["同じ期間に重なっています"]),
        ((policy("a", 5, 9), policy("b", 8, 12, covers_all=False, insured=("x",))), ["重なっています"]),
        (
            (policy("a", 5, 9, covers_all=False, insured=("y",)), policy("b", 8, 12, covers_all=False, insured=("x",))),
            [],
        ),
        ((policy("a", 5, 9, number="MS-1"), policy("b", 9, 12, number="MS-1")), ["証券番号が同じ(MS-1)"]),
        ((policy("a", 9, 5),), ["終わってから始まる"]),
        ((policy("a", 5, 9, claim_notice_days=60),), ["請求の日数に出典がありません"]),
        ((policy("a", 5, 9, claim_notice_days=60, claim_days_source="約款 第27条"),), []),
        ((policy("a", 5, 9, benefits=(Benefit(kind=BenefitKind.RESCUE, limit=1),) * 2),), ["「救援者費用」が2行"]),
    ],
)
def test_what_is_odd_is_named(policies: tuple[Policy, ...], words: list[str]) -> None:
    found = oddities(Dossier(policies=policies))
    assert len(found) == len(words)
    for odd, word in zip(found, words, strict=True):
        assert word in odd.ja
        assert odd.en
        assert set(odd.keys) <= {each.key for each in policies}


def test_two_contracts_for_different_people_are_not_odd() -> None:
    (hawaii,) = [trip.load() for trip in demo_trips() if "hawaii" in str(trip)]
    assert len(hawaii.policies) == 2
    assert oddities(hawaii) == ()


def test_treatment_and_rescue_share_one_limit_and_part_again() -> None:
    kinds = (BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT, BenefitKind.RESCUE, BenefitKind.LIABILITY)
    apart = tuple(Benefit(kind=kind, limit=30_000_000) for kind in kinds)
    together = pooled(apart, together=True)
    assert not is_pooled(apart)
    assert is_pooled(together)
    assert [len(benefit.shared_with) for benefit in together] == [2, 2, 2, 0]
    assert pooled(together, together=False) == apart
