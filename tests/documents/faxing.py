"""Reading a fax back: where each telephone, date, flight and line of Japanese stands, cut out and given to OCR.

Not here: how much may be lost (test_fax). OCR is tesseract; a cut-out per value keeps its guesses about columns out.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pypdfium2
import pytesseract
from PIL import Image
from pypdfium2 import raw

from portal.kit.pdf.fax import FINE, WIDTH, Resolution, fax_pages

# What a duty officer dials, what a ticket says, what a calendar says.
KINDS = {
    "phone": re.compile(r"\+\d{1,3} \d{1,4}(?:[ -]\d{2,5}){1,4}(?![\d-])|(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])"),
    "flight": re.compile(r"(?<![A-Z0-9-])(?:[A-Z][A-Z0-9]|\d[A-Z])\d{2,4}(?![A-Z0-9-])"),
    "date": re.compile(r"(?:令和\d+年)?\d{1,2}月\d{1,2}日"),
}
LANGUAGE = {"phone": "eng", "flight": "eng", "date": "eng", "japanese": "jpn"}
# What can stand there at all; the reader of a form knows which field it looks at.
FIGURES = "0123456789"
# A line that is mostly kanji and kana and long enough for OCR to know where it is.
_JAPANESE = re.compile(r"[一-鿿㐀-䶿豈-﫿ぁ-ゖァ-ヺー々、。]{6,}")
PAPER = Resolution(300, 300)
_GAP = 36
# Tesseract's own threads get in each other's way on pictures as small as these: one a process reads as fast, and two
# processes of tests read beside each other.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


Box = tuple[float, float, float, float]
# What a picture is of, and its dots in short.
_Key = tuple[str, str]


@dataclasses.dataclass(frozen=True)
class Spot:
    """One printed text on a page and the boxes to read, in points from the lower left corner."""

    kind: str
    text: str
    page: int
    boxes: tuple[Box, ...]

    @property
    def height(self) -> int:
        return round(max(top - bottom for _, bottom, _, top in self.boxes))


def spots(pdf: bytes, *, kinds: Iterable[str] = (*KINDS, "japanese")) -> list[Spot]:
    """Every telephone, flight, date and stretch of Japanese on the pages, as the text layer has them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [spot for number, page in enumerate(document) for spot in _spots_of(page.get_textpage(), number, kinds)]


def _spots_of(text: Any, page: int, kinds: Iterable[str]) -> Iterator[Spot]:
    chars = [chr(raw.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    whole = "".join("-" if char == "\ufffe" else char for char in chars)
    for kind in kinds:
        for found in (_JAPANESE if kind == "japanese" else KINDS[kind]).finditer(whole):
            runs = [found.span()] if kind == "japanese" else _digit_runs(found, after=2 if kind == "flight" else 0)
            yield Spot(kind, found[0], page, tuple(_around(text, whole, run) for run in runs))


def _digit_runs(found: re.Match[str], *, after: int) -> list[tuple[int, int]]:
    """Where the figures stand: a reader of figures takes kanji, hyphens and a carrier's letters for figures too."""
    runs = re.finditer(r"\d+", found[0][after:])
    return [(found.start() + after + run.start(), found.start() + after + run.end()) for run in runs]


def _around(text: Any, whole: str, run: tuple[int, int]) -> Box:
    boxes = [text.get_charbox(at) for at in range(*run) if not whole[at].isspace()]
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def read(pdf: bytes, wanted: list[Spot], *, resolution: Resolution, square: int = 408) -> list[str]:
    """What OCR reads at each spot of the page as it arrives at this resolution; 300 dpi stands for the paper itself."""
    return read_together([(pdf, wanted)], resolution=resolution, square=square)[0]


def read_together(
    packets: Iterable[tuple[bytes, list[Spot]]], *, resolution: Resolution, square: int = 408
) -> list[list[str]]:
    """The same for the spots of several packets, a list a packet: a picture that stands on many is read once."""
    cuts: dict[_Key, Image.Image] = {}
    keys: list[list[_Key]] = []
    for pdf, wanted in packets:
        pages = _pages(pdf, resolution)
        own = [(spot.kind, _cut(pages[spot.page], spot, resolution, square)) for spot in wanted]
        keys.append([(kind, _fingerprint(cut)) for kind, cut in own])
        cuts |= dict(zip(keys[-1], (cut for _, cut in own), strict=True))
    known = {key: line for kind in LANGUAGE for key, line in _read_kind(kind, cuts)}
    return [[known[key] for key in own] for own in keys]


@functools.lru_cache(maxsize=1)
def _pages(pdf: bytes, resolution: Resolution) -> list[Image.Image]:
    """The pages as they arrive; a packet is read at five enlargements, but drawn once."""
    if resolution is not PAPER:
        return fax_pages(pdf, resolution=resolution)
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=PAPER.across / 72).to_pil().convert("L") for page in document]


def _fingerprint(cut: Image.Image) -> str:
    return hashlib.sha256(repr(cut.size).encode() + cut.tobytes()).hexdigest()


def _cut(page: Image.Image, spot: Spot, resolution: Resolution, square: int) -> Image.Image:
    """The boxes side by side with a little white around, in square dots of one size whatever the resolution was."""
    beside = 1.5 if spot.kind == "japanese" else 0.4
    cuts = [page.crop(_dots(box, page, resolution, beside=beside, above=1.5)).convert("L") for box in spot.boxes]
    gap = round(0.4 * spot.height / 72 * resolution.across)
    line = Image.new("L", (sum(cut.width + gap for cut in cuts), max(cut.height for cut in cuts)), 255)
    at = 0
    for cut in cuts:
        line.paste(cut, (at, 0))
        at += cut.width + gap
    size = (round(line.width * square / resolution.across), round(line.height * square / resolution.down))
    return line.resize(size, Image.Resampling.BICUBIC)


def _dots(
    box: Box, page: Image.Image, resolution: Resolution, *, beside: float, above: float
) -> tuple[int, int, int, int]:
    """A box in points as one in dots from the upper left corner."""
    left, bottom, right, top = box
    across, down = resolution.across / 72, resolution.down / 72
    shift = (WIDTH - round(595.276 * across)) // 2 if page.width == WIDTH else 0
    return (
        round((left - beside) * across + shift),
        round(page.height - (top + above) * down),
        round((right + beside) * across + shift),
        round(page.height - (bottom - above) * down),
    )


def _read_kind(kind: str, cuts: dict[_Key, Image.Image]) -> Iterator[tuple[_Key, str]]:
    """Pictures of one kind read in one go, forty below each other.

    Lines of one height and length together: beside others the reader guesses at columns and at the size of its type.
    """
    own = [(key, cut) for key, cut in cuts.items() if key[0] == kind]
    if kind == "japanese":
        own.sort(key=lambda each: (each[1].height, each[1].width))
    for start in range(0, len(own), 40):
        keys, pictures = zip(*own[start : start + 40], strict=True)
        for key, picture, line in zip(keys, pictures, _read_lines(pictures, kind), strict=True):
            yield key, line or (_read_alone(picture) if kind == "japanese" else "")


def _read_alone(cut: Image.Image) -> str:
    """A line passed over among others, taken as a line whatever it looks like: rules around it make it a picture."""
    return pytesseract.image_to_string(cut, lang=LANGUAGE["japanese"], config="--psm 13").strip()


def _read_lines(cuts: Sequence[Image.Image], kind: str) -> list[str]:
    sheet = Image.new(
        "L", (max(cut.width for cut in cuts) + 2 * _GAP, sum(cut.height + _GAP for cut in cuts) + _GAP), 255
    )
    tops, top = [], _GAP
    for cut in cuts:
        sheet.paste(cut, (_GAP, top))
        tops.append(top)
        top += cut.height + _GAP
    found = pytesseract.image_to_data(
        sheet, lang=LANGUAGE[kind], config=_config(kind), output_type=pytesseract.Output.DICT
    )
    lines = [""] * len(cuts)
    for text, word_top, height in zip(found["text"], found["top"], found["height"], strict=True):
        middle = word_top + height / 2
        if text.strip():
            lines[max(n for n in range(len(tops)) if n == 0 or tops[n] - _GAP / 2 <= middle)] += text.strip()
    return lines


def _config(kind: str) -> str:
    return "--psm 6" + ("" if kind == "japanese" else f" -c tessedit_char_whitelist={FIGURES}")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def figures(spot: Spot) -> str:
    """The digits that have to arrive; of a flight those after the carrier's code."""
    return digits(spot.text[2:] if spot.kind == "flight" else spot.text)


def distance(one: str, other: str) -> int:
    """Insertions, deletions and exchanges between two texts."""
    row = list(range(len(other) + 1))
    for n, char in enumerate(one, start=1):
        new = [n]
        for m, against in enumerate(other, start=1):
            new.append(min(row[m] + 1, new[-1] + 1, row[m - 1] + (char != against)))
        row = new
    return row[-1]


def lost(wanted: list[str], got: list[str]) -> float:
    """Percent of characters that were not read as they stand."""
    return 100 * sum(distance(w, g) for w, g in zip(wanted, got, strict=True)) / sum(map(len, wanted))


__all__ = ["FINE", "PAPER", "Spot", "digits", "distance", "figures", "lost", "read", "read_together", "spots"]
