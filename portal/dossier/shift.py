"""Moving a whole plan in time by weeks, weekdays kept. For specimens only; nothing else about the plan changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.dossier.types import Dossier, Part


def weeks_between(first: dt.date, second: dt.date) -> int:
    """Whole weeks from ``first`` to the last same weekday on or before ``second``."""
    return (second - first).days // 7


def shift(dossier: Dossier, weeks: int) -> Dossier:
    """The same plan ``weeks`` later: every date and local time moves, births too, so that ages stay what they were."""
    return _shifted(dossier, dt.timedelta(weeks=weeks))


def _shifted(part: Any, by: dt.timedelta) -> Any:
    changes = {name: _value(getattr(part, name), by) for name in type(part).model_fields}
    return part.model_copy(update=changes)


def _value(value: Any, by: dt.timedelta) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value + by
    if isinstance(value, Part):
        return _shifted(value, by)
    if isinstance(value, tuple):
        return tuple(_value(entry, by) for entry in value)
    return value
