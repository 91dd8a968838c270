"""Countries and regions by the foreign ministry's four-digit code. Not here: danger levels, missions, dialling."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from portal.directory.files import Row, read_table
from portal.kit.choices import LabelledEnum

JAPAN = "0081"


class Basis(LabelledEnum):
    """How far a code can be trusted."""

    LISTED = "listed", "外務省の一覧にある", "In the ministry's list"
    MET_IN_FEED = "met_in_feed", "配信データで確認", "Met in the ministry's feed"
    DERIVED = "derived", "電話の国番号から導いた(未確認)", "Derived from the calling code, not checked"
    UNLISTED = "unlisted", "一覧にない", "Not in our list"


class Country(Row):
    """One country or region: names, ISO code, E.164 calling code without ``+``, main IANA zones (the capital first)."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    iso: str
    ja: str
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
