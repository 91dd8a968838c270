"""Due dates as iCalendar (RFC 5545): all-day events with stable names. Not here: which dates, who may read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils.translation import gettext
from icalendar import Calendar, Event, vDuration, vText

from mofa_requests.due_dates import DueDates, DueKind
from portal.kit.era import english_date, western_date
from portal.ui.labels import label_of, speaks_english

PRODUCT = "-//Wataridori//Deadlines//JA"
REFRESH = dt.timedelta(hours=6)
_ONE_DAY = dt.timedelta(days=1)

Link = Callable[[UUID], str]
"""From a trip's or request's id to the whole address of its page."""


def write_calendar(owner: str, dates: Iterable[DueDates], *, link: Link) -> bytes:
    """One calendar of everything in ``dates``; ``owner`` is the organisation's name. Holds no person's name."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(gettext("修学旅行の期限(%(owner)s)") % {"owner": owner}))
    calendar.add("x-wr-timezone", vText("Asia/Tokyo"))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for trip in dates:
        for kind, day in trip.due:
            calendar.add_component(_event(trip, kind, day, link(trip.id)))
    return calendar.to_ical()


def _event(trip: DueDates, kind: DueKind, day: dt.date, url: str) -> Event:
    event = Event()
    event.add("uid", f"{trip.id}-{kind.value}@wataridori")
    event.add("sequence", trip.changes)
    event.add("dtstamp", trip.changed_at)
    event.add("last-modified", trip.changed_at)
    event.add("dtstart", day)
    event.add("dtend", day + _ONE_DAY)
    event.add("summary", gettext("【%(kind)s】%(trip)s") % {"kind": label_of(kind), "trip": trip.title})
    event.add("description", _description(trip, kind))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _description(trip: DueDates, kind: DueKind) -> str:
    departs_on = english_date(trip.departs_on) if speaks_english() else western_date(trip.departs_on)
    lines = [trip.school, gettext("出発日: %(day)s") % {"day": departs_on}]
    if kind is DueKind.RECEIPT:
        lines.append(gettext("この日の17時までに、外務省に届いている必要があります(発送ではなく受取り)。"))
    lines.append(gettext("日付は計画が変わると動きます。くわしくは計画のページで確かめてください。"))
    return "\n".join(lines)
