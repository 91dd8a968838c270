"""Dates and times as messages print them in Japanese. English messages keep the ISO form.

Not here: eras for letters (portal.kit), the messages themselves.
"""

from __future__ import annotations

import datetime as dt

_WEEKDAYS = "月火水木金土日"


def day_words(day: dt.date) -> str:
    """2027年3月10日(水)."""
    return f"{day.year}年{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"


def moment_words(moment: dt.datetime) -> str:
    """3月10日(水)9:25; the year is left out, the trip's dates say it."""
    return f"{moment.month}月{moment.day}日({_WEEKDAYS[moment.weekday()]}){moment.hour}:{moment.minute:02}"
