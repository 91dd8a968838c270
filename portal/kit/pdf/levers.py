"""Shorter ways through WeasyPrint 70 to the very same bytes: what it works out again for every box, worked out once.

Private names, as in engine; a test draws with and without them and compares the files. What is remembered hangs on a
style or on this process, which lays out one batch and ends. Not here: what changes a file (engine), glyph_runs.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint import css
from weasyprint.draw import color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.layout import page as paging
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from portal.kit.pdf.engine import MARGIN_BOXES
from portal.kit.pdf.glyph_runs import can_read_glyphs, draw_plain_lines

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
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


@functools.cache
def take() -> None:
    """From now on this process goes the shorter ways; a second call changes nothing."""
    _share_styles()
    _set_up_once_per_style()
    _keep_lines_for_drawing()
    _resolve_once_per_style()
    _measure_once_per_style()
    _ask_in_few_words()
    _leave_bare_boxes()
    _skip_empty_margins()
    if can_read_glyphs():
        draw_plain_lines()


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
        declared = tuple((name, _mark(value), *weight[:2], *weight[2]) for name, (value, weight) in cascaded.items())
        key = (id(above), id(self.font_config), pseudo_type, base_url, declared)
        if key in known:
            style = self._computed_styles[element, pseudo_type] = known[key]
            if target_collector and style["anchor"]:
                target_collector.collect_anchor(style["anchor"])
            return
        stock(self, element, parent, root, pseudo_type, base_url, target_collector)
        known[key] = self._computed_styles[element, pseudo_type]

    css.StyleFor.set_computed_styles = set_computed_styles


def _mark(value: Any) -> Any:
    """What tells a declared value from others: words themselves, as a language, which each document reads anew."""
    words = isinstance(value, tuple) and all(isinstance(word, str) for word in value)
    return value if words else id(value)


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


def _ask_in_few_words() -> None:
    """Three questions that are asked ten thousand times a packet: is a box in the flow, what colour, which bytes."""
    stock_flow, stock_bytes = boxes.Box.is_in_normal_flow, pydyf._to_bytes

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        plain = style["float"] == "none" and style["position"] in {"static", "relative"}
        return plain or bool(stock_flow(self))

    def get_color(style: Any, key: str) -> Any:
        value = style[key]
        return style["color"] if isinstance(value, str) and value == "currentcolor" else value

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return bytes(item)
        return b"%d" % item if kind is int else bytes(stock_bytes(item))

    boxes.Box.is_in_normal_flow, pydyf._to_bytes = is_in_normal_flow, to_bytes
    _replace_everywhere(color.get_color, get_color)


def _leave_bare_boxes() -> None:
    """Boxes whose style has neither colour nor picture nor shadow nor round corners are not asked for each of them."""
    stock = background.layout_box_backgrounds

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if box is page or style is not None or not layout_children or not _is_bare(box.style):
            stock(page, box, get_image_from_uri, layout_children, style)
            return
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)
        box.border_top_left_radius = box.border_top_right_radius = (0, 0)
        box.border_bottom_right_radius = box.border_bottom_left_radius = (0, 0)
        box.background = None

    _replace_everywhere(stock, layout_box_backgrounds)


def _is_bare(style: Any) -> bool:
    if "_lever_bare" not in style.__dict__:
        corners = (style[f"border_{corner}_radius"] for corner in _CORNERS)
        pictures = [kind for kind, _ in (*style["background_image"], style["border_image_source"])]
        pictures.append(style["mask_border_source"][0])
        clear = color.get_color(style, "background_color").alpha == 0 and not style["box_shadow"]
        square = all((0, "px") in corner for corner in corners)
        style._lever_bare = clear and square and set(pictures) == {"none"}
    return bool(style._lever_bare)


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
