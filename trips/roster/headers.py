"""Where the headings of a roster are and which column means what; wherever the table starts, with one or two lines.

Here: finding and guessing. Not here: the words themselves (columns), reading the rows below (rows).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from trips.roster.columns import FIELD_OF, HEALTH, NAMING, NOT_READ, RosterField, fold_label, guess_field
from trips.roster.limits import PEEK_ROWS
from trips.roster.table import EMPTY, Cell, CellKind, Row, Table, column_index, column_letters


class How(StrEnum):
    """Why a column was given its meaning."""

    EXACT = "exact"
    LIKELY = "likely"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"
    REPEATED = "repeated"
    UNKNOWN = "unknown"


class Column(NamedTuple):
    """One column of the file: its letter, heading as written, meaning (``None`` = not read) and why."""

    position: int
    heading: str
    field: RosterField | None
    how: How

    @property
    def letters(self) -> str:
        return column_letters(self.position)


class Header(NamedTuple):
    """The heading lines (row numbers from ``first`` to ``last``; both 0 when the file has none) and the columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, field: RosterField) -> tuple[Column, ...]:
        """The columns that carry ``field``, from left to right."""
        return tuple(column for column in self.columns if column.field is field)

    @property
    def fields(self) -> frozenset[RosterField]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def names_people(self) -> bool:
        return bool(self.fields & NAMING)


# Kinds of columns of which a file may have two or more; the next field takes the next one.
_SECOND = {RosterField.GUARDIAN_PHONE1: RosterField.GUARDIAN_PHONE2}
_MANY = {*HEALTH, *NOT_READ}


def roster_score(rows: Sequence[Row]) -> float:
    """How much the first rows look like a roster: the number of meanings found in the best header, 0 without names."""
    found = find_header(Table("", tuple(rows)))
    return float(len(found.fields - NOT_READ)) if found and found.names_people else 0.0


def find_header(table: Table, *, remembered: Mapping[str, str] | None = None) -> Header | None:
    """The line, or two lines, among the first rows that name the most fields; ``None`` when no line names two.

    ``remembered`` maps folded headings to field values (or "" for not read) as the school chose before.
    """
    known = _known(remembered)
    best: Header | None = None
    for index, row in enumerate(table.rows[:PEEK_ROWS]):
        if not _may_be_heading(row):
            continue
        below = _line_below(table, index)
        for header in (_one_line(row, known), _two_lines(table, row, below, known)):
            if header and _worth(header) > (_worth(best) if best else 0):
                best = header
    return best


def header_at(table: Table, row_number: int, *, remembered: Mapping[str, str] | None = None) -> Header:
    """The header a person pointed at; ``row_number`` 0 means the file has none and columns are named by letters."""
    row = next((row for row in table.rows if row.number == row_number), None)
    if row is not None:
        return _one_line(row, _known(remembered))
    width = max((len(row.cells) for row in table.rows), default=0)
    return Header(0, 0, tuple(Column(index, "", None, How.UNKNOWN) for index in range(width)))


def choose_columns(header: Header, mapping: Mapping[str, str]) -> Header:
    """``header`` with the person's choice applied: column letters → field value, or "" for not read.

    A field chosen for one column is taken away from the column that was guessed to be it.
    Raises ``ValueError`` for letters or fields that do not exist.
    """
    chosen = {column_index(letters): _field_named(field) for letters, field in mapping.items()}
    taken = {field for field in chosen.values() if field and field not in _MANY}
    columns = []
    for column in header.columns:
        if column.position in chosen:
            columns.append(column._replace(field=chosen[column.position], how=How.CHOSEN))
        elif column.field in taken:
            columns.append(column._replace(field=None, how=How.REPEATED))
        else:
            columns.append(column)
    return header._replace(columns=tuple(columns))


def is_repeated_heading(row: Row, header: Header) -> bool:
    """Whether ``row`` is the heading line printed again, as on each page of a long list."""
    repeated = sum(
        1 for column in header.columns if column.heading and row.cell(column.position).text == column.heading
    )
    return repeated >= 2 and repeated * 2 > sum(not cell.is_blank for cell in row.cells)


# --- how a header is judged ---------------------------------------------------------------------------------------


def _known(remembered: Mapping[str, str] | None) -> dict[str, RosterField | None]:
    return {
        fold_label(heading): FIELD_OF.get(field)
        for heading, field in (remembered or {}).items()
        if not field or field in FIELD_OF
    }


def _field_named(value: str) -> RosterField | None:
    if value and value not in FIELD_OF:
        raise ValueError(f"no such field of a roster: {value!r}")
    return FIELD_OF.get(value)


def _may_be_heading(row: Row) -> bool:
    return any(cell.kind is CellKind.TEXT and not cell.is_blank for cell in row.cells)


def _worth(header: Header) -> float:
    """Certain meanings count 1, likely ones 0.6; a line without a name column needs three to be a header."""
    certain = {column.field for column in header.columns if column.how in (How.EXACT, How.REMEMBERED) and column.field}
    likely = {column.field for column in header.columns if column.how is How.LIKELY} - certain
    worth = len(certain - NOT_READ) + 0.6 * len(likely - NOT_READ)
    if header.names_people:
        return worth if worth >= 1 else 0
    return worth - 1 if worth >= 3 else 0


def _line_below(table: Table, index: int) -> Row | None:
    row = table.rows[index]
    if index + 1 < len(table.rows) and table.rows[index + 1].number == row.number + 1:
        return table.rows[index + 1]
    return None


def _one_line(row: Row, known: Mapping[str, RosterField | None]) -> Header:
    headings = {index: cell.text.strip() for index, cell in enumerate(row.cells) if not cell.is_blank}
    width = len(row.cells)
    return Header(row.number, row.number, _assign(width, headings, known))


def _two_lines(table: Table, top: Row, below: Row | None, known: Mapping[str, RosterField | None]) -> Header | None:
    """Headings such as 保護者 over 氏名 and 電話, joined; ``None`` when the lower line is not a heading line."""
    if below is None or any(cell.kind is not CellKind.TEXT for cell in below.cells):
        return None
    spread = _spread_merged(table, top)
    width = max(len(spread), len(below.cells))
    headings, named = {}, 0
    for index in range(width):
        upper = (spread[index] if index < len(spread) else EMPTY).text.strip()
        lower = below.cell(index).text.strip()
        if lower and guess_field(upper + lower)[0] is None and guess_field(lower)[0] is None:
            return None
        named += bool(lower)
        if upper or lower:
            headings[index] = _join(upper, lower)
    return Header(top.number, below.number, _assign(width, headings, known)) if named else None


def _join(upper: str, lower: str) -> str:
    joined = upper + lower
    if not lower or guess_field(joined)[0] is not None:
        return joined
    return lower


def _spread_merged(table: Table, row: Row) -> list[Cell]:
    cells = list(row.cells)
    for top, left, bottom, right in table.merged:
        if top <= row.number - 1 <= bottom and left < len(cells) and right - left < 60:
            cells.extend([EMPTY] * (right + 1 - len(cells)))
            cells[left : right + 1] = [cells[left]] * (right + 1 - left)
    return cells


def _assign(width: int, headings: Mapping[int, str], known: Mapping[str, RosterField | None]) -> tuple[Column, ...]:
    columns: list[Column] = []
    taken: set[RosterField] = set()
    for index in range(width):
        column = _name_column(index, headings.get(index, ""), known)
        if column.field in taken and column.field not in _MANY:
            second = _SECOND.get(column.field)
            free = second is not None and second not in taken
            column = column._replace(field=second if free else None, how=column.how if free else How.REPEATED)
        if column.field:
            taken.add(column.field)
        columns.append(column)
    return tuple(_settle_given_name(columns, taken))


def _name_column(index: int, heading: str, known: Mapping[str, RosterField | None]) -> Column:
    if not heading:
        return Column(index, "", None, How.UNKNOWN)
    folded = fold_label(heading)
    if folded in known:
        return Column(index, heading, known[folded], How.REMEMBERED)
    field, certain = guess_field(heading)
    if field is None:
        return Column(index, heading, None, How.UNKNOWN)
    return Column(index, heading, field, How.EXACT if certain else How.LIKELY)


def _settle_given_name(columns: list[Column], taken: set[RosterField]) -> list[Column]:
    """Beside 姓, a column called 名前 is the given name."""
    if RosterField.SURNAME not in taken or RosterField.GIVEN in taken:
        return columns
    return [
        column._replace(field=RosterField.GIVEN) if column.field is RosterField.NAME else column for column in columns
    ]
