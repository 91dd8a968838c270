"""The few private names of WeasyPrint 70 that we lean on, with what each saves; a test compares with the stock engine.

Not here: laying out (layout), the fonts of a finished document (faces). Another version is met by that test first.
"""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Iterable, Iterator
from html import escape
from types import ModuleType
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Document
from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.html import UA_STYLESHEET
from weasyprint.pdf import fonts, stream
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.urls import URLFetcher

from portal.kit.pdf.markup import read_markup

# A font file's first four bytes tell its kind; more of it is not written into a piece.
_OPENTYPE, _TRUETYPE = b"OTTO", b"\0\1\0\0"
_SAMPLE = 8
OF_EVERY_ELEMENT = {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
MARGIN_BOXES = {f"@{name}" for name in PAGE_MARGIN_BOXES - {"footnote", "note-area"}}
_PSEUDO = 3  # of a rule in the engine's matcher: test, specificity, order, pseudo-element, declarations


class Paper(HTML):
    """HTML under the stock sheet of the engine less its rules for ``::marker``, ``::footnote-…`` and ``::note-…``, and
    for the boxes in the margin of a page: they would give every element six more styles and every page sixteen, a
    quarter of the time. Our paper has neither lists nor footnotes, and its running lines are laid over it.
    """

    def __init__(self, *, string: str, url_fetcher: URLFetcher | None = None) -> None:
        tree = read_markup(string)
        if tree is None:
            super().__init__(string=string, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = None, url_fetcher or URLFetcher(), "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_sheet()]


@functools.cache
def _sheet() -> CSS:
    slim = copy.copy(UA_STYLESHEET)
    slim.matcher = copy.copy(slim.matcher)
    rules = slim.matcher.other_selectors
    slim.matcher.other_selectors = [rule for rule in rules if rule[_PSEUDO] not in OF_EVERY_ELEMENT]
    slim.page_rules = [rule for rule in slim.page_rules if not MARGIN_BOXES.intersection(_boxes_of(rule))]
    return slim


def _boxes_of(rule: tuple[Any, list[tuple[Any, str | None, Any]], Any]) -> set[str | None]:
    """The boxes of a page that a rule is for; None stands for the page itself."""
    return {box for _, box, _ in rule[1]}


@contextlib.contextmanager
def _standing_in(module: ModuleType, name: str, stand_in: Any) -> Iterator[None]:
    """``name`` of ``module`` replaced for a moment; a renderer's process has one thread."""
    own = getattr(module, name)
    setattr(module, name, stand_in)
    try:
        yield
    finally:
        setattr(module, name, own)


class BareFont(Font):
    """A font that stays out of the file: a piece says which glyphs it draws, and the document gets them once (faces).

    One with characters that it lacks numbers their boxes by itself, and one that draws blanks alone cannot be found
    again by them: these two go into their piece.
    """

    left_out = False

    def __init__(self, *description: Any) -> None:
        # The whole font file would be copied out of its face here, megabytes for each piece.
        with _standing_in(fonts, "get_hb_object_data", lambda _face: b""):
            super().__init__(*description)

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        if self.missing or not any(text.strip() for text in to_unicode.values()):
            self.file_content = fonts.get_hb_object_data(self.hb_face)
            super().clean(to_unicode, hinting)
        else:
            self.left_out = True
            self.file_content = _OPENTYPE if "CFF " in self.tables else _TRUETYPE


def leave_fonts_out() -> None:
    """From now on this process writes pieces without font files: a third of the time of a first rendering."""
    stream.Font = BareFont


def has_subsetter() -> bool:
    """Without libharfbuzz-subset the same packet silently costs 3–12 times as much."""
    return harfbuzz_subset is not None


def missing_in(document: Document) -> set[str]:
    """Characters for which the page shows .notdef; text extraction cannot find them."""
    return {chr(code) for font in document.fonts.values() for code in font.missing}


def faces_in(document: Document) -> list[dict[str, Any]]:
    """What a written document draws of the faces that were left out of it: ``{"name", "family", "weight", "glyphs":
    [[glyph, width in 1/1000 em, text]…]}``, one for each font of its resources.
    """
    return [
        {
            "name": font.name.decode(),
            "family": font.family,
            "weight": font.weight,
            "glyphs": [[glyph, font.widths[glyph], text] for glyph, text in font.to_unicode.items()],
        }
        for font in document.fonts.values()
        if isinstance(font, BareFont) and font.left_out
    ]


def cut_face(face: dict[str, Any], *, faces: Any) -> bytes:
    """The font program of ``face`` (as ``faces_in`` names it) with those glyphs alone.

    Raises ``LookupError`` when this host's fonts no longer hold the face, or it cannot be cut.
    """
    font = _find(face, faces=faces)
    font._harfbuzz_subset(dict.fromkeys(glyph for glyph, *_ in face["glyphs"]), False)
    if len(font.file_content) <= len(_OPENTYPE):
        raise LookupError("face")
    return bytes(font.file_content)


def _find(face: dict[str, Any], *, faces: Any) -> BareFont:
    """The face opened again by drawing some of its own characters in it."""
    sample = escape("".join(_some(text for _, _, text in face["glyphs"])))
    style = f"font-family:'{face['family']}';font-weight:{face['weight']}"
    document = Paper(string=f'<p lang="ja" style="{style}">{sample}</p>').render(font_config=faces)
    document.write_pdf()
    found = [font for font in document.fonts.values() if font.name.decode() == face["name"]]
    if not found:
        raise LookupError("face")
    return found[0]


def _some(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text.strip()][:_SAMPLE]
