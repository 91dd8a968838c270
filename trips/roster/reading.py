"""Bytes to tables: .xlsx, .xls and .ods by python-calamine, openpyxl when calamine gave up, text by ``delimited``.

Here: opening, choosing the sheet, counting cells against the limits. Not here: what a column means beyond the score
that picks a sheet (headers). Runs in the confined child only.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import python_calamine as calamine

from trips.roster import archive, headers, marks
from trips.roster.delimited import decode, find_delimiter, read_delimited
from trips.roster.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_STRAY_CELLS, PEEK_ROWS
from trips.roster.limits import MAX_TEXT_CHARS as MAX_TEXT
from trips.roster.refusals import FileRefused
from trips.roster.sniff import Container
from trips.roster.table import EMPTY, Cell, CellKind, Reading, Row, Sheet, Table, address

Rows = Iterator[tuple[int, list[Cell]]]
Score = Callable[[Sequence[Row]], float]
"""How much the first rows of a sheet look like what is wanted; 0 is not at all."""


class Source(NamedTuple):
    """One sheet ready to be read: its name, and how to start its rows again from the top."""

    name: str
    hidden: bool
    height: int
    rows: Callable[[], Rows]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    marks: marks.SheetMarks = marks.NO_MARKS


def read_file(
    data: bytes,
    container: Container,
    *,
    encoding: str | None,
    sheets: Sequence[str] = (),
    fallback: bool = False,
    score: Score = headers.roster_score,
) -> Reading:
    """Read the wanted ``sheets`` (none named: the one of the best ``score``) within the limits of ``limits``.

    ``fallback`` opens an .xlsx with openpyxl, for files that make calamine abort (calamine issue 693).
    Raises :class:`FileRefused`.
    """
    if container is Container.TEXT:
        return _read_text(data, encoding or "utf-8")
    found = archive.examine(data) if container is Container.ZIP else _examine_xls(data)
    sources = _open_slowly(data, found) if fallback else _open(data, found)
    listed, wanted = _choose(sources, sheets, score)
    notices = (*found.notices, "fallback") if fallback else found.notices
    return Reading(listed, tuple(map(_collect, wanted)), found.epoch_1904, notices)


def _read_text(data: bytes, encoding: str) -> Reading:
    text = decode(data, encoding)
    delimiter = find_delimiter(text)
    table = _collect(Source("", False, 0, lambda: read_delimited(text, delimiter)))
    return Reading((Sheet("", False, len(table.rows), 0.0),), (table,), delimiter=delimiter)


def _examine_xls(data: bytes) -> archive.Archive:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise FileRefused("password")
    if has("WordDocument"):
        raise FileRefused("word")
    if has("PowerPoint Document"):
        raise FileRefused("powerpoint")
    if has("_VBA_PROJECT"):
        raise FileRefused("macro")
    return archive.Archive(epoch_1904=False, notices=("xls_errors",), sheet_marks={})


# --- python-calamine --------------------------------------------------------------------------------------------


def _open(data: bytes, found: archive.Archive) -> list[Source]:
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        _refuse_many_sheets(len(metas))
        return [_calamine_source(book.get_sheet_by_name(meta.name), meta, found) for meta in metas]
    except calamine.PasswordError as error:
        raise FileRefused("password") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileRefused("archive_broken") from error


def _calamine_source(sheet: calamine.CalamineSheet, meta: calamine.SheetMetadata, found: archive.Archive) -> Source:
    left = sheet.start[1] if sheet.start else 0
    # Rows come from the first line of the sheet, columns from the first filled one.
    margin = [EMPTY] * left

    def rows() -> Rows:
        for number, values in enumerate(sheet.iter_rows(), start=1):
            yield number, margin + [to_cell(value) for value in values]

    return Source(
        meta.name,
        meta.visible != calamine.SheetVisibleEnum.Visible,
        sheet.height,
        rows,
        tuple((top, west, bottom, east) for (top, west), (bottom, east) in sheet.merged_cell_ranges or ()),
        found.sheet_marks.get(meta.name, marks.NO_MARKS),
    )


def to_cell(value: Any) -> Cell:
    """A reader's value as a cell; ``1.0`` → ``1``, instants and dates in ISO form."""
    if isinstance(value, str):
        return Cell(value) if value else EMPTY
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", CellKind.BOOLEAN)
    if isinstance(value, (int, float)):
        return Cell(_number_text(value), CellKind.NUMBER)
    if isinstance(value, dt.datetime) and not value.time():
        return Cell(value.date().isoformat(), CellKind.DATE)
    if isinstance(value, dt.date):
        return Cell(value.isoformat(), CellKind.DATE)
    return Cell(str(value), CellKind.TIME)


def _number_text(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


# --- openpyxl ---------------------------------------------------------------------------------------------------


def _open_slowly(data: bytes, found: archive.Archive) -> list[Source]:
    # Imported here only: it costs 150 ms, and one file in thousands needs it.
    import openpyxl  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, OSError, IndexError) as error:
        raise FileRefused("archive_broken") from error
    _refuse_many_sheets(len(book.worksheets))
    return [_openpyxl_source(sheet, found) for sheet in book.worksheets]


def _openpyxl_source(sheet: Any, found: archive.Archive) -> Source:
    # The dimension written in the file may be too small; rows would vanish.
    sheet.reset_dimensions()

    def rows() -> Rows:
        try:
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [to_cell(value) for value in values]
        except (KeyError, ValueError, TypeError, AttributeError, OSError, IndexError) as error:
            raise FileRefused("archive_broken") from error

    hidden = sheet.sheet_state != "visible"
    return Source(sheet.title, hidden, 0, rows, (), found.sheet_marks.get(sheet.title, marks.NO_MARKS))


# --- choosing and collecting ------------------------------------------------------------------------------------


def _refuse_many_sheets(count: int) -> None:
    if count > MAX_SHEETS:
        raise FileRefused("too_many_sheets", sheets=str(count))


def _choose(sources: list[Source], names: Sequence[str], score: Score) -> tuple[tuple[Sheet, ...], list[Source]]:
    """All sheets as listed, and those to read: the named ones, else the visible one of the best score."""
    listed = tuple(_list(source, score) for source in sources)
    by_name = {source.name: source for source in sources}
    for name in names:
        if name not in by_name:
            raise FileRefused("sheet_missing", sheet=name)
    if names:
        return listed, [by_name[name] for name in names]
    if not listed:
        raise FileRefused("no_rows")
    best = max(listed, key=lambda sheet: (sheet.score, not sheet.hidden, sheet.rows > 0))
    return listed, [by_name[best.name]]


def _list(source: Source, score: Score) -> Sheet:
    filled = [Row(number, tuple(cells)) for number, cells in islice(source.rows(), PEEK_ROWS * 4) if any(cells)]
    height = source.height or len(filled)
    worth = score(filled[:PEEK_ROWS])
    return Sheet(source.name, source.hidden, height, worth / 2 if source.hidden else worth)


def _collect(source: Source) -> Table:
    collected = _Collector(source)
    for number, cells in source.rows():
        collected.add(number, cells)
    return collected.table()


class _Collector:
    """Keeps rows that hold anything, and refuses once a ceiling is passed."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rows: list[Row] = []
        self._stray: list[str] = []
        self._chars = 0

    def add(self, number: int, cells: list[Cell]) -> None:
        self._mark(number, cells)
        width = len(cells)
        while width and not cells[width - 1].text:
            width -= 1
        if width > MAX_COLUMNS:
            self._note_stray(number, cells[:width])
            width = MAX_COLUMNS
        kept = tuple(cells[:width])
        if not any(cell.text for cell in kept):
            return
        self._measure(number, kept)
        self._rows.append(Row(number, kept))

    def _mark(self, number: int, cells: list[Cell]) -> None:
        found = self._source.marks
        if not found.errors and not found.uncalculated:
            return
        for column in range(min(len(cells), MAX_COLUMNS)):
            at = address(number, column)
            if at in found.errors:
                cells[column] = Cell(found.errors[at], CellKind.ERROR)
            elif at in found.uncalculated and cells[column].is_blank:
                cells[column] = Cell("=", CellKind.UNCALCULATED)

    def _note_stray(self, number: int, cells: list[Cell]) -> None:
        for column in range(MAX_COLUMNS, len(cells)):
            if cells[column].is_blank:
                continue
            self._stray.append(address(number, column))
            if len(self._stray) > MAX_STRAY_CELLS:
                raise FileRefused("too_many_columns", address=self._stray[0])

    def _measure(self, number: int, cells: tuple[Cell, ...]) -> None:
        # Titles, headings and totals come on top of the people; the exact count of people is held in preview.
        if len(self._rows) >= MAX_ROWS + PEEK_ROWS:
            raise FileRefused("too_many_rows", rows=f"{MAX_ROWS + PEEK_ROWS:,}")
        for column, cell in enumerate(cells):
            if len(cell.text) > MAX_CELL_CHARS:
                raise FileRefused("cell_too_long", address=address(number, column))
            self._chars += len(cell.text)
        if self._chars > MAX_TEXT:
            raise FileRefused("too_much_text")

    def table(self) -> Table:
        found = self._source.marks
        numbers = {row.number for row in self._rows}
        width = max((len(row.cells) for row in self._rows), default=0)
        return Table(
            self._source.name,
            tuple(self._rows),
            self._source.merged,
            tuple(number for number in found.hidden_rows if number in numbers),
            tuple(column for column in found.hidden_columns if column < width),
            tuple(self._stray),
        )
