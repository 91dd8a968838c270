"""Dates, local times, short and long text, yen and counts as every part takes them.

Not here: the vocabularies (vocabularies), which property is of which kind (school … dossier).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from portal.kit.text import Refused, is_plain_line, refuse_blank, refuse_control_characters, refuse_line_breaks

SCHEMA_VERSION = "1"


def _visible(value: str) -> str:
    return refuse_blank(refuse_control_characters(value))


def _visible_line(value: str) -> str:
    return value if is_plain_line(value) else refuse_line_breaks(_visible(value))


def _plausible_day(value: dt.date) -> dt.date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Refused(
            f"{FIRST_YEAR}年から{LAST_YEAR}年までの日付を書いてください",
            f"Write a date between {FIRST_YEAR} and {LAST_YEAR}",
        )
    return value


def _local_time(value: dt.datetime) -> dt.datetime:
    _plausible_day(value)
    _to_the_second(value)
    return value


def _clock_time(value: dt.time) -> dt.time:
    _to_the_second(value)
    return value


def _to_the_second(value: dt.datetime | dt.time) -> None:
    if value.tzinfo is not None:
        raise Refused(
            "現地時刻は時差を付けずに書き、時差は時刻帯の欄に書いてください",
            "Write the local time without an offset; the zone has its own property",
        )
    if value.microsecond:
        raise Refused("時刻は秒までで書いてください", "Write the time without fractions of a second")


def _existing_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(
            f"「{value}」という時刻帯はありません。Asia/Taipei のように書いてください",
            f"There is no time zone {value}; write it like Asia/Taipei",
        ) from error
    return value


FIRST_YEAR, LAST_YEAR = 1900, 2099  # the holiday and time-zone tables end there
Short = Annotated[str, StringConstraints(max_length=80, min_length=1), AfterValidator(_visible_line)]
Line = Annotated[str, StringConstraints(max_length=200, min_length=1), AfterValidator(_visible_line)]
PhoneText = Annotated[str, StringConstraints(max_length=60, min_length=1), AfterValidator(_visible_line)]
Prose = Annotated[str, StringConstraints(max_length=4000, min_length=1), AfterValidator(_visible)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,24}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Zone = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$"), AfterValidator(_existing_zone)]
Yen = Annotated[int, Field(ge=0, le=10**12)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Days = Annotated[int, Field(ge=1, le=1_000)]
"""A period that a contract states; its first day is day 1."""
_DAY = "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?"
Day = Annotated[
    dt.date,
    AfterValidator(_plausible_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY}$"}),
]
LocalTime = Annotated[
    dt.datetime,
    AfterValidator(_local_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY}T{_CLOCK}$"}),
]
ClockTime = Annotated[
    dt.time,
    AfterValidator(_clock_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$"}),
]
