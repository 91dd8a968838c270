"""Every text that somebody typed into a dossier, with its place; which are the longest.

Not here: what a place is called (portal.dossier.pointers), what a face can draw (portal.kit.pdf.coverage).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.dossier.pointers import label_of
from portal.dossier.types import Dossier

# Shorter texts hold no page up.
LONG = 300


def typed_texts(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """(JSON pointer, text) of every text, in the order of the dossier."""
    return tuple(_texts(dossier.model_dump(), ""))


def longest_fields(dossier: Dossier, *, most: int = 3) -> tuple[str, ...]:
    """``計画 › 欄(4,000字)`` for the longest texts, longest first; none when all are short."""
    ranked = sorted(typed_texts(dossier), key=lambda each: len(each[1]), reverse=True)[:most]
    return tuple(
        f"{label_of(pointer, dossier=dossier)}({len(text):,}字)" for pointer, text in ranked if len(text) > LONG
    )


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _texts(member, f"{pointer}/{name}")
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield from _texts(member, f"{pointer}/{index}")
    elif isinstance(value, str):
        yield pointer, value
