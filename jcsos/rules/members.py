"""Membership as values: contacts by duty, terms, how a membership stands on a day, and what a letter of it says. Pure.

Not here: rows and documents (models.membership), who may change what (actions.members).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jcsos.enums import ContactDuty, Service
from portal.kit.choices import LabelledEnum

ENDS_SOON = dt.timedelta(days=60)
LETTER_HOLDS = dt.timedelta(days=365)
"""A letter holds for a year at most, and never longer than the term."""


class Standing(LabelledEnum):
    """How a membership stands on a day."""

    CURRENT = "current", "会員", "Member"
    ENDING = "ending", "まもなく期間が終わります", "Term ends soon"
    OVERDUE = "overdue", "期間が過ぎています(継続の手続待ち)", "Term is over, renewal awaited"
    LEFT = "left", "退会", "Left"


@dataclass(frozen=True)
class Contact:
    """Whom to reach for one duty."""

    duty: ContactDuty
    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def said(self) -> bool:
        return bool(self.name or self.phone or self.email)


@dataclass(frozen=True)
class Terms:
    """The period of a membership and the services held."""

    term_from: dt.date | None = None
    term_until: dt.date | None = None
    services: tuple[Service, ...] = ()


def standing_of(*, term_until: dt.date | None, left_on: dt.date | None, on: dt.date) -> Standing:
    """Leaving counts at once; a term that ran out waits for its renewal and is said to."""
    if left_on is not None:
        return Standing.LEFT
    if term_until is None or term_until - on > ENDS_SOON:
        return Standing.CURRENT
    return Standing.ENDING if term_until >= on else Standing.OVERDUE


def contacts_from(stored: Iterable[dict[str, str]]) -> dict[ContactDuty, Contact]:
    """The stored contacts by duty; every duty has an entry, empty where nothing is known."""
    known = {ContactDuty(one["duty"]): one for one in stored}
    empty: dict[str, str] = {}
    return {
        duty: Contact(duty, **{name: known.get(duty, empty).get(name, "") for name in ("name", "phone", "email")})
        for duty in ContactDuty
    }


def contacts_as_json(contacts: Iterable[Contact]) -> list[dict[str, str]]:
    """For the column; duties without any contact are left out."""
    return [
        {"duty": one.duty.value, "name": one.name, "phone": one.phone, "email": one.email}
        for one in contacts
        if one.said
    ]


def letter_until(*, term_until: dt.date | None, on: dt.date) -> dt.date:
    """The last day of a letter issued ``on``."""
    usual = on + LETTER_HOLDS
    return min(term_until, usual) if term_until and term_until >= on else usual


def letter_says(
    *, institution: str, since: dt.date, services: Iterable[Service], issued_on: dt.date, valid_until: dt.date
) -> dict[str, Any]:
    """What a letter says, and all that its public page shows: JSON values."""
    return {
        "institution": institution,
        "kind": "Full member",
        "since": since.isoformat(),
        "services": [service.english for service in services],
        "issued_on": issued_on.isoformat(),
        "valid_until": valid_until.isoformat(),
    }
