"""Airlines by IATA code, and the airline a flight number names. Not here: whether a plan's flight exists."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from portal.directory.files import Row, read_table

_FLIGHT_NUMBER = re.compile(r"([A-Z0-9]{2})\s?(\d{1,4}[A-Z]?)")


class Carrier(Row):
    """One airline: two-character IATA code and its names."""

    code: Annotated[str, StringConstraints(pattern=r"^([A-Z][A-Z0-9]|[0-9][A-Z])$")]
    ja: str
    en: str


@cache
def _by_code() -> dict[str, Carrier]:
    return {row.code: row for row in read_table("carriers.yaml", Carrier)}


def carriers() -> tuple[Carrier, ...]:
    """Every airline of the table."""
    return tuple(_by_code().values())


def carrier(code: str) -> Carrier | None:
    """The airline of an IATA code in any case; ``None`` if the table has none."""
    return _by_code().get(code.strip().upper())


def carrier_of_flight(number: str) -> Carrier | None:
    """The airline whose code opens a flight number such as ``CI9157``; ``None`` if unknown or not a flight number."""
    match = _FLIGHT_NUMBER.fullmatch(number.strip().upper())
    return carrier(match.group(1)) if match else None
