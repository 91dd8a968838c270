"""Airports by IATA code, read from the ``airportsdata`` package at first use. Not here: flights, carriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import airportsdata

from portal.directory.files import Row, read_table

_CODE = re.compile(r"[A-Z]{3}")
_NICKNAME = re.compile(r"\((.+)\)$")
_KIND = re.compile(r"(国際)?空港$")


class Airport(Row):
    """One airport: IATA code, English name and city, ISO country, IANA zone; ``ja`` where our table has a name."""

    code: str
    name: str
    city: str
    country: str
    zone: str
    ja: str = ""


class _JapaneseName(Row):
    code: str
    ja: str


@cache
def _table() -> dict[str, airportsdata.Airport]:
    return airportsdata.load("IATA")


@cache
def _japanese_names() -> dict[str, str]:
    return {row.code: row.ja for row in read_table("airports.yaml", _JapaneseName)}


def airport(code: str) -> Airport | None:
    """The airport of an IATA code in any case; ``None`` if the text is no code or no airport has it."""
    wanted = code.strip().upper()
    if not _CODE.fullmatch(wanted) or wanted not in _table():
        return None
    row = _table()[wanted]
    return Airport(
        code=wanted,
        name=row["name"],
        city=row["city"],
        country=row["country"],
        zone=row["tz"],
        ja=_japanese_names().get(wanted, ""),
    )


def coordinates(place: Airport) -> tuple[float, float]:
    """Latitude and longitude in degrees."""
    row = _table()[place.code]
    return row["lat"], row["lon"]


def all_coordinates() -> Iterator[tuple[float, float]]:
    """Latitude and longitude of every airport of the table."""
    return ((row["lat"], row["lon"]) for row in _table().values())


def airport_label(code: str) -> str:
    """What paper and screens show for a code: ``成田国際空港(NRT)``; a text that is no code comes back as typed."""
    found = airport(code)
    return f"{found.ja or found.name}({found.code})" if found else code


def airport_named(text: str, *, flying: bool = False) -> Airport | None:
    """The airport that ``text`` names in Japanese: 関西国際空港, 羽田空港; else ``None``.

    ``flying``: the text stands beside a flight, so 関西 or 羽田 without 空港 is an airport too and not a town.
    """
    code = _codes_by_name().get(text.strip())
    return airport(code) if code and (flying or text.strip().endswith("空港")) else None


@cache
def _codes_by_name() -> dict[str, str]:
    """Every way to say the name of one airport alone; a name that two airports share is nobody's."""
    found: dict[str, set[str]] = {}
    for code, ja in _japanese_names().items():
        for name in _ways_to_say(ja):
            found.setdefault(name, set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def _ways_to_say(ja: str) -> set[str]:
    nickname, full = _NICKNAME.search(ja), _NICKNAME.sub("", ja)
    short = nickname[1] if nickname else _KIND.sub("", full)
    return {ja, full, full.replace("国際空港", "空港"), short, f"{short}空港"}
