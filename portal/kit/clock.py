"""The only source of "now" and "today" in the product; tests and ``--on`` may stop the clock.

Not here: which days are open (calendar), how dates are printed (era).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
_NOON = dt.time(12)
_stopped: ContextVar[dt.datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> dt.datetime:
    """This instant, in UTC."""
    return _stopped.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The date in Tokyo at this instant."""
    return now().astimezone(TOKYO).date()


@contextmanager
def stopped_at(moment: dt.date | dt.datetime) -> Iterator[None]:
    """Stop the clock inside the block: at an instant (with zone), or at noon in Tokyo of a date.

    Holds for this thread or task only and may be nested. Raises ``ValueError`` for an instant without a zone.
    """
    token = _stopped.set(_instant(moment))
    try:
        yield
    finally:
        _stopped.reset(token)


def _instant(moment: dt.date | dt.datetime) -> dt.datetime:
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, _NOON, TOKYO).astimezone(dt.UTC)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(dt.UTC)
