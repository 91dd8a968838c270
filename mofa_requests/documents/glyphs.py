"""Characters that no font of the paper has: where in the dossier each one stands, for the person who must mend it.

Not here: finding them (portal.kit.pdf reports what the layout lacked).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from portal.dossier.pointers import label_of
from portal.dossier.types import Dossier

MOST_PLACES = 20


@dataclasses.dataclass(frozen=True)
class MissingGlyph:
    """One character and the places that hold it, as people call them; persons are called by their key."""

    char: str
    places: tuple[str, ...]

    @property
    def message(self) -> str:
        where = "、".join(self.places) or "書類の定型文"
        return f"文字 U+{ord(self.char):04X} を印字できるフォントがありません: {where}。別の文字に直してください"


def locate(missing: Iterable[str], *, dossier: Dossier) -> tuple[MissingGlyph, ...]:
    """Every missing character with up to ``MOST_PLACES`` places, in order of code point."""
    wanted = sorted(missing)
    if not wanted:
        return ()
    texts = list(_texts(dossier.model_dump(), ""))
    return tuple(MissingGlyph(char, _places(char, texts, dossier)) for char in wanted)


def _places(char: str, texts: list[tuple[str, str]], dossier: Dossier) -> tuple[str, ...]:
    pointers = [pointer for pointer, text in texts if char in text]
    named = [label_of(pointer, dossier=dossier) for pointer in pointers[:MOST_PLACES]]
    left = len(pointers) - len(named)
    return (*named, f"ほか{left}か所") if left else tuple(named)


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _texts(member, f"{pointer}/{name}")
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield from _texts(member, f"{pointer}/{index}")
    elif isinstance(value, str):
        yield pointer, value
