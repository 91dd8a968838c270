"""Citations: the places in the notices that a rule may stand on, each with its words exactly as they were written.

Not here: the rules that cite (each app's rules), deadlines and editions. The texts themselves lie in docs/sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

_PASSAGES = Path(__file__).with_name("passages.yaml")


@dataclass(frozen=True, slots=True)
class Passage:
    """One citable place.

    ``label`` is the citation as printed (``別添三 一``); ``quote`` its sentence, verbatim in the file ``source`` of
    docs/sources, or ``None`` where the full text is not in our hands and ``source`` says so; ``heading`` the verbatim
    line it stands under.
    """

    label: str
    notice: str
    english: str
    source: str
    heading: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage as one rule cites it: ``quote`` may be the narrower part of the sentence that carries the duty."""

    passage: Passage
    quote: str | None

    @property
    def label(self) -> str:
        return self.passage.label

    @property
    def source(self) -> str:
        return self.passage.source


@cache
def passages() -> Mapping[str, Passage]:
    """Every citable place by its label, in the order of the notices."""
    return read_passages(_PASSAGES.read_text(encoding="utf-8"))


def read_passages(text: str) -> Mapping[str, Passage]:
    """The places in the YAML ``text``; raises ``ValueError`` when a label is used twice."""
    table: dict[str, Passage] = {}
    for notice in yaml.safe_load(text):
        for place in notice.pop("places"):
            passage = Passage(**notice, **place)
            if passage.label in table:
                raise ValueError(f"passages.yaml: 「{passage.label}」が二度書かれています")
            table[passage.label] = passage
    return MappingProxyType(table)


def cite(label: str, quote: str | None = None) -> Citation:
    """The citation of ``label``; ``quote`` narrows the quoted sentence. Raises ``LookupError`` for an unknown label."""
    try:
        passage = passages()[label]
    except KeyError:
        raise LookupError(f"引用先「{label}」は passages.yaml にありません") from None
    return Citation(passage, quote or passage.quote)
