"""Filters that print dates, eras, money, telephone numbers and labels. A built-in library of every template."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from portal.kit.era import WEEKDAYS, era_date, western_date
from portal.kit.phones import international
from portal.ui.labels import label_of, speaks_english

register = template.Library()
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.filter
def jdate(value: dt.date | None) -> str:
    """``2027年1月6日(水)``, in English ``Wed 6 Jan 2027``; nothing for no date. Instants are read in Tokyo."""
    if value is None or value == "":
        return ""
    day = _local(value)
    if speaks_english():
        return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return western_date(day)


@register.filter
def jday(value: dt.date | None) -> str:
    """``1月6日(水)`` where the year is plain from the place; in English ``Wed 6 Jan``."""
    if value is None or value == "":
        return ""
    day = _local(value)
    if speaks_english():
        return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"
    return f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


@register.filter
def jtime(value: dt.datetime | dt.time | None) -> str:
    """``9:15``, hours without a leading zero as timetables print them."""
    if value is None or value == "":
        return ""
    moment = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    return f"{moment.hour}:{moment.minute:02d}"


@register.filter
def jdatetime(value: dt.datetime | None) -> str:
    """``2027年1月6日(水) 9:15``."""
    return f"{jdate(value)} {jtime(value)}".strip()


@register.filter
def iso(value: dt.date | None) -> str:
    """What a ``time`` element's ``datetime`` attribute wants."""
    return value.isoformat() if value else ""


@register.filter
def era(value: dt.date | None) -> str:
    """``令和9年1月6日(水)`` where the paper wants the era; English pages read the western date."""
    if value is None or value == "":
        return ""
    return jdate(value) if speaks_english() else era_date(_local(value))


@register.filter
def phone(value: str | None, country: str | None = None) -> str:
    """A telephone number as typed on Japanese pages; in English with the country code where it can be read."""
    if not value:
        return ""
    return (international(value, country) or value) if speaks_english() else value


@register.filter
def yen(value: int | None) -> str:
    """``1,234,000円``, in English ``¥1,234,000``; nothing for no amount."""
    if value is None or value == "":
        return ""
    return f"¥{int(value):,}" if speaks_english() else f"{int(value):,}円"


@register.filter
def days_left(value: int | None) -> str:
    """A count of days in words: あと12日, 本日まで, 3日超過."""
    if value is None:
        return ""
    if value == 0:
        return gettext("本日まで")
    if value > 0:
        return gettext("あと%(days)d日") % {"days": value}
    return gettext("%(days)d日超過") % {"days": -value}


@register.filter
def days_tone(value: int | None) -> str:
    """The tone of a count of days: past is an error, a week or less a warning."""
    if value is None:
        return ""
    if value < 0:
        return "error"
    return "warn" if value <= 7 else ""


@register.filter
def label(value: Any) -> str:
    """The label of an enumeration's member in the page's language."""
    return label_of(value)


def _local(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
