"""Shorter ways through WeasyPrint 70 to the very same bytes: what it works out again for every box, worked out once.

Private names, as in engine; a test draws with and without them and compares the files. Not here: what changes a file
(engine). Everything remembered hangs on a style or on this process, and a process lays out one batch and ends.
"""

from __future__ import annotations

import functools
import struct
import sys
from collections.abc import Callable
from typing import Any

from weasyprint import css
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as paging
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from portal.kit.pdf.engine import MARGIN_BOXES

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_SIZES = tuple(
    f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")
) + tuple(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height"))
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_GLYPH = struct.Struct("=Iiii4x")  # PangoGlyphInfo: number, width, two offsets; flags are left out
_SIZE_IN_FONT = 14802  # the version from which a Pango font tells its size rightly
_LINE_ENDS = frozenset("\n\r\u2028\u2029")


@functools.cache
def take() -> None:
    """From now on this process goes the shorter ways; a second call changes nothing."""
    _share_styles()
    _set_up_once_per_style()
    _keep_lines_for_drawing()
    _resolve_once_per_style()
    _measure_once_per_style()
    _skip_empty_margins()
    if ffi.sizeof("PangoGlyphInfo") == _GLYPH.size and pango.pango_version() >= _SIZE_IN_FONT:
        _draw_plain_lines()


def _share_styles() -> None:
    """One computed style for all elements and pages, of all documents, that have the same declarations below the same
    parent. What layout writes into a style it may write twice.
    """
    stock = css.StyleFor.set_computed_styles
    known: dict[tuple[Any, ...], Any] = {}

    def set_computed_styles(
        self: Any,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,
    ) -> None:
        above = (
            None if parent is None or (element is root and pseudo_type is None) else self._computed_styles[parent, None]
        )
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        # A kept style keeps its parent and its declarations alive, so that no other can come to have their ids.
        declared = tuple((name, id(value), *weight[:2], *weight[2]) for name, (value, weight) in cascaded.items())
        key = (id(above), id(self.font_config), pseudo_type, base_url, declared)
        if key in known:
            style = self._computed_styles[element, pseudo_type] = known[key]
            if target_collector and style["anchor"]:
                target_collector.collect_anchor(style["anchor"])
            return
        stock(self, element, parent, root, pseudo_type, base_url, target_collector)
        known[key] = self._computed_styles[element, pseudo_type]

    css.StyleFor.set_computed_styles = set_computed_styles


def _set_up_once_per_style() -> None:
    """A line's context and font description made once for each style, not twice for each line."""
    stock = line_break.Layout.setup

    def setup(self: Any, style: Any) -> None:
        if "_lever_font" not in style.__dict__:
            style._lever_font = _font_of(style) if _is_plain(style) else None
        if style._lever_font is None:
            stock(self, style)
            return
        context, self.language, description = style._lever_font
        self.style, self.first_line_direction = style, 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)
        self.ascent = self.underline_position = self.strikethrough_position = None

    line_break.Layout.setup = setup


def _is_plain(style: Any) -> bool:
    decorated = style["text_decoration_line"] != "none" or style["font_language_override"] != "normal"
    return bool(style["lang"]) and not decorated and not font_features(*(style[name] for name in _FEATURES))


def _font_of(style: Any) -> tuple[Any, Any, Any]:
    """(context, language, font description) as ``Layout.setup`` makes them; contexts are shared by direction and
    language on the font configuration.
    """
    contexts = style.font_config.__dict__.setdefault("_lever_contexts", {})
    key = (style["direction"], style["lang"])
    if key not in contexts:
        contexts[key] = _context_of(style)
    return *contexts[key], get_font_description(style)


def _context_of(style: Any) -> tuple[Any, Any]:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    name, _ = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return context, language


def _keep_lines_for_drawing() -> None:
    """A line that was shaped to be placed is the line that is drawn; only a justified one is shaped again."""
    stock_deactivate, stock_reactivate = line_break.Layout.deactivate, line_break.Layout.reactivate

    def deactivate(self: Any) -> None:
        if self.justification_spacing:
            stock_deactivate(self)

    def reactivate(self: Any, style: Any) -> None:
        if getattr(self, "style", None) is not style:
            stock_reactivate(self, style)

    line_break.Layout.deactivate, line_break.Layout.reactivate = deactivate, reactivate


def _resolve_once_per_style() -> None:
    """Lengths of a box worked out once for each style and size of the box around it."""
    stock = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if isinstance(box, boxes.PageBox) or style["box_sizing"] != "content-box":
            stock(box, containing_block)
            return
        inside = isinstance(containing_block, boxes.Box)
        room = (containing_block.width, containing_block.height) if inside else tuple(containing_block)
        known = style.__dict__.setdefault("_lever_used", {})
        own = box.__dict__
        if room not in known:
            stock(box, containing_block)
            known[room] = {name: own[name] for name in _SIZES}
            return
        own.update(known[room])
        collapsed = style["border_collapse"] == "collapse"
        for name in _BORDERS:
            if not (collapsed and hasattr(box, name)):
                own[name] = style[name]

    _replace_everywhere(stock, resolve_percentages)


def _measure_once_per_style() -> None:
    """Height and baseline of an empty line worked out once for each style; the stock engine writes a key of fifteen
    values for every line to find them.
    """
    stock = line_break.strut

    def strut(style: Any) -> Any:
        if "_lever_strut" not in style.__dict__:
            style._lever_strut = stock(style)
        return style._lever_strut

    _replace_everywhere(stock, strut)


def _replace_everywhere(stock: Callable[..., Any], own: Callable[..., Any]) -> None:
    """In every module of the engine that has taken the name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint") and getattr(module, stock.__name__, None) is stock:
            setattr(module, stock.__name__, own)


def _skip_empty_margins() -> None:
    """A page whose style sheet puts nothing into the sixteen boxes of its margin does not lay them out."""
    stock = paging.make_margin_boxes

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
        wanted = any(context.style_for(page.page_type, name) is not None for name in MARGIN_BOXES)
        return stock(context, page, state) if wanted else ()

    _replace_everywhere(stock, make_margin_boxes)


def _draw_plain_lines() -> None:
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
