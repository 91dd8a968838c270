"""How wide text is in our face, in halves of its size, for lists set as lines instead of tables.

Not here: the faces (fonts), what stands in the lines (each app's documents).
"""

from __future__ import annotations

import functools
import unicodedata

from fontTools.ttLib import TTFont

from portal.kit.pdf import fonts

_FACE = "BIZUDGothic-Regular.ttf"
# In every face of the stack that has them, these stand as wide as high.
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@functools.cache
def _advances() -> dict[int, float]:
    """Code point → advance in half sizes, of every character of the first face."""
    path = fonts.font_file(_FACE)
    if path is None:
        return {}
    with TTFont(path, lazy=True) as font:
        half = font["head"].unitsPerEm / 2
        return {code: font["hmtx"][glyph][0] / half for code, glyph in font.getBestCmap().items()}


def halves(text: str) -> int | None:
    """Width in half-width columns; None where a character is of another width than one or two of them."""
    total = 0.0
    for char in text:
        width = _width(char)
        if width is None:
            return None
        total += width
    return int(total)


def _width(char: str) -> float | None:
    code = ord(char)
    known = _advances().get(code)
    if known in (1.0, 2.0):
        return known
    if unicodedata.category(char) == "Mn" and code >= 0xFE00:  # a selector changes the shape, not the width
        return 0.0
    return 2.0 if any(first <= code <= last for first, last in _IDEOGRAPHS) and known is None else None
