"""The chapter that the modules of this package fill, and how amounts are written. Not here: any rule."""

from __future__ import annotations

from insurance.facts import CoverFacts
from portal.lawbook.rule import Chapter

BOOK = Chapter("A2", "別添二 海外旅行傷害保険加入のポイント", "Annex 2: travel insurance", facts=CoverFacts.of)


def yen(amount: int) -> str:
    """3,000万円; amounts that are no whole 万 in full."""
    return f"{amount // 10_000:,}万円" if amount and amount % 10_000 == 0 else f"{amount:,}円"


def yen_en(amount: int) -> str:
    """¥30,000,000."""
    return f"¥{amount:,}"
