"""Countries and regions by the foreign ministry's four-digit code. Not here: danger levels, missions, dialling."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from portal.directory.files import Row, read_table
from portal.kit.choices import LabelledEnum
from portal.kit.names import kana_sort_key

JAPAN = "0081"


class Basis(LabelledEnum):
    """How far a code can be trusted."""

    LISTED = "listed", "外務省の一覧にある", "In the ministry's list"
    MET_IN_FEED = "met_in_feed", "配信データで確認", "Met in the ministry's feed"
    DERIVED = "derived", "電話の国番号から導いた(未確認)", "Derived from the calling code, not checked"
    UNLISTED = "unlisted", "一覧にない", "Not in our list"


class Country(Row):
    """One country or region: names, ISO code, E.164 calling code without ``+``, main IANA zones (the capital first).

    ``kana`` is the reading of a name with kanji; empty where the name reads as it stands.
    """

    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    iso: str
    ja: str
    kana: str = ""
    en: str
    calling_code: str
    basis: Basis
    zones: tuple[str, ...]

    @property
    def listed(self) -> bool:
        """Whether the code stands in our table; codes outside it occur in live data and must still be shown."""
        return self.basis is not Basis.UNLISTED


@cache
def _by_code() -> dict[str, Country]:
    return {row.code: row for row in read_table("countries.yaml", Country)}


def countries() -> tuple[Country, ...]:
    """Every country of the table, the ministry's listed codes first."""
    return tuple(_by_code().values())


@cache
def in_kana_order() -> tuple[Country, ...]:
    """Every country as a Japanese reader looks it up: Japan first, then 五十音順."""
    return tuple(sorted(countries(), key=lambda row: (row.code != JAPAN, kana_sort_key(row.kana or row.ja))))


@cache
def in_english_order() -> tuple[Country, ...]:
    """Every country by its English name, Japan first."""
    return tuple(sorted(countries(), key=lambda row: (row.code != JAPAN, row.en.casefold())))


_KANA_ROWS = "あかさたなはまやらわ"


def shelf_of(row: Country, *, english: bool) -> str:
    """Under which letter a reader finds it: ``か行``, ``K``; none for Japan, which stands first."""
    if row.code == JAPAN:
        return ""
    if english:
        return row.en[0].upper()
    first = kana_sort_key(row.kana or row.ja)[1][:1]
    return f"{max((kana for kana in _KANA_ROWS if kana <= first), default=first)}行"


def country(code: str) -> Country:
    """The country of ``code``; an unknown code gives an unlisted entry that carries the code as its name."""
    return _by_code().get(code) or _unlisted(code)


def country_by_iso(iso: str) -> Country | None:
    """The country of an ISO 3166-1 alpha-2 code; ``US`` is the mainland."""
    return next((row for row in countries() if row.iso == iso.upper()), None)


def _unlisted(code: str) -> Country:
    return Country.model_construct(
        code=code,
        iso="",
        ja=f"一覧にない国・地域({code})",
        en=f"Unlisted ({code})",
        calling_code="",
        basis=Basis.UNLISTED,
        zones=(),
    )
