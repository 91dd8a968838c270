"""Names of places as the pages say them: countries by code, airports by the name people use.

Not here: what paper prints (mofa_requests.documents), the tables (portal.directory).
"""

from __future__ import annotations

import re

from portal.directory.countries import country
from portal.ui.labels import speaks_english
from trips.facts.journey import airport_of

_AIRPORT = re.compile(r"(国際)?空港$")
_NICKNAME = re.compile(r"\((.+)\)$")


def country_name(code: str) -> str:
    """A country or region by its MOFA code, in the language of the page."""
    found = country(code)
    return found.en if speaks_english() else found.ja


def city_in_country(code: str | None, city: str | None) -> str:
    """``台湾(台北)``, as far as it is known."""
    name = country_name(code) if code else ""
    return f"{name}({city})" if name and city else name or city or ""


def place_name(text: str | None) -> str:
    """An airport by the name people use (羽田, 成田, London); any other place as typed."""
    found = airport_of(text)
    if found is None:
        return text or ""
    if speaks_english() or not found.ja:
        return found.city or found.code
    nickname = _NICKNAME.search(found.ja)
    return nickname[1] if nickname else _AIRPORT.sub("", found.ja)
