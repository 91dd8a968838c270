"""Dated figures that rules compare with: each has a unit, a source, and whether it is law or only our proposal.

Not here: the periods of the deadlines (editions), an authority's own figures (mofa_requests.facts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands on a day; ``unit`` is yen, minutes, hours, kilometres per hour, days or people."""

    name: str
    title: str
    english: str
    unit: str
    label: str
    verified: bool
    reference: str
    since: dt.date
    amount: int


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        found.extend(yaml.safe_load(path.read_text(encoding="utf-8")))
    return tuple(found)


@cache
def parameters_on(on: dt.date) -> Mapping[str, Figure]:
    """Every figure by name as it stands on ``on``."""
    return MappingProxyType({table["name"]: figure_of(table, on) for table in _tables()})


def figure_of(table: Mapping[str, Any], on: dt.date) -> Figure:
    """One figure as it stands on ``on``; one that began later is shown with its first value."""
    began = [since for since in table["values"] if since <= on]
    since = max(began) if began else min(table["values"])
    return Figure(
        **{key: table[key] for key in ("name", "title", "english", "unit", "label", "verified", "reference")},
        since=since,
        amount=table["values"][since],
    )
