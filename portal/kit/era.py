"""Dates as Japan writes them: printing in era and western form, reading what people type.

Not here: which day it is (clock), which days are open (calendar). Only dates; all in Asia/Tokyo.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from portal.kit.text import Refused

WEEKDAYS = "月火水木金土日"
_EXCEL_EPOCH = dt.date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
_KANJI_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十]+")
_DASH = str.maketrans(dict.fromkeys("〜～−‐‑–—―ー./", "-"))
_COUNTED = re.compile(r"(?P<name>[^\W\d]+)(?P<year>\d{1,2}|元)[年-](?P<month>\d{1,2})[月-](?P<day>\d{1,2})日?")
_WESTERN = re.compile(r"(?:西暦)?(?P<year>\d{4})[年-](?P<month>\d{1,2})[月-](?P<day>\d{1,2})日?")
_RUN = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"\d{5}")
_WEEKDAY = re.compile(r"\((?:(?P<weekday>[月火水木金土日])(?:曜日?)?(?:・祝)?|祝|[a-z]{3,9})\)$")


@dataclass(frozen=True)
class Era:
    """One era: its names, its first day, its last day (None while it runs)."""

    name: str
    letter: str
    first: dt.date
    last: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether ``day`` belongs to the era."""
        return self.first <= day and (self.last is None or day <= self.last)


# 令和: 元号を改める政令(平成三十一年政令第百四十三号) from 1 May 2019; 平成 from 8 January 1989.
ERAS = (
    Era("令和", "r", dt.date(2019, 5, 1), None),
    Era("平成", "h", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("昭和", "s", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("大正", "t", dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    Era("明治", "m", dt.date(1868, 1, 25), dt.date(1912, 7, 29)),
)


def era_date(day: dt.date, *, weekday: bool = True) -> str:
    """令和9年3月31日(水); the first year is 元年; days before Meiji are western."""
    era = next((era for era in ERAS if era.covers(day)), None)
    if era is None:
        return western_date(day, weekday=weekday)
    count = day.year - era.first.year + 1
    return f"{era.name}{'元' if count == 1 else count}年{_month_and_day(day, weekday)}"


def western_date(day: dt.date, *, weekday: bool = True) -> str:
    """2027年3月31日(水)."""
    return f"{day.year}年{_month_and_day(day, weekday)}"


def both_dates(day: dt.date) -> str:
    """令和9年(2027年)3月31日(水), as the letter of request wants it."""
    era = next((era for era in ERAS if era.covers(day)), None)
    if era is None:
        return western_date(day)
    count = day.year - era.first.year + 1
    return f"{era.name}{'元' if count == 1 else count}年({day.year}年){_month_and_day(day, weekday=True)}"


def english_date(day: dt.date) -> str:
    """Wed 31 March 2027, for the copy that missions and hosts read."""
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def parse_date(typed: str, *, serials: bool = False) -> dt.date:
    """The date someone typed.

    Read: 令和8年4月2日, R8.4.2, H20/4/2, 平成元年五月一日, 2008/4/2, 2026年4月1日, 20080402, 2026-04-01; full width,
    any dash, kanji numerals, a weekday in brackets behind. ``serials`` also reads Excel's day numbers (``46113``).
    Raises :class:`portal.kit.text.Refused` in Japanese and English: unreadable, no such day, year of two digits
    without an era, day outside the era named,
    Japanese weekday that is not the day's.
    """
    text, weekday = _plain(typed)
    day = _read(typed, text, serials=serials)
    if weekday is not None and WEEKDAYS[day.weekday()] != weekday:
        raise _wrong_weekday(typed, day)
    return day


def _read(typed: str, text: str, *, serials: bool) -> dt.date:
    counted = _COUNTED.fullmatch(text)
    if counted:
        return _from_era(typed, counted)
    western = _WESTERN.fullmatch(text) or _RUN.fullmatch(text)
    if western:
        return _day(typed, int(western["year"]), int(western["month"]), int(western["day"]))
    if serials and _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + dt.timedelta(days=int(text))
    raise _unreadable(typed, text)


def _month_and_day(day: dt.date, weekday: bool) -> str:
    return f"{day.month}月{day.day}日" + (f"({WEEKDAYS[day.weekday()]})" if weekday else "")


def _plain(typed: str) -> tuple[str, str | None]:
    """What was typed in plain figures and hyphens, and the weekday that stood in brackets behind it."""
    text = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    behind = _WEEKDAY.search(text)
    if behind:
        text = text[: behind.start()]
    return _KANJI_NUMBER.sub(_in_figures, text.translate(_DASH)), behind["weekday"] if behind else None


def _in_figures(match: re.Match[str]) -> str:
    """二十一 → 21, 二〇二六 → 2026; anything else stays and is refused later."""
    tens, mark, ones = match[0].partition("十")
    if not mark:
        return "".join(str(_KANJI_DIGITS[char]) for char in tens)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return match[0]
    return str(_KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0))


def _from_era(typed: str, found: re.Match[str]) -> dt.date:
    era = next((era for era in ERAS if found["name"] in (era.name, era.letter)), None)
    if era is None:
        raise _unreadable(typed, found[0])
    count = 1 if found["year"] == "元" else int(found["year"])
    day = _day(typed, era.first.year + count - 1, int(found["month"]), int(found["day"]))
    if not era.covers(day) or count < 1:
        raise _outside_era(typed, era, day)
    return day


def _wrong_weekday(typed: str, day: dt.date) -> Refused:
    return Refused(
        f"「{typed}」は曜日が合いません({western_date(day)})。日付か曜日を直してください",
        f"The weekday of {typed} does not fit: {english_date(day)}",
    )


def _outside_era(typed: str, era: Era, day: dt.date) -> Refused:
    bounds = f"{western_date(era.first, weekday=False)}から"
    if era.last is not None:
        bounds += f"{western_date(era.last, weekday=False)}まで"
    return Refused(
        f"「{typed}」は{era.name}ではありません({era.name}は{bounds})。{era_date(day)}のことですか",
        f"{typed} lies outside that era; did you mean {day.isoformat()}?",
    )


def _day(typed: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Refused(
            f"「{typed}」という日は暦にありません。月と日を確かめてください",
            f"There is no such day as {typed}; check month and day",
        ) from error


def _unreadable(typed: str, text: str) -> Refused:
    if re.fullmatch(r"\d{1,2}-\d{1,2}-\d{1,2}", text):
        return Refused(
            f"「{typed}」は西暦か元号か分かりません。年を4けたで書くか、令和・Rなどを付けてください",
            f"{typed} could be a western or an era year; write four digits or name the era",
        )
    return Refused(
        f"「{typed[:40]}」を日付として読めません。「2027年3月31日」「令和9年3月31日」「2027-03-31」のように書いてください",
        f"{typed[:40]} cannot be read as a date; write it like 2027-03-31",
    )
