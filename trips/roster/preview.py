"""A roster file read and explained, before anything is stored: :func:`read_roster`.

Here: the whole way from bytes to a preview in which every row is accounted for. Not here: storing it (trips.actions),
giving rows back (errorfile, export).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.dossier.types import Participant
from portal.kit import clock
from trips.roster import headers
from trips.roster.headers import Column, Header
from trips.roster.judging import judge_tables
from trips.roster.launch import read_confined
from trips.roster.refusals import FileRefused, Notice
from trips.roster.remarks import file_notices
from trips.roster.sniff import Container, display_name, sniff
from trips.roster.table import Reading, Sheet, Table
from trips.roster.verdicts import KeptRow, RefusedRow, Setting, SkippedRow

_SAMPLES = 3
_FIGURES = 4
_SEXES = frozenset("男女MF")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How the file came: what an error file needs to come back in the same form.

    ``headings`` are the heading lines of each sheet as they were written.
    """

    container: Container
    encoding: str | None
    delimiter: str
    headings: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, kw_only=True)
class RosterPreview:
    """What would be stored, what would not and why. ``read`` rows = ``kept`` + ``refused``; ``skipped`` are nobody.

    ``digest`` is the sha256 of the file, by which the same file sent twice is known.
    """

    filename: str
    digest: str
    sent: Sent
    sheets: tuple[Sheet, ...]
    used_sheets: tuple[str, ...]
    headers: Mapping[str, Header]
    samples: Mapping[str, tuple[str, ...]] = field(repr=False)
    kept: tuple[KeptRow, ...]
    refused: tuple[RefusedRow, ...]
    skipped: tuple[SkippedRow, ...]
    notices: tuple[Notice, ...]

    @property
    def read(self) -> int:
        """The number of rows that speak of a person."""
        return len(self.kept) + len(self.refused)

    @property
    def new(self) -> tuple[KeptRow, ...]:
        """Kept rows of people who are not on the stored roster."""
        return tuple(row for row in self.kept if not row.same_as)

    @property
    def changed(self) -> tuple[KeptRow, ...]:
        """Kept rows of stored people that say something else than what is stored."""
        return tuple(row for row in self.kept if row.same_as and row.differences)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first sheet read, with what each was taken for."""
        return self.headers[self.used_sheets[0]].columns

    def remembered(self) -> dict[str, str]:
        """Heading → field value, to be kept for the school's next file ("" = not read on purpose).

        A line that was pointed at may be a person's row, told by its figures or sex: nothing of it is kept.
        """
        return {
            column.heading: column.field.value if column.field else ""
            for header in self.headers.values()
            if not any(_is_of_a_person(column.heading) for column in header.columns)
            for column in header.columns
            if column.heading and (column.field or column.how is headers.How.CHOSEN)
        }


def read_roster(
    data: bytes,
    filename: str,
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    header_row: int | None = None,
    existing: Sequence[Participant] = (),
    remembered: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    expected: int | None = None,
    on: dt.date | None = None,
) -> RosterPreview:
    """Read a roster file of at most 10 MB and 2,000 people; nothing is stored.

    ``mapping``: column letters → field value or "" (a person's choice). ``sheet``: one or several sheet names.
    ``header_row``: row number of the headings, 0 for a file without any. ``existing``: the stored roster.
    ``remembered``: heading → field from :meth:`RosterPreview.remembered`. ``groups``: group name → group key.
    ``expected``: the plan's number of people. ``on``: the day ages are judged by (today).
    Raises :class:`FileRefused` with its explanation when no row can be read; ``ValueError`` for an unknown field or
    column letters in ``mapping``.
    """
    sniffed = sniff(data)
    wanted = [sheet] if isinstance(sheet, str) else list(sheet or ())
    reading = read_confined(data, sniffed, sheets=wanted)
    found = {
        table.sheet: _header(table, mapping=mapping or {}, header_row=header_row, remembered=remembered)
        for table in _filled(reading)
    }
    setting = Setting(on=on or clock.today(), epoch_1904=reading.epoch_1904, groups=groups or {})
    judged = judge_tables(_filled(reading), found, setting, existing)
    people = sum(not row.same_as for row in judged.kept) + len(existing) if existing else len(judged.kept)
    return RosterPreview(
        filename=display_name(filename),
        digest=hashlib.sha256(data).hexdigest(),
        sent=Sent(
            container=sniffed.container,
            encoding=sniffed.encoding,
            delimiter=reading.delimiter,
            headings={table.sheet: _headings(table, found[table.sheet]) for table in _filled(reading)},
        ),
        sheets=reading.sheets,
        used_sheets=tuple(found),
        headers=found,
        samples=_samples(reading.tables[0], next(iter(found.values()))),
        kept=tuple(judged.kept),
        refused=tuple(judged.refused),
        skipped=tuple(judged.skipped),
        notices=file_notices(
            filename, sniffed.container, reading, found, strangers=judged.strangers, expected=expected, found=people
        ),
    )


# --- header -------------------------------------------------------------------------------------------------------


def _filled(reading: Reading) -> list[Table]:
    tables = [table for table in reading.tables if table.rows]
    if not tables:
        raise FileRefused("no_rows")
    return tables


def _header(
    table: Table, *, mapping: Mapping[str, str], header_row: int | None, remembered: Mapping[str, str] | None
) -> Header:
    if header_row is None:
        header = headers.find_header(table, remembered=remembered)
    else:
        header = headers.header_at(table, header_row, remembered=remembered)
    if header is None:
        raise FileRefused("no_header", peek=table.rows[:10])
    header = headers.choose_columns(header, mapping)
    if not header.names_people:
        raise FileRefused("no_name_column", peek=table.rows[:10])
    if not any(row.number > header.last for row in table.rows):
        raise FileRefused("header_only", row=str(header.last))
    return header


def _headings(table: Table, header: Header) -> tuple[tuple[str, ...], ...]:
    lines = (row for row in table.rows if header.first <= row.number <= header.last)
    return tuple(tuple(cell.text for cell in row.cells) for row in lines)


def _is_of_a_person(heading: str) -> bool:
    """A birthday, a telephone number or a sex: what stands below a heading, never in one."""
    return sum(char.isdecimal() for char in heading) > _FIGURES or heading.strip() in _SEXES


def _samples(table: Table, header: Header) -> dict[str, tuple[str, ...]]:
    """Up to three values of each column, for the page on which columns are chosen."""
    below = [row for row in table.rows if row.number > header.last]
    samples = {}
    for column in header.columns:
        texts = (row.cell(column.position).text.strip()[:40] for row in below[:50])
        samples[column.letters] = tuple(text for text in texts if text)[:_SAMPLES]
    return samples
