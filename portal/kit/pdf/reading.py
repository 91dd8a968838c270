"""Reading a finished file back: the text of its pages, and whether every printed text of its data stands on them.

Not here: seals (verify). Text is compared without white space, variation selectors and direction marks, which the
paper's fonts and line ends change (docs/packet.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from portal.kit.pdf.data import texts_of
from portal.kit.pdf.pdfium import opened

_UNSTEADY = re.compile(
    "[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+"
)

# Hebrew, Arabic, Indic, Myanmar, Khmer: no two readers agree in which order their letters come.
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]+")
# What the reader gives for a hyphen at the end of a line.
_BROKEN_HYPHEN = "\ufffe"


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page in the order it was drawn."""
    with opened(pdf) as document:
        return [page.get_textpage().get_text_range().replace(_BROKEN_HYPHEN, "-") for page in document]


def plain(text: str) -> str:
    """``text`` without what line ends and shared glyphs change."""
    return _UNSTEADY.sub("", text)


def texts_not_on_paper(pdf: bytes, printed: dict[str, Any]) -> tuple[str, ...]:
    """Texts of the data that do not stand, whole and in order, on every page or on the pages of their own sheet."""
    pages = [plain(text) for text in page_texts(pdf)]
    missing = [text for text in printed["every_page"] if not all(plain(text) in page for page in pages)]
    for sheet in printed["sheets"]:
        own = pages[sheet["first_page"] - 1 : sheet["first_page"] - 1 + sheet["pages"]]
        missing += [text for text in _distinct(texts_of(sheet["blocks"])) if not _stands(plain(text), own)]
    told = _distinct(texts_of(printed.get("substitutes", [])))
    return (*missing, *(text for text in told if not _stands(plain(text), pages)))


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _stands(text: str, pages: list[str]) -> bool:
    """On one page, or going on from the end of one page's text to the next page; shaped scripts letter by letter."""
    if shaped := _SHAPED.findall(text):
        return _letters_stand("".join(shaped), pages) and all(_stands(rest, pages) for rest in _SHAPED.split(text))
    return any(text in page for page in pages) or any(_continues(text, pages[n:]) for n in range(len(pages)))


def _letters_stand(text: str, pages: list[str]) -> bool:
    wanted = Counter(unicodedata.normalize("NFKC", text))
    return any(wanted <= Counter(unicodedata.normalize("NFKC", page)) for page in pages)


def _continues(text: str, pages: list[str]) -> bool:
    for page in pages:
        text = text[_longest_head(text, page) :]
        if not text:
            return True
    return False


def _longest_head(text: str, page: str) -> int:
    """How much of the beginning of ``text`` stands on ``page``."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    return low
