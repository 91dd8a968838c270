"""What a reader must be told about a file that could be read: gathered here, worded in ``sentences``.

Not here: problems of single rows (persons, duplicates).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trips.roster.columns import NOT_READ, RosterField
from trips.roster.headers import Header, How
from trips.roster.refusals import Notice, notice
from trips.roster.sniff import Container
from trips.roster.table import Reading, column_letters

_SUFFIXES = {
    Container.ZIP: (".xlsx", ".ods"),
    Container.CFB: (".xls",),
    Container.TEXT: (".csv", ".tsv", ".txt"),
}
_KINDS = {
    Container.ZIP: "Excelブックまたはods",
    Container.CFB: "古いExcelの形式(.xls)",
    Container.TEXT: "テキスト(CSV)",
}
_MANY = 8


def file_notices(
    filename: str,
    container: Container,
    reading: Reading,
    headers: Mapping[str, Header],
    *,
    strangers: Sequence[int],
    expected: int | None,
    found: int,
) -> tuple[Notice, ...]:
    """Every notice about the file, the most surprising first. ``found`` is the number of people to compare."""
    gathered = [notice(code) for code in reading.notices]
    gathered += _about_name(filename, container)
    gathered += _about_sheets(reading, tuple(headers))
    gathered += _about_hidden(reading)
    for header in headers.values():
        gathered += _about_columns(header)
    if strangers:
        gathered.append(notice("foreign_keys", rows=_some(map(str, strangers))))
    if expected is not None and expected != found:
        gathered.append(notice("expected", expected=str(expected), found=str(found)))
    return tuple(dict.fromkeys(gathered))


def _about_name(filename: str, container: Container) -> list[Notice]:
    stem, dot, ending = filename.rpartition(".")
    suffix = f".{ending.lower()}"
    if not stem or not dot or not ending.isalnum() or len(ending) > 5 or suffix in _SUFFIXES[container]:
        return []
    return [notice("extension", suffix=suffix, kind=_KINDS[container])]


def _about_sheets(reading: Reading, used: Sequence[str]) -> list[Notice]:
    gathered = [
        notice("hidden_sheet", sheet=sheet.name) for sheet in reading.sheets if sheet.hidden and sheet.name in used
    ]
    others = [sheet.name for sheet in reading.sheets if sheet.name not in used and sheet.score >= 3]
    if others:
        gathered.append(notice("other_sheets", sheets=_some(others)))
    return gathered


def _about_hidden(reading: Reading) -> Iterator[Notice]:
    for table in reading.tables:
        if table.stray:
            yield notice("stray", addresses=_some(table.stray))
        if table.hidden_rows:
            yield notice("hidden_rows", rows=_some(map(str, table.hidden_rows)))
        if table.hidden_columns:
            yield notice("hidden_columns", columns=_some(map(column_letters, table.hidden_columns)))


def _about_columns(header: Header) -> Iterator[Notice]:
    unknown = []
    for column in header.columns:
        if column.field is RosterField.FORBIDDEN:
            yield notice("forbidden_column", column=column.letters, heading=column.heading)
        elif column.how is How.REPEATED:
            yield notice("repeated_column", heading=column.heading, column=column.letters)
        elif column.heading and column.field not in NOT_READ and column.field is None and column.how is How.UNKNOWN:
            unknown.append(f"{column.letters}「{column.heading[:20]}」")
    if unknown:
        yield notice("unknown_columns", columns=_some(unknown))


def _some(words: Iterator[str] | Sequence[str]) -> str:
    every = list(words)
    return "、".join(every[:_MANY]) + (f" ほか{len(every) - _MANY}" if len(every) > _MANY else "")
