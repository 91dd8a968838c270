"""Rows of an itinerary as legs, visits and nights: days carried down, two lines of one flight joined, nights gathered.

Here: one file in the order of its rows. Not here: single cells (cells), comparing with the stored plan (merging).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from portal.dossier.types import Activity, Leg, Stay
from portal.kit.choices import LabelledEnum
from trips.itinerary.carriage import complete, leg_of, starts_alone
from trips.itinerary.cells import Journey, Times, Way, place_of, read_day, read_times, read_way, split_service, text_of
from trips.itinerary.columns import Header, ItineraryField, is_repeated
from trips.itinerary.nights import Night, gather, night_of
from trips.roster.table import Cell, CellKind, Row, address
from trips.roster.verdicts import CellRefused, Remark

F = ItineraryField
Planned = Leg | Activity | Stay
Read = TypeVar("Read")
_NOTE_STARTS = ("※", "*", "＊", "注", "(注", "（注", "備考", "以上")


class Skip(LabelledEnum):
    """Why a row plans nothing."""

    HEADING = "heading", "見出しの繰り返し", "Headings repeated"
    NOTE = "note", "注記の行", "A note"
    NOTHING = "nothing", "日付・食事だけの行", "Nothing but a date or meals"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that is planned, and the rows it was read from."""

    part: Planned
    rows: tuple[int, ...]


@dataclass(frozen=True)
class RefusedRow:
    row: int
    problems: tuple[Remark, ...]


@dataclass(frozen=True)
class SkippedRow:
    row: int
    reason: Skip
    shown: str = field(repr=False)


@dataclass
class Sorted:
    """Every row below the headings is kept, refused or skipped; ``remarks`` are doubts about kept rows."""

    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)


def sort_rows(rows: Sequence[Row], header: Header, journey: Journey) -> Sorted:
    """Read every row under ``header``."""
    return _Reader(header, journey).read([row for row in rows if row.number > header.row])


class _Reader:
    """Goes down the rows; the day and the town of a row hold until another is written."""

    def __init__(self, header: Header, journey: Journey) -> None:
        self._header, self._journey = header, journey
        self._out = Sorted()
        self._day: dt.date | None = None
        self._city: str | None = None
        self._open: Entry | None = None
        self._nights: list[Night] = []
        self._remarks: list[Remark] = []

    def read(self, rows: Sequence[Row]) -> Sorted:
        for row in rows:
            self._remarks = []
            try:
                self._sort(row)
            except CellRefused as refused:
                self._refuse(row, refused, column=None)
            except _AtCell as stopped:
                self._refuse(row, stopped.refused, column=stopped.column)
        self._close()
        self._out.entries += [Entry(part=stay, rows=lines) for stay, lines in gather(self._nights)]
        return self._out

    def _sort(self, row: Row) -> None:
        if skip := self._why_skipped(row):
            shown = " ".join(cell.text.strip() for cell in row.cells if not cell.is_blank)[:200]
            self._out.skipped.append(SkippedRow(row.number, skip, shown))
            return
        day = self._day_of(row)
        night = self._night(row, day)
        self._out.entries += list(self._happenings(row, day))
        self._nights += [night] if night else []
        self._out.kept.append(row.number)
        self._out.remarks += self._remarks

    def _why_skipped(self, row: Row) -> Skip | None:
        if is_repeated(row, self._header):
            return Skip.HEADING
        filled = [index for index, cell in enumerate(row.cells) if not cell.is_blank]
        if len(filled) == 1 and row.cell(filled[0]).text.strip().startswith(_NOTE_STARTS):
            return Skip.NOTE
        says = self._positions(F.SERVICE, F.WAY, F.ORIGIN, F.DESTINATION, F.CONTENT, F.STAY)
        if any(self._says(row, index) for index in says):
            return None
        self._remember_day(row)
        return Skip.NOTHING

    def _says(self, row: Row, index: int) -> bool:
        cell = row.cell(index)
        return cell.kind in (CellKind.ERROR, CellKind.UNCALCULATED) or bool(text_of(cell))

    def _remember_day(self, row: Row) -> None:
        """A line with a date alone opens its day; what is no date there is a note."""
        try:
            self._day = read_day(self._cell(row, F.DATE), self._journey)[0] or self._day
            self._city = text_of(self._cell(row, F.CITY)) or self._city
        except CellRefused:
            return

    def _day_of(self, row: Row) -> dt.date:
        day, fits = self._at(row, F.DATE, lambda cell: read_day(cell, self._journey))
        self._day = day or self._day
        if self._day is None:
            raise CellRefused(
                "この行より上に日付がありません。",
                "「日付」の列に日付を書いてください。",
                "No date stands in this row or above it. Write one in the date column.",
            )
        if not fits:
            self._warn(row, F.DATE, "曜日が日付と合いません。", "日付を確かめてください。", "Date and weekday differ.")
        if day and not self._journey.holds(day):
            self._warn(
                row, F.DATE, "旅行の期間の外の日付です。", "旅行概要の出発日・帰国日と比べてください。",
                "The date lies outside the journey. Compare it with the outline.",
            )  # fmt: skip
        self._city = self._text(row, F.CITY) or self._city
        return self._day

    def _happenings(self, row: Row, day: dt.date) -> Iterator[Entry]:
        times, content = self._times(row), self._text(row, F.CONTENT)
        number, service = split_service(self._text(row, F.SERVICE))
        way = self._way(row, flying=number is not None)
        if way.origin or way.destination or number:
            yield from self._carriage(row, day, times, way, number, service)
            self._city = None  # whoever travels is in another town afterwards
            if content:
                self._leave_out(row, F.CONTENT, content)
        elif content:
            self._close()
            if service:
                self._leave_out(row, F.SERVICE, service)
            yield Entry(part=self._activity(day, times, content), rows=(row.number,))
        elif service:
            self._leave_out(row, F.SERVICE, service)

    def _carriage(
        self, row: Row, day: dt.date, times: Times, way: Way, number: str | None, service: str
    ) -> Iterator[Entry]:
        """A whole leg, or its departure, which waits for the line of its arrival."""
        opened = self._open
        if way.origin is None and way.destination and opened and isinstance(opened.part, Leg):
            departed = opened.part
            leg = _built(lambda: complete(departed, day, times, way))
            self._open = None
            yield Entry(part=leg, rows=(*opened.rows, row.number))
            return
        self._close()
        entry = Entry(part=_built(lambda: leg_of(day, times, way, number, service)), rows=(row.number,))
        if starts_alone(way):
            self._open = entry
        else:
            yield entry

    def _close(self) -> None:
        """A departure whose arrival never came is kept as it is; the plan's own rules say what it lacks."""
        if self._open:
            self._out.entries.append(self._open)
            self._open = None

    def _activity(self, day: dt.date, times: Times, content: str) -> Activity:
        starts, ends = (moment[1] if moment else None for moment in (times.starts, times.ends))
        free = "自由行動" in content or "自由研修" in content
        return _built(
            lambda: Activity(
                key="new", on=day, starts=starts, ends=ends, city=self._city, title=content, free_time=free
            )
        )

    def _night(self, row: Row, day: dt.date) -> Night | None:
        name = self._text(row, F.STAY)
        address, phone = self._text(row, F.STAY_ADDRESS), self._text(row, F.STAY_PHONE)
        return _built(
            lambda: night_of(name, day, row.number, self._nights, address=address, phone=phone, city=self._city)
        )

    def _times(self, row: Row) -> Times:
        both = self._at(row, F.TIME, read_times)
        starts = self._at(row, F.STARTS, read_times)
        ends = self._at(row, F.ENDS, read_times)
        for column, read in ((F.TIME, both), (F.STARTS, starts), (F.ENDS, ends)):
            if read.words:
                self._leave_out(row, column, read.words)
        return Times(both.starts or starts.starts, both.ends or starts.ends or ends.ends or ends.starts)

    def _way(self, row: Row, *, flying: bool) -> Way:
        text = self._text(row, F.WAY)
        way = self._at(row, F.WAY, lambda _: read_way(text, flying=flying)) if text else Way()
        origin, destination = self._text(row, F.ORIGIN), self._text(row, F.DESTINATION)
        return Way(
            place_of(origin, flying=flying) if origin else way.origin,
            place_of(destination, flying=flying) if destination else way.destination,
        )

    # --- cells and words ----------------------------------------------------------------------------------------

    def _positions(self, *fields: ItineraryField) -> list[int]:
        return [column.position for column in self._header.columns if column.field in fields]

    def _cell(self, row: Row, field: ItineraryField) -> Cell:
        position = self._header.position(field)
        return Cell("") if position is None else row.cell(position)

    def _text(self, row: Row, field: ItineraryField) -> str:
        return self._at(row, field, text_of)

    def _at(self, row: Row, field: ItineraryField, read: Callable[[Cell], Read]) -> Read:
        try:
            return read(self._cell(row, field))
        except CellRefused as refused:
            raise _AtCell(refused, field) from refused

    def _leave_out(self, row: Row, field: ItineraryField, text: str) -> None:
        shown = unicodedata.normalize("NFKC", text)[:40]
        self._warn(row, field, f"「{shown}」は計画に入りません。", "要るときは計画に書き足してください。",
                   f"{shown} does not enter the plan; add it there if it is needed.")  # fmt: skip

    def _warn(self, row: Row, field: ItineraryField, message: str, mend: str, english: str) -> None:
        self._remarks.append(self._remark(row, field, message, mend, english))

    def _refuse(self, row: Row, refused: CellRefused, *, column: ItineraryField | None) -> None:
        remark = self._remark(row, column, refused.message, refused.mend, refused.english)
        self._out.refused.append(RefusedRow(row.number, (remark,)))

    def _remark(self, row: Row, field: ItineraryField | None, message: str, mend: str, english: str) -> Remark:
        position = self._header.position(field) if field else None
        cell = f"{row.number}行目" if position is None else address(row.number, position)
        shown = "" if position is None else row.cell(position).text[:80]
        return Remark(cell, None, shown, message, mend, english)


def _built(build: Callable[[], Read]) -> Read:
    """The part, or the row refused in the words of the dossier's own types."""
    try:
        return build()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        raise CellRefused(
            f"計画に使えない値があります({fault['loc'][0]})。", "値を短くするか書き直してください。", fault["msg"]
        ) from error


class _AtCell(Exception):
    """A refusal with the column it happened in."""

    def __init__(self, refused: CellRefused, column: ItineraryField) -> None:
        super().__init__(column)
        self.refused, self.column = refused, column
