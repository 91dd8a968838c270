"""Reading our own PDFs back: text by page, fonts, colours. Not here: what a page should say."""

from __future__ import annotations

import io
import re
import subprocess
from typing import NamedTuple
from xml.etree import ElementTree

import pikepdf

SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
STAMP = re.compile(r"(?:照合符号|check)[0-9a-f]{12}")
COLOUR_OPERATORS = {"g", "G", "rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"}


class Word(NamedTuple):
    """A word with its box on the page, in points from the left and the top edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order it was drawn, by poppler."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def words_of(pdf: bytes) -> list[list[Word]]:
    """The words of each page with their boxes, by poppler."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    space = "{http://www.w3.org/1999/xhtml}"
    sides = ("xMin", "yMin", "xMax", "yMax")
    return [
        [Word(word.text or "", *(float(word.get(side, "")) for side in sides)) for word in page.iter(f"{space}word")]
        for page in ElementTree.fromstring(done.stdout).iter(f"{space}page")
    ]


def plain(text: str) -> str:
    """Without white space and variation selectors, which line ends and shared glyphs change (pdf.md §4)."""
    return SELECTORS.sub("", re.sub(r"\s+", "", text))


def text_of(pdf: bytes) -> str:
    return plain("".join(pages_of(pdf)))


def unstamped(text: str) -> str:
    """Plain text without the digest at each page's foot: by chance it holds a number that somebody looks for, another
    one after each change of a template.
    """
    return STAMP.sub("", text)


def font_files(pdf: bytes) -> dict[str, bool]:
    """Base font → whether its file is embedded, over every font of the document."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                found[str(thing.FontName)] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def colours(pdf: bytes) -> set[float]:
    """Every colour component that any content stream sets; black on white is {0, 1}."""
    seen: set[float] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = list(document.pages) + [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        for stream in streams:
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) in COLOUR_OPERATORS:
                    seen |= {float(each) for each in operands if not isinstance(each, pikepdf.Name)}
    return seen


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Widths and heights in whole points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        boxes = [[float(each) for each in page.mediabox] for page in document.pages]
    return {(round(box[2] - box[0]), round(box[3] - box[1])) for box in boxes}
