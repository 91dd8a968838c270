"""Cells with dates and ages: western, era, Excel day numbers of both epochs; what cannot be true is refused.

Not here: how people write dates (portal.kit.era).
"""

from __future__ import annotations

import datetime as dt
import re

from portal.kit.era import parse_date
from portal.kit.text import Refused
from trips.roster.cells import narrow_text, plain_text
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused, Setting

_EPOCH_1900 = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_MAX_SERIAL = 80_000
_MAX_AGE = 110
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
# What schools write into 同意書 when they tick instead of dating.
_TICKS = frozenset(["○", "◯", "〇", "◎", "レ", "✓", "✔", "有", "有り", "あり", "はい", "TRUE", "OK"])
_DONE = frozenset(["済", "済み", "提出済", "提出済み", "同意", "同意済", "同意済み"])


def read_date(cell: Cell, setting: Setting) -> dt.date | None:
    """The date in ``cell``; blank is ``None``. Raises :class:`CellRefused`."""
    text = _MIDNIGHT.sub("", plain_text(cell))
    if not text:
        return None
    if cell.kind is CellKind.DATE:
        return dt.date.fromisoformat(text[:10])
    if cell.kind is CellKind.NUMBER and re.fullmatch(r"-?\d{1,6}(\.\d+)?", text):
        return _from_serial(text, setting)
    try:
        return parse_date(text, serials=True)
    except Refused as refused:
        raise CellRefused.from_kit(refused) from refused


def read_birth_date(cell: Cell, setting: Setting) -> dt.date | None:
    """A date not after ``setting.on`` and at most 110 years before it."""
    day = read_date(cell, setting)
    if day is None:
        return None
    if day > setting.on:
        raise CellRefused(
            f"生年月日が未来の日付({_show(day)})です。",
            "年(西暦か元号)を確かめてください。",
            f"The date of birth lies in the future ({day.isoformat()}). Check the year.",
        )
    if age_on(day, setting.on) > _MAX_AGE:
        raise CellRefused(
            f"生年月日が古すぎます({_show(day)})。",
            "年を確かめてください。Excelの日付の表示がくずれていることもあります。",
            f"The date of birth is too long ago ({day.isoformat()}). Check the year.",
        )
    return day


def join_birth_date(year: Cell, month: Cell, day: Cell, setting: Setting) -> dt.date | None:
    """A birth date from three columns; the year may carry an era (平成20)."""
    parts = [narrow_text(part).rstrip(mark) for part, mark in ((year, "年"), (month, "月"), (day, "日"))]
    if not any(parts):
        return None
    return read_birth_date(Cell(f"{parts[0]}年{parts[1]}月{parts[2]}日"), setting)


def read_consent(cell: Cell, setting: Setting) -> tuple[dt.date | None, bool]:
    """The day of consent, and whether only a tick without a date stands there."""
    if narrow_text(cell).upper() in _TICKS | _DONE:
        return None, True
    day = read_date(cell, setting)
    if day is not None and day > setting.on:
        raise CellRefused(
            f"同意日が未来の日付({_show(day)})です。",
            "同意書の日付を確かめてください。",
            f"The day of consent lies in the future ({day.isoformat()}). Check it.",
        )
    return day, False


def read_age(cell: Cell) -> int | None:
    """A whole number of years from 0 to 110, ``１７歳`` included; it is compared, never stored."""
    text = narrow_text(cell)
    core = text.removesuffix("歳").removesuffix("才")
    if not core:
        return None
    if not (core.isascii() and core.isdigit()) or int(core) > _MAX_AGE:
        raise CellRefused(
            f"年齢「{text[:20]}」が読めません。",
            "「17」のように0〜110の整数にするか、空欄にしてください。",
            f"{text[:20]} is no age. Write a whole number from 0 to 110, or leave it empty.",
        )
    return int(core)


def age_on(born: dt.date, on: dt.date) -> int:
    """Completed years on ``on``."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _from_serial(text: str, setting: Setting) -> dt.date:
    serial = int(float(text))
    if len(text) == 6 or not 0 < serial <= _MAX_SERIAL:
        raise _no_date(text)
    if setting.epoch_1904:
        return _EPOCH_1904 + dt.timedelta(days=serial)
    if serial <= 60:
        # Excel's day 60 is 29 February 1900, which never was; days before it are off by one.
        raise _no_date(text)
    return _EPOCH_1900 + dt.timedelta(days=serial)


def _no_date(text: str) -> CellRefused:
    return CellRefused(
        f"「{text}」は日付として読めません。",
        "「2008/4/2」「平成20年4月2日」のように書いてください。",
        f"{text} cannot be read as a date. Write it like 2008/4/2.",
    )


def _show(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
