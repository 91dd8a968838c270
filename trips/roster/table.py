"""What a file says before anyone judges it: tables of cells with the coordinates a teacher sees in Excel.

Here: plain values that cross the child process as JSON. Not here: columns, names, dates, reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCALCULATED = "uncalculated"


class Cell(NamedTuple):
    """One cell as text: numbers without a needless ``.0``, dates as ``YYYY-MM-DD``, errors as ``#REF!``."""

    text: str
    kind: CellKind = CellKind.TEXT

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


EMPTY = Cell("")


class Row(NamedTuple):
    """A row by its number in the file (1 = first); ``cells[0]`` is column A."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell at the 0-based ``column``, empty past the end."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def is_blank(self) -> bool:
        return all(cell.is_blank for cell in self.cells)


class Sheet(NamedTuple):
    """One sheet of the file as listed in the chooser; ``score`` tells how much it looks like a roster (0 = not)."""

    name: str
    hidden: bool
    rows: int
    score: float


class Table(NamedTuple):
    """The rows of one sheet that hold anything at all, plus what a reader must be told about it.

    ``merged`` are 0-based (top, left, bottom, right); ``hidden_rows`` 1-based; ``hidden_columns`` 0-based;
    ``stray`` the addresses of cells outside the reading area, which were not read.
    """

    sheet: str
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    stray: tuple[str, ...] = ()


class Reading(NamedTuple):
    """A file read whole: its sheets, the tables asked for, codes of notices (see ``sentences``), a text's delimiter."""

    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
    epoch_1904: bool = False
    notices: tuple[str, ...] = ()
    delimiter: str = ""


def column_letters(column: int) -> str:
    """``0`` → ``A``, ``26`` → ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26. Raises ``ValueError`` when ``letters`` is not one to three Latin capitals."""
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isupper() and letters.isalpha()):
        raise ValueError(f"not a column: {letters!r}")
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def address(row: int, column: int) -> str:
    """1-based ``row`` and 0-based ``column`` as Excel writes them, such as ``C12``."""
    return f"{column_letters(column)}{row}"


def pack(reading: Reading) -> dict[str, Any]:
    """``reading`` as JSON values; text cells stay bare strings, the others become ``[kind, text]``."""
    return {
        "sheets": [list(sheet) for sheet in reading.sheets],
        "tables": [_pack_table(table) for table in reading.tables],
        "epoch_1904": reading.epoch_1904,
        "notices": list(reading.notices),
        "delimiter": reading.delimiter,
    }


def unpack(packed: dict[str, Any]) -> Reading:
    """The inverse of :func:`pack`."""
    return Reading(
        sheets=tuple(Sheet(*sheet) for sheet in packed["sheets"]),
        tables=tuple(_unpack_table(table) for table in packed["tables"]),
        epoch_1904=packed["epoch_1904"],
        notices=tuple(packed["notices"]),
        delimiter=packed["delimiter"],
    )


def _pack_table(table: Table) -> dict[str, Any]:
    rows = [[row.number, [_pack_cell(cell) for cell in row.cells]] for row in table.rows]
    return {**table._asdict(), "rows": rows}


def _pack_cell(cell: Cell) -> str | list[str]:
    return cell.text if cell.kind is CellKind.TEXT else [cell.kind.value, cell.text]


def _unpack_table(packed: dict[str, Any]) -> Table:
    return Table(
        sheet=packed["sheet"],
        rows=tuple(Row(number, tuple(map(_unpack_cell, cells))) for number, cells in packed["rows"]),
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in packed["merged"]),
        hidden_rows=tuple(packed["hidden_rows"]),
        hidden_columns=tuple(packed["hidden_columns"]),
        stray=tuple(packed["stray"]),
    )


def _unpack_cell(packed: str | Sequence[str]) -> Cell:
    if isinstance(packed, str):
        return Cell(packed) if packed else EMPTY
    kind, text = packed
    return Cell(text, CellKind(kind))
