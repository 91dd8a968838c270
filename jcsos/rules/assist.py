"""J-TAS: who is eligible by which sentence, and which cases look like one event. Not here: rows, screens, phones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from jcsos.enums import Cover
from portal.kit.choices import LabelledEnum

MEMBERS_CLAUSE = (
    "In December 2008 a new emergency service named J-TAS(JCSOS Total Assistance Service) was introduced to JCSOS"
    " members."
)
COVER_CLAUSE = (
    "If they are covered by proper insurance (Tokyo Marine) the assistance centre will take immediate and appropriate"
    " action."
)
"""Verbatim in docs/sources/000 (JCSOS's own profile)."""
ONE_EVENT = dt.timedelta(hours=24)
ESCALATES_AT = 2


class Standing(LabelledEnum):
    """What J-TAS can do for the person."""

    FULL = (
        "full",
        "J-TASの対象です。アシスタンスセンターが直ちに動けます",
        "Eligible: the assistance centre acts at once",
    )
    ADVICE = (
        "advice",
        "会員校の人です。保険が確かめられるまで、アシスタンスセンターの直接の手配は約束できません",
        "A member's: the assistance centre's own action is not assured until the cover is known",
    )
    OUTSIDE = "outside", "会員校の人と確かめられていません", "Not known to belong to a member school"


@dataclass(frozen=True)
class Eligibility:
    """The standing and the sentences it rests on."""

    standing: Standing
    clauses: tuple[str, ...]


def eligibility(*, member: bool, cover: Cover) -> Eligibility:
    """Membership decides whether, cover decides how far. A case is taken in either way."""
    if not member:
        return Eligibility(Standing.OUTSIDE, (MEMBERS_CLAUSE,))
    standing = Standing.FULL if cover is Cover.PROPER else Standing.ADVICE
    return Eligibility(standing, (MEMBERS_CLAUSE, COVER_CLAUSE))


@dataclass(frozen=True)
class Seen:
    """What grouping looks at of a case: never a person."""

    case_id: UUID
    country: str
    opened_at: dt.datetime
    request_id: UUID | None = None


def alike(case: Seen, others: Iterable[Seen]) -> tuple[UUID, ...]:
    """Other cases of the same trip, or of the same country within a day: perhaps one event."""
    return tuple(
        other.case_id
        for other in others
        if other.case_id != case.case_id and (_same_trip(case, other) or _same_place(case, other))
    )


def _same_trip(case: Seen, other: Seen) -> bool:
    return case.request_id is not None and case.request_id == other.request_id


def _same_place(case: Seen, other: Seen) -> bool:
    return bool(case.country) and case.country == other.country and abs(case.opened_at - other.opened_at) <= ONE_EVENT
