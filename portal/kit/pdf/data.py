"""What a document prints, as JSON: every piece of text of its parts, by table row and label, read from their HTML.

Read from the very HTML that is laid out, so no value can be here that the paper lacks. Not here: layout (layout).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import html

from portal.kit.pdf import marks
from portal.kit.pdf.press import PartSource, Running

FORMAT = "wataridori-packet-data/1"
NAME = "packet.json"
_HEADINGS = {"h1", "h2", "h3"}
# Elements that hold text of their own; everything else holds such elements.
_LINES = {"p", "li", "dt", "dd", "pre"}


@dataclasses.dataclass(frozen=True)
class Placed:
    """A part and the pages it stands on, counted from 1."""

    source: PartSource
    first_page: int
    pages: int


def place(parts: Sequence[PartSource], counts: Sequence[int]) -> tuple[Placed, ...]:
    """Each part with its first page; ``counts`` are the pages of each part in the same order."""
    first, placed = 1, []
    for part, count in zip(parts, counts, strict=True):
        placed.append(Placed(part, first, count))
        first += count
    return tuple(placed)


def printed_data(
    placed: Iterable[Placed],
    *,
    running: Running,
    title: str,
    key: str,
    substitutes: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """``{"format", "title", "key", "every_page": [text…], "sheets": […]}``; texts as printed, in the paper's order.

    ``every_page`` is what stands on each page beside its number and part. A sheet is ``{"key", "title", "first_page",
    "pages", "blocks"}``; a block is ``{"heading": [text…]}``, ``{"text": [text…]}``, ``{"label": [text…], "values":
    [text…]}`` or ``{"columns": [[text…]…], "rows": [[[text…]…]…]}``. Where characters were replaced,
    ``substitutes`` has ``{"character", "printed"}`` of each: its code points and the text that stands for it.
    """
    placed = tuple(placed)
    counts = {each.source.key: each.pages for each in placed}
    sheets = [_sheet(each, counts) for each in placed]
    every_page = _texts(_tree(marks.without_numbers(running.body)))
    whole = {"format": FORMAT, "title": title, "key": key, "every_page": every_page, "sheets": sheets}
    told = [{"character": character, "printed": printed} for character, printed in substitutes]
    return whole | ({"substitutes": told} if told else {})


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a block or of a list of blocks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from texts_of(member)


def _sheet(placed: Placed, counts: dict[str, int]) -> dict[str, Any]:
    tree = _tree(marks.fill_counts(placed.source.body, counts))
    return {
        "key": placed.source.key,
        "title": placed.source.title,
        "first_page": placed.first_page,
        "pages": placed.pages,
        "blocks": list(_blocks(tree)),
    }


def _tree(body: str) -> Any:
    tree = html.fragment_fromstring(body, create_parent="div", parser=html.HTMLParser(remove_comments=True))
    for drawing in list(tree.iter("svg")):
        drawing.drop_tree()  # lines and dots; a title in it is for a reading voice, not on the paper
    return tree


def _blocks(element: Any) -> Iterator[dict[str, Any]]:
    if element.tag in _HEADINGS:
        yield {"heading": _texts(element)}
    elif element.tag == "table":
        yield from _table(element)
    elif element.find_class("key") and element.tag == "p":
        yield _labelled(element)
    elif element.tag in _LINES or _holds_text(element):
        if texts := _texts(element):
            yield {"text": texts}
    else:
        for child in element:
            yield from _blocks(child)


def _holds_text(element: Any) -> bool:
    """Whether text stands beside the children, which makes the element a line whatever its name."""
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _table(table: Any) -> Iterator[dict[str, Any]]:
    """A table with a head stays a table; rows of th and td are labels and their values, td alone hold blocks."""
    if heads := table.xpath("./thead/tr"):
        rows = [[_texts(cell) for cell in row.iterchildren("td", "th")] for row in table.xpath("./tbody/tr")]
        yield {"columns": [_texts(cell) for row in heads for cell in row.iterchildren("td", "th")], "rows": rows}
        return
    for row in table.iter("tr"):
        yield from _row(row)


def _row(row: Any) -> Iterator[dict[str, Any]]:
    label: list[str] = []
    for cell in row.iterchildren("th", "td"):
        if cell.tag == "th":
            label = _texts(cell)
            if cell.getnext() is None:
                yield {"heading": label}
        elif label:
            yield {"label": label, "values": _texts(cell)}
            label = []
        else:
            yield from _blocks(cell)


def _labelled(line: Any) -> dict[str, Any]:
    label = _texts(line.find_class("key")[0])
    return {"label": label, "values": _texts(line)[len(label) :]}


def _texts(element: Any) -> list[str]:
    """The pieces of text below ``element``, one per element boundary, without the white space of the template."""
    return [piece for text in element.itertext() if (piece := text.strip())]
