"""Counting back from departure: when the ministry must have the papers, when each office must send them on.

Not here: the words of the steps (deadline_steps), whether a plan was in time (rule chapters), open days (kit.calendar).

Pure; dates are dates in Tokyo. R1–R8 are the project's reading of the notices. Departure (R1) is the earliest date on
which anyone of the party leaves Japan.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from portal.kit import calendar
from portal.kit.choices import LabelledEnum
from portal.kit.clock import TOKYO
from portal.lawbook.deadline_steps import Dates, Step, explain
from portal.lawbook.edition import ProcedureEdition, load_edition

AUTHORITY_DAYS = 3
SCHOOL_DAYS = 10
DAY_ENDS_AT = dt.time(17)
_FIFTEEN_DAY_EDITION = "2024"
_ONE_DAY = dt.timedelta(days=1)


class DeadlineState(LabelledEnum):
    """Where a plan stands on a day (R7)."""

    ON_TIME = "on_time", "間に合う", "In time"
    AT_RISK = "at_risk", "要注意", "At risk"
    LATE = "late", "期限後", "Past the deadline"


@dataclass(frozen=True)
class Deadlines:
    """All dates of one departure under one edition; ``receipt`` is the day by whose end the ministry has the papers.

    ``municipal_dispatch`` is None without a municipal board. ``fifteen_day_receipt`` is the 15-day edition's date,
    after which the ministry's present notice is missed too. ``estimated_holidays``: an equinox beyond the official
    list lies in the span, so the dates may still move by a day (R8).
    """

    departure: dt.date
    edition: str
    nominal: dt.date
    receipt: dt.date
    strict: dt.date
    authority_dispatch: dt.date
    municipal_dispatch: dt.date | None
    school_submission: dt.date
    fifteen_day_receipt: dt.date
    estimated_holidays: bool
    steps: tuple[Step, ...]

    def state(self, on: dt.date) -> DeadlineState:
        """Where an unsent plan stands on ``on``: at risk once the school's date has passed, late after receipt (R7)."""
        if on > self.receipt:
            return DeadlineState.LATE
        return DeadlineState.AT_RISK if on > self.school_submission else DeadlineState.ON_TIME

    def past_fifteen_days(self, on: dt.date) -> bool:
        """Whether even the 15-day date has passed (R7)."""
        return on > self.fifteen_day_receipt

    def received_in_time(self, received_at: dt.datetime) -> bool:
        """Whether papers that arrived at an instant (with zone) were in time: until 17:00 in Tokyo on receipt (R3)."""
        if received_at.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return received_at <= dt.datetime.combine(self.receipt, DAY_ENDS_AT, TOKYO)

    def as_json(self) -> dict[str, Any]:
        """The dates in ISO form and the steps, for command output and the API."""
        return _plain(asdict(self))


def deadlines(
    departure: dt.date,
    edition: str | ProcedureEdition,
    *,
    authority_days: int = AUTHORITY_DAYS,
    school_days: int = SCHOOL_DAYS,
    municipal_days: int | None = None,
) -> Deadlines:
    """Every deadline of a departure (R1) under an edition, counted in open days of the ministry (R6).

    ``authority_days`` lie between the authority's dispatch and receipt, ``municipal_days`` between the municipal
    board's dispatch and the authority's, ``school_days`` between the school's submission and the first dispatch.
    Raises ``ValueError`` for negative days, ``KeyError`` for an unknown edition.
    """
    rules = edition if isinstance(edition, ProcedureEdition) else load_edition(edition)
    nominal = rules.deadline.nominal(departure)
    receipt = calendar.previous_open_day(nominal)
    dispatch = calendar.open_days_before(receipt, authority_days)
    municipal = None if municipal_days is None else calendar.open_days_before(dispatch, municipal_days)
    dates = Dates(
        departure=departure,
        nominal=nominal,
        receipt=receipt,
        strict=calendar.previous_open_day(nominal - _ONE_DAY),
        authority_dispatch=dispatch,
        municipal_dispatch=municipal,
        school_submission=calendar.open_days_before(municipal or dispatch, school_days),
        authority_days=authority_days,
        municipal_days=municipal_days or 0,
        school_days=school_days,
    )
    return _gathered(rules, dates)


def _gathered(rules: ProcedureEdition, dates: Dates) -> Deadlines:
    fifteen = load_edition(_FIFTEEN_DAY_EDITION).deadline.nominal(dates.departure)
    return Deadlines(
        departure=dates.departure,
        edition=rules.code,
        nominal=dates.nominal,
        receipt=dates.receipt,
        strict=dates.strict,
        authority_dispatch=dates.authority_dispatch,
        municipal_dispatch=dates.municipal_dispatch,
        school_submission=dates.school_submission,
        fifteen_day_receipt=calendar.previous_open_day(fifteen),
        estimated_holidays=calendar.rests_on_estimate(dates.school_submission, dates.nominal),
        steps=tuple(explain(rules.deadline, dates)),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value.isoformat() if isinstance(value, dt.date) else value
