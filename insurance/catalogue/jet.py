"""A JET participant's policy number and period of cover, from the page's own tables; unknown cohorts stay unknown.

Not here: leaving in mid-term (insurance.periods), what is paid (insurance.cover).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from insurance.catalogue.load import product
from insurance.catalogue.types import Period, PeriodRule, PolicyNumber
from insurance.enums import Season, Standing
from portal.kit.era import western_date
from portal.kit.text import Refused

CODE = "jet"
MID_TERM = "P6"
"""The clause on leaving in mid-term."""
_AHEAD = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who is insured: ``year`` is that of arrival, or of renewal for the reappointed."""

    season: Season
    status: Standing
    year: int
    left_home: dt.date | None = None
    arrived: dt.date | None = None
    reached_home: dt.date | None = None


def policy_number(season: Season, year: int) -> PolicyNumber | None:
    """The number of those who arrived then; ``None`` where the page does not give it. Never guessed."""
    numbers = product(CODE).numbers
    return next((row for row in numbers if (row.season, row.year) == (season, year)), None)


def cohorts_of(number: str) -> tuple[PolicyNumber, ...]:
    """Every cohort with that number: a number is no key."""
    return tuple(row for row in product(CODE).numbers if row.number == number)


def rule_for(person: Participant) -> PeriodRule:
    rules = product(CODE).periods
    return next(rule for rule in rules if (rule.season, rule.status) == (person.season, person.status))


def period_of(person: Participant) -> Period:
    """First and last day of cover of somebody who stays to the end. Raises :class:`Refused` for missing days.

    New participants: from leaving home or two days before arrival, whichever is later, to the day listed.
    """
    rule = rule_for(person)
    listed = dt.date(person.year + 1, rule.end_month, rule.end_day)
    last = min(listed, person.reached_home) if person.reached_home else listed
    first = _fixed_start(rule, person) if rule.start == "fixed" else _start_of_new(person)
    if last < first:
        raise Refused(
            f"保険の終わり({western_date(last)})が始まり({western_date(first)})より前になります。日付を確かめてください",
            f"Cover would end on {last}, before it starts on {first}",
        )
    return Period(first=first, last=last, clause=rule.clause)


def _fixed_start(rule: PeriodRule, person: Participant) -> dt.date:
    listed = dt.date(person.year, rule.start_month or 1, rule.start_day or 1)
    return max(listed, person.left_home) if person.left_home else listed


def _start_of_new(person: Participant) -> dt.date:
    if person.arrived is None:
        raise Refused("来日した日がないと保険の始まりが分かりません。書いてください", "The day of arrival is missing")
    ahead = person.arrived - _AHEAD
    return max(ahead, person.left_home) if person.left_home else ahead
