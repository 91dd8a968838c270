"""The named accidents as data: title, cause, figures, and where each figure comes from. Not here: running them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from insurance.enums import Cause
from insurance.stress.accident import Accident
from portal.kit.text import Refused

PROPOSED = "目安(本ポータルの提案)"
PROPOSED_EN = "our proposal, not law"
_FILE = Path(__file__).with_name("scenarios.yaml")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: ``place`` with its words ``quote``, or neither where it is our proposal."""

    place: str = ""
    english: str = ""
    quote: str = ""

    @property
    def sourced(self) -> bool:
        return bool(self.place)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named accident; ``sources`` holds the figures that somebody else named, all others are ``PROPOSED``."""

    name: str
    title: str
    english: str
    cause: Cause
    story: str
    story_en: str
    accident: Accident
    sources: Mapping[str, Source]

    def source(self, figure: str) -> Source:
        """Where ``figure`` (a name of ``Accident``) comes from."""
        return self.sources.get(figure, Source())


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Every named accident by its name, in the order of the file."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({row["name"]: _scenario(row) for row in rows})


def scenario(name: str) -> Scenario:
    """The accident of that name or Japanese title; raises :class:`Refused` naming those there are."""
    for each in scenarios().values():
        if name in (each.name, each.title):
            return each
    listed = "、".join(f"{each.name}({each.title})" for each in scenarios().values())
    raise Refused(
        f"「{name}」という想定事故はありません。次から選んでください: {listed}",
        f"There is no accident called {name}; choose from {', '.join(scenarios())}",
    )


def _scenario(row: Mapping[str, Any]) -> Scenario:
    return Scenario(
        **{key: row[key] for key in ("name", "title", "english", "story", "story_en")},
        cause=Cause(row["cause"]),
        accident=Accident.model_validate(row["figures"]),
        sources=MappingProxyType({figure: Source(**source) for figure, source in row["sources"].items()}),
    )
