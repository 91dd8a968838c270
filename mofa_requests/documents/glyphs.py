"""Characters that no font of the paper has: where in the dossier each one stands, for the person who must mend it.

Not here: finding them (portal.kit.pdf reports what the layout lacked).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from mofa_requests.documents.typed import typed_texts
from portal.dossier.pointers import label_of
from portal.dossier.types import Dossier
from portal.kit.pdf.coverage import undrawable, undrawable_sequences

MOST_PLACES = 20


@dataclasses.dataclass(frozen=True)
class MissingGlyph:
    """One character, or base and selector, and the places that hold it; persons are called by their key."""

    char: str
    places: tuple[str, ...]

    @property
    def message(self) -> str:
        where = "、".join(self.places) or "書類の定型文"
        if self.is_variant:
            shape = f"文字 {self.char[0]} の異体字({self.code})は標準の形で印字されます"
            return f"{shape}: {where}。それでよいか確かめてください"
        return f"文字 {self.code} を印字できるフォントがありません: {where}。別の文字に直してください"

    @property
    def is_variant(self) -> bool:
        return len(self.char) > 1

    @property
    def code(self) -> str:
        """U+9089 U+E0111."""
        return " ".join(f"U+{ord(char):04X}" for char in self.char)


def locate(missing: Iterable[str], *, dossier: Dossier) -> tuple[MissingGlyph, ...]:
    """Every missing character with up to ``MOST_PLACES`` places, in order of code point."""
    wanted = sorted(missing)
    if not wanted:
        return ()
    texts = typed_texts(dossier)
    return tuple(MissingGlyph(char, _places(char, texts, dossier)) for char in wanted)


def foresee(dossier: Dossier) -> tuple[MissingGlyph, ...]:
    """What no face of ours has, known before anything is laid out, held back fields included; and with it every
    variant (base and selector) that would stand in its ordinary form.
    """
    texts = typed_texts(dossier)
    whole = "\n".join(text for _, text in texts)
    lacking = sorted(undrawable(whole)) + sorted(undrawable_sequences(whole))
    return tuple(MissingGlyph(each, _places(each, texts, dossier)) for each in lacking)


def _places(char: str, texts: Iterable[tuple[str, str]], dossier: Dossier) -> tuple[str, ...]:
    pointers = [pointer for pointer, text in texts if char in text]
    named = [label_of(pointer, dossier=dossier) for pointer in pointers[:MOST_PLACES]]
    left = len(pointers) - len(named)
    return (*named, f"ほか{left}か所") if left else tuple(named)
