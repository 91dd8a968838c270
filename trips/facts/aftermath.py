"""The report of a return and the notes of incidents as values. Not here: storing them (trips.actions.reports)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trips.enums import IncidentKind


@dataclass(frozen=True)
class Report:
    """What a school says after the return; empty text where nothing is said."""

    returned_on: dt.date | None = None
    all_back: bool | None = None
    summary: str = ""
    lessons: str = ""


@dataclass(frozen=True)
class Incident:
    """One thing that happened, at a local time."""

    happened_at: dt.datetime
    place: str
    kind: IncidentKind
    people: int | None
    what: str
    measures: str
    told: str
