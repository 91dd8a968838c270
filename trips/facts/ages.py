"""Ages in full years (満年齢) on a day. Not here: which ages are plausible (trips.rules)."""

from __future__ import annotations

import datetime as dt


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years on ``day``; somebody born on 29 February turns older on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
