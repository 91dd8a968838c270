"""Japanese missions by country and city, offered for 別添一 二(一)(イ). Not here: the ministry in Tokyo (desks)."""

from __future__ import annotations

import datetime as dt
from functools import cache

from portal.directory.files import Row, read_table
from portal.kit.choices import LabelledEnum


class MissionKind(LabelledEnum):
    EMBASSY = "embassy", "大使館", "Embassy"
    CONSULATE_GENERAL = "consulate_general", "総領事館", "Consulate-General"
    CONSULAR_OFFICE = "consular_office", "領事事務所", "Consular office"
    EXCHANGE_ASSOCIATION = "exchange_association", "日本台湾交流協会", "Exchange association"


class MissionEntry(Row):
    """One mission; ``address`` and ``phone`` are empty (未確認) unless ``source`` and ``verified_on`` say otherwise."""

    country: str
    kind: MissionKind
    ja: str
    en: str
    cities: tuple[str, ...]
    address: str = ""
    phone: str = ""
    source: str = ""
    verified_on: dt.date | None = None

    @property
    def verified(self) -> bool:
        """Whether address and telephone come from a named source on a named day."""
        return bool(self.address and self.phone and self.source and self.verified_on)


@cache
def missions() -> tuple[MissionEntry, ...]:
    """Every mission of the table."""
    return read_table("missions.yaml", MissionEntry)


def missions_in(country: str) -> tuple[MissionEntry, ...]:
    """The missions offered for a MOFA country code; empty where the table has none."""
    return tuple(entry for entry in missions() if entry.country == country)


def nearest_mission(country: str, *, city: str) -> MissionEntry | None:
    """The mission offered for ``city``; else the country's first (its embassy where there is one); else ``None``."""
    offered = missions_in(country)
    return next((entry for entry in offered if city in entry.cities), offered[0] if offered else None)
