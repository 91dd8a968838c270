"""Sums, limits and bilingual values as these screens write them. Not here: sentences of single pages."""

from __future__ import annotations

from django.utils.translation import gettext

from insurance.facts import UNLIMITED
from insurance.rules.chapter import yen, yen_en
from insurance.stress.span import Span
from portal.ui.labels import speaks_english

_MAN, _OKU = 10_000, 100_000_000


def money(amount: int) -> str:
    """3,000万円, 2億7,404万円, 15,000円; or ¥30,000,000 for English readers."""
    if speaks_english():
        return yen_en(amount)
    large, rest = divmod(amount, _OKU)
    if not large or rest % _MAN:
        return yen(amount)
    return f"{large:,}億円" if not rest else f"{large:,}億{rest // _MAN:,}万円"


def limit_words(limit: int | None, *, unlimited: bool = False) -> str:
    """A limit as a contract states it; what is not written is said to be unknown, never shown as nothing."""
    if unlimited or (limit is not None and limit >= UNLIMITED):
        return gettext("無制限")
    return gettext("不明(未入力)") if limit is None else money(limit)


def span_words(span: Span) -> str:
    """A known sum, or from … to …; without an upper end where the limit itself has none."""
    if span.known:
        return gettext("無制限") if span.least >= UNLIMITED else money(span.least)
    if span.most >= UNLIMITED:
        return gettext("不明(未入力)") if not span.least else gettext("%(sum)s以上") % {"sum": money(span.least)}
    return gettext("%(least)s〜%(most)s") % {"least": money(span.least), "most": money(span.most)}


def told(japanese: str, english: str) -> str:
    """The text in the language of the page."""
    return english if speaks_english() else japanese
