"""Single cells of an itinerary: the day, the times, the two ends of a way, the number of a service.

Raises :class:`CellRefused` with reason and mend. Not here: what a row becomes (rows).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from portal.directory.airports import airport, airport_named
from portal.kit.era import WEEKDAYS
from portal.kit.hours import parse_hour
from portal.kit.text import Refused
from trips.facts.flights import folded_code
from trips.roster.cells import plain_text
from trips.roster.dates import read_date
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused, Setting

Moment = tuple[int, dt.time]
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*(?:月|/|\.|-)\s*(\d{1,2})(?!\d)")
_WEEKDAY = re.compile(
    rf"\(([{WEEKDAYS}])(?:曜日?)?(?:・祝|・休)?\)$|(?<=\s)([{WEEKDAYS}])(?:曜日?)?$|([{WEEKDAYS}])曜日?$"
)
_COUNT = re.compile(r"^第?\s*\d{1,2}\s*日目?\s*(?=\S)|^\d{1,2}日目$")
_CLOCK = re.compile(
    r"((?:翌々?日?)?\s*\d{1,2}(?:[:時.]\d{0,2}分?|\d{2}))(?::\d{2})?\s*"
    r"(?:発|(着)|頃|ごろ)?\s*(?:\(?(\+\d)日?\)?|\((翌)日?\))?\s*(?:発|(着))?"
)
_BETWEEN = re.compile(r"[\s~〜\-－‐–—―→/、,・*]+")
_ARROW = re.compile(r"\s*(?:→|⇒|➡|➔|=>|->|>|＞)\s*")
_DASH = re.compile(r"\s*[~〜～－―—–-]\s*")
_BRACKETED_CODE = re.compile(r"[(（]\s*([A-Za-z]{3})\s*[)）]")
_FLIGHT = re.compile(r"(?<![A-Z0-9])((?!\d\d)[A-Z0-9]{2})\s*-?\s*(\d{1,4})(?![A-Z0-9])\s*便?")
_LONG = 200


@dataclass(frozen=True)
class Journey:
    """What reading depends on: today, the epoch of Excel's days, and the plan's own first and last day."""

    on: dt.date
    epoch_1904: bool = False
    departs_on: dt.date | None = None
    returns_on: dt.date | None = None

    def year_for(self, month: int, day: int) -> dt.date:
        """The date of a month and day without year: nearest to the plan's departure, or the next one from today."""
        near = self.departs_on or self.on
        days = [found for year in (near.year - 1, near.year, near.year + 1) if (found := _calendar(year, month, day))]
        if not days:
            raise _no_day(f"{month}/{day}")
        if self.departs_on:
            return min(days, key=lambda found: abs(found - near))
        return next((found for found in days if found >= near), days[-1])

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies within the plan's journey, as far as its days are known."""
        return (self.departs_on or day) <= day <= (self.returns_on or day)


class Times(NamedTuple):
    """Start and end of a row; ``words`` is what stands there instead of a time, such as 午前."""

    starts: Moment | None = None
    ends: Moment | None = None
    words: str = ""


class Way(NamedTuple):
    """The two ends of a way; only one when the row tells a departure or an arrival alone."""

    origin: str | None = None
    destination: str | None = None


def text_of(cell: Cell) -> str:
    """The cell as one line, "" when it is empty or only a dash."""
    text = plain_text(cell, limit=_LONG)
    return "" if unicodedata.normalize("NFKC", text) in {"-", "--", "―", "ー", "〃", "*"} else text


def read_day(cell: Cell, journey: Journey) -> tuple[dt.date | None, bool]:
    """The day of a cell, and whether a weekday written beside it belongs to it."""
    text = _COUNT.sub("", unicodedata.normalize("NFKC", plain_text(cell))).strip()
    if not text:
        return None, True
    weekday = _WEEKDAY.search(text)
    bare = text[: weekday.start()].strip() if weekday else text
    said = next(filter(None, weekday.groups())) if weekday else None
    short = _MONTH_DAY.fullmatch(bare.rstrip("日").strip())
    day = journey.year_for(int(short[1]), int(short[2])) if short else _full_day(cell, bare, journey)
    return day, said in (None, WEEKDAYS[day.weekday()])


def read_times(cell: Cell) -> Times:
    """``9:50``, ``09:50発``, ``12:05着``, ``9:50〜12:05``, ``22:30-25:30``, ``午前`` (no time)."""
    if cell.kind is CellKind.NUMBER and re.fullmatch(r"0?\.\d+", cell.text):
        minutes = round(float(cell.text) * 1440)
        return Times((0, dt.time(minutes // 60 % 24, minutes % 60)))
    text = unicodedata.normalize("NFKC", plain_text(cell))
    found = list(_CLOCK.finditer(text))
    if not found and not any(char.isdigit() for char in text):
        return Times(words=text if text not in {"", "-", "~", "〃"} else "")
    if not 1 <= len(found) <= 2 or _BETWEEN.sub("", _CLOCK.sub("", text)):
        raise _no_time(text)
    moments = [_moment(f"{match[4] or ''}{match[1]}{match[3] or ''}") for match in found]
    if len(moments) == 2:
        return Times(moments[0], moments[1])
    return Times(None, moments[0]) if found[0][2] or found[0][5] else Times(moments[0])


def read_way(text: str, *, flying: bool = False) -> Way:
    """``関西(KIX)→台北桃園(TPE)``; ``関西空港発`` and ``台北着`` are one end. Raises for three ends and more."""
    ends = [end for end in _ARROW.split(text) if end]
    if len(ends) == 1:
        ends = [end for end in _DASH.split(text) if end]
    if len(ends) > 2:
        raise CellRefused(
            f"区間が三つ以上あります(「{text[:40]}」)。",
            "一行に一区間ずつ、「出発地→到着地」の形で書いてください。",
            f"More than one stretch in a row ({text[:40]}). Write one stretch a row, as from→to.",
        )
    if len(ends) == 2:
        return Way(place_of(ends[0], flying=flying), place_of(ends[1], flying=flying))
    place = place_of(text, flying=flying)
    return Way(None, place) if text.endswith("着") else Way(place, None)


def place_of(text: str, *, flying: bool = False) -> str | None:
    """The three letters of the airport that ``text`` names or carries; any other place as written."""
    bare = re.sub(r"(出発|到着|発|着|へ)$", "", text.strip())
    if inside := _BRACKETED_CODE.search(bare):
        code = inside[1].upper()
        if airport(code):
            return code
    code = folded_code(bare)
    if len(code) == 3 and code.isascii() and code.isalpha() and airport(code):
        return code
    named = airport_named(bare, flying=flying)
    return named.code if named else bare[:80] or None


def split_service(text: str) -> tuple[str | None, str]:
    """The flight number in a cell and the words around it: ``日本航空 JL-97便`` → ``JL97`` and the airline."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    match = _FLIGHT.search(narrow)
    if match is None:
        return None, text.strip()
    around = f"{narrow[: match.start()]} {narrow[match.end() :]}"
    return f"{match[1]}{match[2]}", _BETWEEN.sub(" ", around).strip(" ()")


def _full_day(cell: Cell, bare: str, journey: Journey) -> dt.date:
    kind = cell.kind if cell.kind in (CellKind.DATE, CellKind.NUMBER) else CellKind.TEXT
    found = read_date(Cell(bare, kind), Setting(on=journey.on, epoch_1904=journey.epoch_1904))
    if found is None:
        raise _no_day(bare)
    return found


def _moment(text: str) -> Moment:
    try:
        return parse_hour(text)
    except Refused as refused:
        raise _no_time(text) from refused


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _no_day(text: str) -> CellRefused:
    return CellRefused(
        f"「{text[:20]}」は暦にない日付です。",
        "「2027/2/14」「2月14日(日)」のように書いてください。",
        f"{text[:20]} is no date of the calendar. Write it like 2027/2/14.",
    )


def _no_time(text: str) -> CellRefused:
    return CellRefused(
        f"「{text[:20]}」は時刻として読めません。",
        "「9:50」「9:50-12:05」「25:30」のように書いてください。",
        f"{text[:20]} cannot be read as a time. Write it like 9:50, 9:50-12:05 or 25:30.",
    )
