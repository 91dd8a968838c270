"""Which characters our faces can draw at all, asked of the font files before anything is laid out.

Not here: where in a plan a character stands (each app's documents), what the finished pages lack (layout).
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

from fontTools.ttLib import TTFont

from portal.kit.pdf import fonts
from portal.kit.text import is_variation_selector

# Line ends, joiners, direction marks: they steer the layout and have no shape of their own.
_SHAPELESS = {"Cc", "Cf", "Zl", "Zp"}


def undrawable(text: str) -> set[str]:
    """The characters of ``text`` that no face of ours has; they would stand as boxes."""
    return {char for char in set(text) if ord(char) not in _covered() and not _is_shapeless(char)}


def undrawable_sequences(text: str) -> set[str]:
    """Base and selector pairs of ``text`` that no face has: the base would stand in its ordinary form, in silence."""
    return {base + vs for base, vs in itertools.pairwise(text) if _is_lost(base, vs)}


def _is_lost(base: str, selector: str) -> bool:
    ideographic = "\U000e0100" <= selector <= "\U000e01ef" or "\ufe00" <= selector <= "\ufe02"
    return ideographic and fonts.face_of_sequence(base, selector) is None


def _is_shapeless(char: str) -> bool:
    return is_variation_selector(char) or unicodedata.category(char) in _SHAPELESS


@functools.cache
def _covered() -> frozenset[int]:
    return frozenset(code for name in _face_files() for code in _characters_of(name))


@functools.cache
def _face_files() -> tuple[str, ...]:
    """Names of the installed files that ``fonts.conf`` accepts; a bold face draws nothing that its regular lacks."""
    globs = re.findall(r"<acceptfont><glob>\*/(.*?)</glob>", fonts.CONFIG.read_text(encoding="utf-8"))
    folders = [folder for folder in fonts.font_folders() if folder.is_dir()]
    found = {path.name for folder in folders for pattern in globs for path in folder.rglob(pattern)}
    return tuple(sorted(name for name in found if "Bold" not in name))


def _characters_of(name: str) -> Iterable[int]:
    path = fonts.font_file(name)
    if path is None:
        return ()
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return tuple(font.getBestCmap())
