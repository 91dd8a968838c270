"""What people type, read as values: dates in western and era form, clock times, moments, numbers in any width.

Not here: form fields (fields), telephone numbers (portal.kit.phones). A ``ValueError`` carries the reader's sentence.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.utils.translation import gettext

from portal.kit.era import parse_date
from portal.kit.hours import is_hour, parse_hour
from portal.kit.text import Refused
from portal.ui.labels import speaks_english

_TIME = re.compile(r"(\d{1,2})(?:[:時.](\d{1,2})分?|(\d{2})|時)$")
_NUMBER = re.compile(r"[+-]?\d+$")
_NUMBER_DRESS = re.compile(r"[,、，\s円人名泊¥]")


def fold(text: str) -> str:
    """Digits and signs in half width, outer spaces gone; only for values that are not names."""
    return unicodedata.normalize("NFKC", text).strip()


def read_time(text: str) -> dt.time:
    """``9:15``, ``９時15分``, ``0915``, ``9時``."""
    match = _TIME.fullmatch(fold(text))
    if match:
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise ValueError(gettext("時刻は 9:15 のように書いてください"))


def read_moment(text: str) -> dt.datetime:
    """A local date and time without zone: ``2026/10/20 9:15``, ``2026-10-20T09:15``, ``R8.10.20 9時15分``.

    Hours as itineraries write them count on: ``25:30``, ``6:10+1``, ``翌6:10`` fall on the day after the date.
    """
    halves = re.split(r"[T\s]+", fold(text), maxsplit=1)
    if len(halves) != 2:
        raise ValueError(gettext("日付と時刻を 2026/10/20 9:15 のように書いてください"))
    days, clock = read_hour(re.sub(r"^(\d{1,2}:\d{2}):\d{2}$", r"\1", halves[1]))
    return dt.datetime.combine(read_date(halves[0]) + dt.timedelta(days=days), clock)


def read_hour(text: str) -> tuple[int, dt.time]:
    """A time of an itinerary as (days later, time of day): ``9:15``, ``25:30``, ``6:10(+1)``, ``翌6時10分``."""
    try:
        return parse_hour(text)
    except Refused as refused:
        raise ValueError(gettext("時刻は 9:15 のように書いてください")) from refused


def day_of(text: str) -> str:
    """The date of a typed date and time, as typed; nothing when there is none."""
    return re.split(r"[T\s]+", fold(text), maxsplit=1)[0] if re.search(r"[T\s]", fold(text)) else ""


def is_hour_alone(text: str) -> bool:
    """Whether a text is a time of an itinerary without its date."""
    return is_hour(text)


def read_number(text: str) -> int:
    """A whole number, with or without grouping, in any width: ``１２，３４５円``."""
    bare = _NUMBER_DRESS.sub("", fold(text))
    if not _NUMBER.fullmatch(bare):
        raise ValueError(gettext("数字で書いてください(例: 12,345)"))
    return int(bare)


def read_date(text: str) -> dt.date:
    """A day as people write it, western or era: ``2027/1/6``, ``令和9年1月6日``, ``R9.1.6``."""
    try:
        return parse_date(text)
    except Refused as refused:
        raise ValueError(sentence_of(refused)) from refused


def sentence_of(refused: Exception) -> str:
    """What a refusal says, in the language of the page: its own English, or the catalogue's for a fixed sentence."""
    english = getattr(refused, "english", "")
    return english if english and speaks_english() else gettext(str(refused)) if str(refused) else ""
