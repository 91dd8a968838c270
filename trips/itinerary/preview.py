"""An itinerary file read and explained before anything is stored: :func:`read_itinerary`.

Here: the whole way from bytes to a preview in which every row is accounted for. Not here: storing it (trips.actions).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.dossier.types import Dossier
from portal.kit import clock
from trips.itinerary.cells import Journey
from trips.itinerary.columns import Column, Header, choose_columns, find_header, header_at
from trips.itinerary.merging import Merged, Proposal, merge
from trips.itinerary.rows import RefusedRow, SkippedRow, sort_rows
from trips.roster.launch import read_confined
from trips.roster.refusals import Explanation, FileRefused
from trips.roster.sniff import display_name, sniff
from trips.roster.table import Row, Sheet, Table
from trips.roster.verdicts import Remark

_SAMPLES = 3
_PEEK = 12
REFUSALS: dict[str, Explanation] = {
    "no_header": Explanation(
        "見出しの行が見つかりません。「日付」の列と、便名・区間・内容・宿泊先のどれかの列が要ります。",
        "表の上に見出しを書くか、ひな型に写してから選び直してください。",
        "No line of headings was found. The table needs a date column and one of flight, route, content or lodging.",
    ),
    "nothing_planned": Explanation(
        "見出しの下に、便・活動・宿泊先の行がありません。",
        "日程を書いて保存したものを選び直してください。",
        "Nothing is planned below the headings. Fill in the itinerary and choose the file again.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class ItineraryPreview:
    """What would enter the plan, what not and why. ``read`` rows = ``kept`` + ``refused``; ``skipped`` plan nothing."""

    filename: str
    digest: str
    encoding: str | None
    sheets: tuple[Sheet, ...]
    used_sheet: str
    header: Header
    samples: Mapping[str, tuple[str, ...]] = field(repr=False)
    kept: tuple[int, ...]
    refused: tuple[RefusedRow, ...]
    skipped: tuple[SkippedRow, ...]
    remarks: tuple[Remark, ...]
    merged: Merged

    @property
    def read(self) -> int:
        """The number of rows that plan something."""
        return len(self.kept) + len(self.refused)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.header.columns

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        return self.merged.proposals


def read_itinerary(
    data: bytes,
    filename: str,
    *,
    plan: Dossier,
    mapping: Mapping[str, str] | None = None,
    sheet: str = "",
    header_row: int | None = None,
) -> ItineraryPreview:
    """Read an itinerary of at most 10 MB against ``plan``; nothing is stored.

    ``mapping``: column letters → field value or "". ``sheet``: the sheet a person chose. ``header_row``: the line of
    the headings, 0 for none. Raises :class:`FileRefused`; :func:`explain` says it in words.
    """
    sniffed = sniff(data)
    reading = read_confined(data, sniffed, sheets=[sheet] if sheet else [], like="itinerary")
    table = reading.tables[0]
    header = _header(table, mapping or {}, header_row)
    outline = plan.outline
    journey = Journey(
        on=clock.today(),
        epoch_1904=reading.epoch_1904,
        departs_on=outline.departs_on,
        returns_on=outline.returns_on,
    )
    found = sort_rows(table.rows, header, journey)
    if not found.kept and not found.refused:
        raise FileRefused("nothing_planned")
    return ItineraryPreview(
        filename=display_name(filename),
        digest=hashlib.sha256(data).hexdigest(),
        encoding=sniffed.encoding,
        sheets=reading.sheets,
        used_sheet=table.sheet,
        header=header,
        samples=_samples(table.rows, header),
        kept=tuple(found.kept),
        refused=tuple(found.refused),
        skipped=tuple(found.skipped),
        remarks=tuple(found.remarks),
        merged=merge(found.entries, plan),
    )


def explain(refused: FileRefused) -> Explanation:
    """Why the file as a whole is no itinerary; what is said of every kind of file is said of this one."""
    if refused.code in REFUSALS:
        return REFUSALS[refused.code]
    said = refused.explanation
    return Explanation(
        said.message.replace("名簿", "日程表"),
        said.mend.replace("名簿", "日程表"),
        said.english.replace("roster", "itinerary"),
    )


def _header(table: Table, mapping: Mapping[str, str], header_row: int | None) -> Header:
    if not table.rows:
        raise FileRefused("no_rows")
    header = find_header(table.rows) if header_row is None else header_at(table.rows, header_row)
    header = choose_columns(header, mapping) if header else None
    if header is None or not header.is_complete:
        raise FileRefused("no_header", peek=table.rows[:_PEEK])
    return header


def _samples(rows: Sequence[Row], header: Header) -> dict[str, tuple[str, ...]]:
    """Up to three values of each column, for the page on which columns are chosen."""
    below = [row for row in rows if row.number > header.row]
    samples = {}
    for column in header.columns:
        texts = (row.cell(column.position).text.strip()[:40] for row in below)
        samples[column.letters] = tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES]
    return samples
