"""Clock times as itineraries write them, night hours counted on past midnight. Not here: dates (era), moments."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from portal.kit.text import Refused

_HOUR = re.compile(r"(翌々日?|翌日?)?\s*(\d{1,2})(?:[:時.](\d{1,2})分?|(\d{2})|時)\s*\(?(?:\+(\d))?(?:日|翌日)?\)?$")
_DAYS_ON = {None: 0, "翌": 1, "翌日": 1, "翌々": 2, "翌々日": 2}
_LAST_HOUR = 30  # itineraries count a night's hours on: 25:30 is half past one of the next day


def parse_hour(text: str) -> tuple[int, dt.time]:
    """(days later, time of day): ``9:15``, ``25:30``, ``6:10(+1)``, ``翌6時10分``. Raises :class:`Refused`."""
    match = _HOUR.fullmatch(_narrow(text))
    if match:
        hour, minute = int(match[2]), int(match[3] or match[4] or 0)
        if hour < _LAST_HOUR and minute < 60:
            return _DAYS_ON[match[1]] + int(match[5] or 0) + hour // 24, dt.time(hour % 24, minute)
    raise Refused("時刻は 9:15 のように書いてください", "Write the time like 9:15")


def is_hour(text: str) -> bool:
    """Whether ``text`` has the form of such a time."""
    return bool(_HOUR.fullmatch(_narrow(text)))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
