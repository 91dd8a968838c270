"""A long list set as lines of text over a drawn grid: one box a person in place of eight, four times as fast.

Not here: what the list holds (roster), the same list as a table (blocks), which is used wherever a value is too wide.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mofa_requests.documents.blocks import Grid
from mofa_requests.documents.values import Shown, columns
from portal.kit.pdf.widths import halves

LINES = 42  # with the head, what fits on one sheet
TOGETHER = 4  # people at least on the last of several sheets
MANY = 99
LINE_MM = 5.8
HALF_PT = 5.25  # half of 10.5 pt


@dataclasses.dataclass(frozen=True)
class LinePage:
    """One sheet of a list; ``body`` has its lines, ``rules`` the grid behind them."""

    body: SafeString
    rules: SafeString


@dataclasses.dataclass(frozen=True)
class _Row:
    """One row as drawn: ``lines`` high, one or two."""

    html: SafeString
    lines: int = 1


def line_pages(table: Grid, *, widths: Sequence[int], taken: int = 0) -> tuple[LinePage, ...] | None:
    """The rows of ``table`` as sheets of lines, ``widths`` in half-width columns; None when a value does not fit.

    ``taken`` lines of the first sheet stand for what is above the list.
    """
    head = _even([Shown(column.title) for column in table.columns], widths)
    rows = [_even(row, widths) or _odd(row, widths) for row in table.rows]
    if head is None or None in rows:
        return None
    top = _Row(format_html("<b>{}</b>", head.html))
    return tuple(_sheet([top, *sheet], widths) for sheet in _sheets((row for row in rows if row), taken=taken))


def _sheets(rows: Iterable[_Row], *, taken: int) -> list[list[_Row]]:
    """Rows by sheet, ``LINES`` lines on each, less what is taken of the first."""
    sheets: list[list[_Row]] = []
    left = 0
    for row in rows:
        if left < row.lines:
            left = LINES if sheets else LINES - taken
            sheets.append([])
        sheets[-1].append(row)
        left -= row.lines
    return _without_a_lonely_end(sheets)


def _without_a_lonely_end(sheets: list[list[_Row]]) -> list[list[_Row]]:
    """A last sheet of fewer than ``TOGETHER`` rows takes some of the sheet before it, as a table does (packet.css)."""
    if len(sheets) < 2 or len(sheets[-1]) >= TOGETHER or len(sheets[-2]) <= TOGETHER:
        return sheets
    *others, before, last = sheets
    lacking = TOGETHER - len(last)
    return [*others, before[:-lacking], before[-lacking:] + last]


def _even(row: Sequence[Shown], widths: Sequence[int]) -> _Row | None:
    """A row of plain values in our own face, filled up with spaces; None where one is of another width, or too wide."""
    if any(shown.look or shown.small for shown in row):
        return None
    rooms = [halves(shown.text) for shown in row]
    cells = []
    for shown, room, width in zip(row, rooms, widths, strict=True):
        if room is None or room > width - 2:
            return None
        cells.append(f" {shown.text}{' ' * (width - 1 - room)}")
    return _Row(format_html("{}", "".join(cells)))


def _odd(row: Sequence[Shown], widths: Sequence[int]) -> _Row | None:
    """A row whose cells stand at their own places, on two lines if need be; None past that."""
    lines = max(_lines(shown, width) for shown, width in zip(row, widths, strict=True))
    if lines > 2:
        return None
    cells = format_html_join("", '<span class="c{}">{}</span>', enumerate((shown.html for shown in row), start=1))
    return _Row(format_html('<span class="odd{}">{}</span>', " two" if lines > 1 else "", cells), lines)


def _lines(shown: Shown, width: int) -> int:
    """How many lines a cell takes at most, letters of other faces being up to a third wider than ours."""
    if "\n" in shown.text or shown.small:
        return MANY
    known = halves(shown.text)
    room = columns(shown.text) * 4 / 3 if known is None else known
    return math.ceil(room / (width - 2))


def _sheet(rows: Sequence[_Row], widths: Sequence[int]) -> LinePage:
    body = mark_safe("\n".join(row.html for row in rows))  # noqa: S308 # nosec - every row is escaped
    return LinePage(body, _rules([row.lines for row in rows], widths))


def _rules(heights: Sequence[int], widths: Sequence[int]) -> SafeString:
    """The grid as two paths in points: every edge thin, the one below the head thick."""
    line, across = LINE_MM * 72 / 25.4, sum(widths) * HALF_PT
    downs = [sum(heights[:end]) * line for end in range(len(heights) + 1)]
    edges = [sum(widths[:end]) * HALF_PT for end in range(len(widths) + 1)]
    path = "".join(f"M{edge:.2f} 0V{downs[-1]:.2f}" for edge in edges)
    path += "".join(f"M0 {down:.2f}H{across:.2f}" for down in downs)
    size = (f"{across + 2:.2f}", f"{downs[-1] + 2:.2f}")
    return format_html(
        '<svg class="rules" xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt" viewBox="-1 -1 {} {}">'
        '<path fill="none" stroke="#000" stroke-width="0.5" d="{}"/>'
        '<path fill="none" stroke="#000" stroke-width="1.5" d="M0 {}H{}"/></svg>',
        *size,
        *size,
        path,
        f"{line:.2f}",
        f"{across:.2f}",
    )
