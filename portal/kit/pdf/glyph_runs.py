"""The glyphs of a line read out of Pango at once, and shown in the very bytes of the stock engine, WeasyPrint 70.

Not here: the other shorter ways (levers), which faces a document draws (faces).
"""

from __future__ import annotations

import struct
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

_GLYPH = struct.Struct("=Iiii4x")  # PangoGlyphInfo: number, width, two offsets; flags are left out
_SIZE_IN_FONT = 14802  # the version from which a Pango font tells its size rightly
_LINE_ENDS = frozenset("\n\r\u2028\u2029")


def can_read_glyphs() -> bool:
    """Whether this host's Pango is one whose glyphs we know how to read."""
    return bool(ffi.sizeof("PangoGlyphInfo") == _GLYPH.size and pango.pango_version() >= _SIZE_IN_FONT)


def draw_plain_lines() -> None:
    """Glyphs of an ordinary line read out at once; what is not ordinary is drawn by the stock engine."""
    stock = drawing.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
        layout = textbox.pango_layout
        cut = text_overflow == "ellipsis" or block_ellipsis != "none" or textbox.style["font_size"] < 1e-6
        plain = not cut and textbox.text.strip() and _LINE_ENDS.isdisjoint(layout.text)
        shown = _shown(stream, layout) if plain else None
        if shown is None:
            return list(stock(stream, textbox, text_overflow, block_ellipsis, matrix))
        stream.set_text_matrix(*matrix.values)
        for font, size, strings in shown:
            stream.set_font_size(font.hash, size)
            stream.show_text("".join(strings))
        return []

    drawing.draw_first_line = draw_first_line


_Glyph = tuple[int, int, int, int]


def _shown(stream: Any, layout: Any) -> list[tuple[Any, float, list[str]]] | None:
    """(font, size, strings) of a line, anew for each face, as the stock engine writes them; None when a glyph is empty,
    unknown or moved, or its face has pictures.
    """
    shown: list[tuple[Any, float, list[str]]] = []
    before: Any = None
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        if pango_font != before:
            before = pango_font
            font, size = stream.add_font(pango_font)
            if font.png or font.svg or font.colr or font.bitmap:
                return None
            shown.append((font, size, []))
            written = font.__dict__.setdefault("_lever_written", {}).setdefault(size, {})
        count = item.glyphs.num_glyphs
        glyphs: list[_Glyph] = list(_GLYPH.iter_unpack(ffi.buffer(item.glyphs.glyphs, count * _GLYPH.size)))
        if not written.keys() >= set(glyphs) and not _learn(stream, layout, item, shown[-1], glyphs):
            return None
        string = "<" + "".join([written[glyph] for glyph in glyphs])
        shown[-1][2].append(string[:-1] if string.endswith("<") else string + ">")
    return shown


def _learn(stream: Any, layout: Any, item: Any, face: tuple[Any, float, Any], glyphs: list[_Glyph]) -> bool:
    """Take in glyphs that the face has not drawn yet in this width; False when one cannot be drawn plainly."""
    font, size, _ = face
    written, text = font._lever_written[size], layout.text.encode()
    for place, glyph in enumerate(glyphs):
        number, width, right, up = glyph
        if right or up or number & pango.PANGO_GLYPH_UNKNOWN_FLAG or number == pango.PANGO_GLYPH_EMPTY:
            return False
        if number not in font.to_unicode:
            font.to_unicode[number] = text[slice(*_place_in_text(item, place, len(glyphs)))].decode()
        if number not in font.widths:
            font.widths[number] = _width(stream, item.item.analysis.font, number, size)
        # In the order of the stock engine, so that the last bit is the same too.
        kerning = font.widths[number] + 0.0 - width * 1000 * FROM_UNITS / size
        written[glyph] = f"{number:04x}" + (f">{int(kerning)}<" if kerning else "")
    return True


def _place_in_text(item: Any, place: int, count: int) -> tuple[int, int]:
    """Where in the line's bytes the text of a glyph begins and ends."""
    clusters, start = item.glyphs.log_clusters, item.item.offset
    after = place - 1 if item.item.analysis.level % 2 else place + 1
    return start + clusters[place], start + (clusters[after] if 0 <= after < count else item.item.length)


def _width(stream: Any, pango_font: Any, number: int, size: float) -> int:
    pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
    return round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
