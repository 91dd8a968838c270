"""The refused rows given back in the form in which they were sent, each with what to mend; fit to be sent again.

Here: choosing and laying out the rows. Not here: writing bytes safely (sheets_out), why rows are refused (persons).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from xlsxwriter import Workbook

from trips.roster.preview import RosterPreview
from trips.roster.sheets_out import XLSX_TYPE, GivenBack, delimited_bytes, new_workbook, write_texts
from trips.roster.sniff import Container
from trips.roster.table import column_index
from trips.roster.verdicts import RefusedRow

ROW_HEADING = "元の行番号"
MEND_HEADING = "直すところ"
_ADDRESS = re.compile(r"([A-Z]{1,3})\d+")


def error_file(preview: RosterPreview) -> GivenBack:
    """The headings as sent, the refused rows as sent, and two more columns: the row's number and what to mend.

    Text comes back as text in the same coding and delimiter, everything else as .xlsx (strings only).
    Raises ``ValueError`` when no row was refused.
    """
    if not preview.refused:
        raise ValueError("no row was refused")
    stem = preview.filename.rpartition(".")[0] or preview.filename
    if preview.sent.container is Container.TEXT:
        return _as_text(preview, stem)
    return GivenBack(_as_workbook(preview), f"{stem}_直すところ.xlsx", XLSX_TYPE)


def describe(row: RefusedRow) -> str:
    """Every problem of ``row`` in one line: cell, reason, mend."""
    return " / ".join(f"{problem.cell} {problem.message}{problem.mend}" for problem in row.problems)


def _as_text(preview: RosterPreview, stem: str) -> GivenBack:
    sheet = preview.used_sheets[0]
    encoding, delimiter = preview.sent.encoding or "utf-8-sig", preview.sent.delimiter
    data, losses = delimited_bytes(_lines(preview, sheet), encoding=encoding, delimiter=delimiter)
    suffix, media_type = ("tsv", "text/tab-separated-values") if delimiter == "\t" else ("csv", "text/csv")
    return GivenBack(data, f"{stem}_直すところ.{suffix}", media_type, losses)


def _lines(preview: RosterPreview, sheet: str) -> list[list[str]]:
    """Headings and refused rows of one sheet, the two added columns behind the widest of them."""
    headings = preview.sent.headings[sheet]
    refused = [row for row in preview.refused if row.sheet == sheet]
    width = max(len(line) for line in (*headings, *(row.cells for row in refused)))
    lines = [_padded(line, width) for line in headings]
    if lines:
        lines[-1] += [ROW_HEADING, MEND_HEADING]
    return lines + [[*_padded(row.cells, width), str(row.row), describe(row)] for row in refused]


def _padded(line: Sequence[str], width: int) -> list[str]:
    return [*line, *[""] * (width - len(line))]


def _as_workbook(preview: RosterPreview) -> bytes:
    buffer = io.BytesIO()
    with new_workbook(buffer) as book:
        for sheet in preview.used_sheets:
            refused = [row for row in preview.refused if row.sheet == sheet]
            if refused:
                _fill_sheet(book, sheet, _lines(preview, sheet), refused)
    return buffer.getvalue()


def _fill_sheet(book: Workbook, name: str, lines: list[list[str]], refused: Sequence[RefusedRow]) -> None:
    sheet = book.add_worksheet(name)
    plain, bold = book.add_format({"valign": "top"}), book.add_format({"bold": True, "bottom": 1})
    faulty = book.add_format({"valign": "top", "border": 2, "bg_color": "#FFF2CC"})
    wrapped = book.add_format({"valign": "top", "text_wrap": True})
    top = len(lines) - len(refused)
    width = len(lines[-1])
    for number, line in enumerate(lines[:top]):
        write_texts(sheet, number, line, formats={}, plain=bold)
    for number, (line, row) in enumerate(zip(lines[top:], refused, strict=True), start=top):
        formats = dict.fromkeys(_faulty_columns(row), faulty) | {width - 1: wrapped}
        write_texts(sheet, number, line, formats=formats, plain=plain)
    sheet.ignore_errors({"number_stored_as_text": f"A1:BZ{len(lines)}"})
    sheet.set_column(0, max(width - 3, 0), 14)
    sheet.set_column(width - 1, width - 1, 60)
    sheet.freeze_panes(top, 0)


def _faulty_columns(row: RefusedRow) -> list[int]:
    found = (_ADDRESS.fullmatch(problem.cell) for problem in row.problems)
    return [column_index(place[1]) for place in found if place]
