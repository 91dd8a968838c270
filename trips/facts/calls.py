"""Which numbers of a plan have to be tried, and what the test calls so far are worth on a given day.

Not here: storing calls (trips.actions.calls), what a dialled number must look like (phones).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.dossier.types import Dossier
from portal.kit.choices import LabelledEnum
from trips.enums import CallOutcome
from trips.facts.phones import same_number

VALID_DAYS = 90
"""Our own proposal (目安): no notice says how old a test may be; people change posts with the school year."""


class Trust(LabelledEnum):
    """What is known of a number."""

    FRESH = "fresh", "確認済み", "Tested"
    OLD = "old", "90日より前の確認", "Tested more than 90 days ago"
    CHANGED = "changed", "確認の後に番号が変わりました", "Number changed since the test"
    FAILED = "failed", "つながりませんでした", "Did not get through"
    UNTESTED = "untested", "まだ確かめていません", "Not tested yet"


@dataclass(frozen=True)
class Number:
    """One number to be tried: where it stands in the plan, its field, whose it is, and the number as typed."""

    place: str
    field: str
    owner: str
    number: str


@dataclass(frozen=True)
class Call:
    """One test call as it was recorded."""

    place: str
    number: str
    called_on: dt.date
    called_by: str
    outcome: CallOutcome
    reached: str


@dataclass(frozen=True)
class CallEntry:
    """That a number was tried, without the number: which place of the plan, how it ended, who noted it (account id)."""

    place: str
    called_on: dt.date
    outcome: CallOutcome
    recorded_by: int | None
    recorded_at: dt.datetime


def numbers_to_test(dossier: Dossier) -> tuple[Number, ...]:
    """The night and holiday numbers of the people at home, and the agents' night numbers, in the plan's order."""
    return (*_at_home(dossier), *_of_agents(dossier))


def trust_in(number: Number, calls: Iterable[Call], *, on: dt.date) -> tuple[Trust, Call | None]:
    """What the latest call to this place says, and that call; calls dated after ``on`` do not count."""
    mine = [call for call in calls if call.place == number.place and call.called_on <= on]
    last = max(mine, key=lambda call: call.called_on, default=None)
    if last is None:
        return Trust.UNTESTED, None
    if not _same(last.number, number.number):
        return Trust.CHANGED, last
    if last.outcome is not CallOutcome.REACHED:
        return Trust.FAILED, last
    return (Trust.FRESH if (on - last.called_on).days <= VALID_DAYS else Trust.OLD), last


def _at_home(dossier: Dossier) -> Iterator[Number]:
    for contact in dossier.home_contacts:
        place, owner = f"home_contacts/{contact.key}", contact.name or contact.role.label
        if contact.night_phone:
            yield Number(f"{place}/night_phone", "night_phone", owner, contact.night_phone)
        if contact.holiday_phone and not _same(contact.holiday_phone, contact.night_phone or ""):
            yield Number(f"{place}/holiday_phone", "holiday_phone", owner, contact.holiday_phone)


def _of_agents(dossier: Dossier) -> Iterator[Number]:
    for agent in dossier.agents:
        if agent.night_phone:
            place = f"agents/{agent.key}/night_phone"
            yield Number(place, "night_phone", agent.name or agent.role.label, agent.night_phone)


def _same(first: str, second: str) -> bool:
    return first == second or same_number(first, second)
