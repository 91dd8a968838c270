"""The columns an itinerary may have, what travel agents call them, and the line that holds the headings.

Here: vocabulary and guessing. Not here: reading the rows below (rows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal.kit.choices import LabelledEnum
from trips.roster.columns import fold_label
from trips.roster.limits import PEEK_ROWS
from trips.roster.table import Row, column_index, column_letters


class ItineraryField(LabelledEnum):
    """What a column of the file can mean."""

    DATE = "date", "日付", "Date"
    TIME = "time", "時刻", "Time"
    STARTS = "starts", "出発・開始の時刻", "Departs or starts"
    ENDS = "ends", "到着・終了の時刻", "Arrives or ends"
    SERVICE = "service", "便名・列車", "Flight or service"
    WAY = "way", "区間", "From and to"
    ORIGIN = "origin", "出発地", "From"
    DESTINATION = "destination", "到着地", "To"
    CITY = "city", "都市", "City"
    CONTENT = "content", "内容", "What is done"
    STAY = "stay", "宿泊先", "Lodging"
    STAY_ADDRESS = "stay_address", "宿泊先の住所", "Address of the lodging"
    STAY_PHONE = "stay_phone", "宿泊先の電話", "Telephone of the lodging"
    MEALS = "meals", "食事(計画に欄がないため読まない)", "Meals (no such field; not read)"
    OTHER = "other", "日次・備考(読まない)", "Day count or notes (not read)"


F = ItineraryField
FIELD_OF = {field.value: field for field in ItineraryField}
NOT_READ = frozenset({F.MEALS, F.OTHER})
PLACES = frozenset({F.WAY, F.ORIGIN, F.DESTINATION})
TELLING = frozenset({F.SERVICE, F.CONTENT, F.STAY, *PLACES})
"""A table of dates is an itinerary when it has one of these."""

_ALIASES: dict[ItineraryField, str] = {
    F.DATE: "日付 月日 月日曜 月日曜日 日時 年月日 日程 期日 date",
    F.TIME: "時刻 時間 現地時刻 現地時間 発着時刻 発着時間 予定時刻 time",
    F.STARTS: "発 出発 発時刻 出発時刻 出発時間 開始 開始時刻 開始時間 発時間 departure dep start",
    F.ENDS: "着 到着 着時刻 到着時刻 到着時間 終了 終了時刻 終了時間 着時間 arrival arr end",
    F.SERVICE: (
        "便名 便 便名列車 便名列車名 列車 列車名 交通機関 交通 利用交通機関 移動手段 フライト 航空便 flight service"
    ),
    F.WAY: "区間 発着地 発着 経路 移動区間 発地着地 利用区間 route",
    F.ORIGIN: "出発地 発地 出発空港 from origin",
    F.DESTINATION: "到着地 着地 到着空港 to destination",
    F.CITY: "都市 都市名 地名 訪問地 滞在地 滞在都市 場所 city place",
    F.CONTENT: (
        "内容 行程 日程内容 スケジュール 活動 活動内容 予定 訪問先 訪問先活動 見学先 行程内容 行動予定 プログラム "
        "摘要 itinerary content activity schedule"
    ),
    F.STAY: "宿泊先 宿泊 宿舎 宿泊地 ホテル 宿泊施設 宿泊先名 ホテル名 宿泊ホテル hotel lodging accommodation",
    F.STAY_ADDRESS: "宿泊先住所 宿泊先の住所 ホテル住所 宿舎住所 住所 hoteladdress address",
    F.STAY_PHONE: "宿泊先電話 宿泊先の電話 宿泊先電話番号 ホテル電話 宿舎電話 電話 電話番号 tel hotelphone phone",
    F.MEALS: "食事 食 食事条件 朝食 昼食 夕食 朝 昼 夕 朝昼夕 meal meals",
    F.OTHER: "日次 日数 日目 day no 備考 注意 曜日 曜 摘要備考 note notes remarks",
}
_PATTERNS: tuple[tuple[str, ItineraryField], ...] = (
    (r"(ほてる|宿).*(住所|所在地)", F.STAY_ADDRESS),
    (r"(ほてる|宿).*(電話|tel|連絡先)", F.STAY_PHONE),
    (r"食事|朝食|昼食|夕食", F.MEALS),
    (r"宿泊|ほてる|宿舎", F.STAY),
    (r"便名|列車|交通", F.SERVICE),
    (r"日付|月日|年月日", F.DATE),
    (r"時刻|時間", F.TIME),
    (r"区間", F.WAY),
    (r"内容|行程|予定|見学|訪問", F.CONTENT),
    (r"備考|注", F.OTHER),
)


class Column(NamedTuple):
    """One column: position, heading as written, meaning (``None`` = not read), whether a person chose it."""

    position: int
    heading: str
    field: ItineraryField | None
    chosen: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.position)


class Header(NamedTuple):
    """The heading line by its number in the file (0: none) and the columns."""

    row: int
    columns: tuple[Column, ...]

    def position(self, field: ItineraryField) -> int | None:
        """Where the first column of this meaning stands."""
        return next((column.position for column in self.columns if column.field is field), None)

    @property
    def fields(self) -> frozenset[ItineraryField]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def is_complete(self) -> bool:
        """Whether the columns say on which day something happens, and what."""
        return F.DATE in self.fields and bool(self.fields & TELLING)


def guess_field(label: str) -> tuple[ItineraryField | None, bool]:
    """The meaning of a heading, and whether it is certain (an alias) rather than likely (a pattern)."""
    folded = fold_label(label)
    if folded in _BY_ALIAS:
        return _BY_ALIAS[folded], True
    if not 0 < len(folded) <= 20:
        return None, False
    return next((field for pattern, field in _PATTERNS if re.search(pattern, folded)), None), False


def itinerary_score(rows: Sequence[Row]) -> float:
    """How much the first rows look like an itinerary: meanings of the best heading line, 0 without date or content."""
    found = find_header(rows)
    return float(len(found.fields - NOT_READ)) if found else 0.0


def find_header(rows: Sequence[Row]) -> Header | None:
    """The line among the first rows that names most; ``None`` when none names a date and what happens."""
    headers = [header_at(rows, row.number) for row in rows[:PEEK_ROWS]]
    complete = [header for header in headers if header.is_complete]
    return max(complete, key=_worth, default=None)


def header_at(rows: Sequence[Row], number: int) -> Header:
    """The line a person pointed at; 0 means the file has no headings."""
    line = next((row for row in rows if row.number == number), None)
    if line is None:
        width = max((len(row.cells) for row in rows), default=0)
        return Header(0, tuple(Column(index, "", None) for index in range(width)))
    taken: set[ItineraryField] = set()
    columns = []
    for index, cell in enumerate(line.cells):
        heading = cell.text.strip()
        field, _ = guess_field(heading)
        columns.append(Column(index, heading, None if field in taken else field))
        taken |= {field} - NOT_READ if field else set()
    return Header(number, tuple(columns))


def choose_columns(header: Header, mapping: Mapping[str, str]) -> Header:
    """``header`` with a person's choice: letters → field value, "" for not read.

    A field chosen for one column is taken away from the column that was guessed to be it.
    """
    chosen = {column_index(letters): FIELD_OF.get(value) for letters, value in mapping.items()}
    taken = {field for field in chosen.values() if field} - NOT_READ
    return header._replace(columns=tuple(_settle(column, chosen, taken) for column in header.columns))


def is_repeated(row: Row, header: Header) -> bool:
    """Whether ``row`` is the heading line printed again."""
    same = [column for column in header.columns if column.heading]
    return len(same) >= 2 and all(row.cell(column.position).text.strip() == column.heading for column in same)


def _settle(column: Column, chosen: Mapping[int, ItineraryField | None], taken: set[ItineraryField]) -> Column:
    if column.position in chosen:
        return column._replace(field=chosen[column.position], chosen=True)
    return column._replace(field=None) if column.field in taken else column


def _worth(header: Header) -> float:
    certain = [column.field for column in header.columns if guess_field(column.heading) == (column.field, True)]
    return len(set(certain)) + 0.6 * len(header.fields - set(certain))


def _index_aliases() -> dict[str, ItineraryField]:
    index: dict[str, ItineraryField] = {}
    for field, words in _ALIASES.items():
        for word in (*words.split(), field.label, field.english):
            index.setdefault(fold_label(word), field)
    return index


_BY_ALIAS = _index_aliases()
