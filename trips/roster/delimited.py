"""Text files with a delimiter (.csv, .tsv) as rows of cells. Runs in the confined child only.

Here: finding the delimiter, quotes, the line where a quote never closes. Not here: the character code (sniff).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from trips.roster.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_FIELDS, PEEK_ROWS
from trips.roster.refusals import FileRefused
from trips.roster.table import EMPTY, Cell, address

_DELIMITERS = (",", "\t", ";")


def decode(data: bytes, encoding: str) -> str:
    """The text without its byte order mark and without the end mark of old systems."""
    return data.decode(encoding).lstrip("\ufeff").rstrip("\x1a\x00")


def read_delimited(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield (record number from 1, cells); a blank line is a record without cells, as Excel shows it."""
    csv.field_size_limit(MAX_CELL_CHARS)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, starts_at = 1, 1
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise _explain(error, text, starts_at, records.line_num) from error
        if len(record) > MAX_FIELDS:
            raise FileRefused("too_many_columns", address=address(number, MAX_COLUMNS))
        yield number, [Cell(field) if field else EMPTY for field in record]
        number, starts_at = number + 1, records.line_num + 1


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most evenly into most columns; a comma when none does."""
    head = "\n".join(text[: 200 * MAX_CELL_CHARS].splitlines()[:PEEK_ROWS])
    return max(_DELIMITERS, key=lambda delimiter: _evenness(head, delimiter))


def _evenness(head: str, delimiter: str) -> tuple[int, int]:
    """(rows that agree, columns they agree on), only counting rows cut into two or more."""
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if len(record) > 1:
                widths[len(record)] += 1
    except csv.Error:
        # A peek may be cut inside a quoted field; the strict reading afterwards reports real faults.
        return (0, 0)
    if not widths:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (rows, width)


def _explain(error: csv.Error, text: str, starts_at: int, line: int) -> FileRefused:
    if "unexpected end" in str(error):
        return FileRefused("quote_unclosed", line=str(starts_at))
    if "field limit" in str(error):
        opened = text.splitlines()[starts_at - 1].count('"') % 2 if line > starts_at else 0
        if opened:
            return FileRefused("quote_unclosed", line=str(starts_at))
        return FileRefused("line_too_long", line=str(line))
    return FileRefused("quote_misplaced", line=str(line))
