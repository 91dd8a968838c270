"""A prefecture's desk in bulk: thousands of open and past plans as their frozen figures, written by COPY.

Here: making rows. Not here: measuring them (bench.inbox). Names and places are invented and marked 見本.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import Org
from tests.factories.cast import Seat, school

PLACES = ("台湾(台北)", "シンガポール", "オーストラリア(ブリスベン)", "米国(ホノルル)", "マレーシア", "英国(ロンドン)")
OPEN_STATES = ("submitted", "submitted", "in_review", "in_review", "returned", "approved", "forwarded")
SCHOOLS = 150
TRIP = ("id", "school_id", "trip_no", "state", "edition", "demo", "practice", "created_at")
REQUEST = (
    *("id", "school_id", "trip_id", "kind", "state", "edition", "forwarder_org_id", "revision_number", "late"),
    *("jcsos_open", "title", "places", "departs_on", "returns_on", "party_total", "danger_level", "warning_count"),
    *("advice_count", "school_due_on", "dispatch_due_on", "receipt_due_on", "created_at", "submitted_at"),
    *("submitted_by_id", "claimed_at", "claimed_by_id", "returned_at", "returned_by_id", "approved_at"),
    *("approved_by_id", "forwarded_at", "forwarded_by_id", "acknowledged_at", "received_on", "mofa_called_note"),
    "withdrawn_reason",
)
_REVISION = (
    *("id", "school_id", "request_id", "forwarder_org_id", "number", "edition", "document", "findings", "verdict"),
    *("lawbook_digest", "commitment", "sha256", "attested_by_title", "submitted_by_id", "submitted_at", "jcsos_open"),
)
_REMARK = (
    *("id", "school_id", "request_id", "forwarder_org_id", "revision_id", "pointer", "kind", "text", "internal"),
    *("written_at", "written_by_id", "written_for_id", "answer"),
)


class Crowd:
    """Plans before one authority; the same seed makes the same crowd."""

    def __init__(self, *, principal: Seat, officer: Seat, approver: Seat, seed: int = 6) -> None:
        self.principal, self.officer, self.approver = principal, officer, approver
        self.chance = random.Random(seed)
        self.schools: list[Org] = []
        self.today = clock.today()

    def arrive(self, *, still_open: int, past: int) -> None:
        """Write the crowd in one transaction."""
        with transaction.atomic():
            self.schools = [school(self.officer.org, name=f"見本県立第{n}高等学校") for n in range(SCHOOLS)]
            plans = [self._plan(n, None) for n in range(still_open)] + [self._plan(n, n) for n in range(past)]
            copy_rows("trips_trip", TRIP, (self._trip(plan) for plan in plans))
            copy_rows("mofa_requests_mofarequest", REQUEST, (line_of(plan, REQUEST) for plan in plans))
            noted = plans[:still_open]
            revisions = {plan["id"]: uuid7() for plan in noted}
            copy_rows("mofa_requests_revision", _REVISION, (self._revision(plan, revisions) for plan in noted))
            copy_rows("mofa_requests_remark", _REMARK, self._remarks(noted[::3], revisions))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _plan(self, number: int, age: int | None) -> dict[str, Any]:
        """The figures of one request; ``age`` is given for one that was done within the last ten years."""
        ahead = self.chance.randrange(-3, 90) if age is None else -self.chance.randrange(30, 3650)
        receipt = self.today + dt.timedelta(days=ahead)
        departs = receipt + dt.timedelta(days=31)
        plan: dict[str, Any] = {
            "id": uuid7(),
            "trip_id": uuid7(),
            "school_id": self.chance.choice(self.schools).pk,
            "kind": "filing",
            "edition": "2003",
            "forwarder_org_id": self.officer.org.pk,
            "revision_number": self.chance.choice((1, 1, 1, 2)),
            "late": False,
            "jcsos_open": False,
            "title": f"{departs.year}年度海外修学旅行 {number}",
            "places": self.chance.choice(PLACES),
            "departs_on": departs,
            "returns_on": departs + dt.timedelta(days=4),
            "party_total": self.chance.randrange(20, 400),
            "danger_level": self.chance.choice((0, 0, 0, 1, 2)),
            "warning_count": self.chance.randrange(0, 5),
            "advice_count": self.chance.randrange(0, 4),
            "school_due_on": receipt - dt.timedelta(days=19),
            "dispatch_due_on": receipt - dt.timedelta(days=5),
            "receipt_due_on": receipt,
            "created_at": _at(receipt, -60),
            "submitted_at": _at(receipt, -20),
            "submitted_by_id": self.principal.membership.user_id,
            "mofa_called_note": "",
            "withdrawn_reason": "",
        }
        return plan | self._stamps("acknowledged" if age is not None else OPEN_STATES[number % 7], receipt)

    def _stamps(self, state: str, receipt: dt.date) -> dict[str, Any]:
        officer, approver = self.officer.membership.user_id, self.approver.membership.user_id
        reached = ("in_review", "approved", "forwarded", "acknowledged")
        place = reached.index(state) if state in reached else -1
        stamps: dict[str, Any] = {"state": state}
        if place >= 0:
            stamps |= {"claimed_at": _at(receipt, -15), "claimed_by_id": officer}
        if place >= 1:
            stamps |= {"approved_at": _at(receipt, -9), "approved_by_id": approver}
        if place >= 2:
            stamps |= {"forwarded_at": _at(receipt, -7), "forwarded_by_id": officer}
        if place >= 3:
            stamps |= {"acknowledged_at": _at(receipt, -3), "received_on": receipt - dt.timedelta(days=3)}
        if state == "returned":
            stamps |= {"returned_at": _at(receipt, -12), "returned_by_id": officer}
        return stamps

    def _trip(self, plan: dict[str, Any]) -> Sequence[Any]:
        number = f"B{plan['id'].hex[-12:]}"
        return (plan["trip_id"], plan["school_id"], number, "open", "2003", True, False, plan["created_at"])

    def _revision(self, plan: dict[str, Any], ids: dict[UUID, UUID]) -> Sequence[Any]:
        mine = (ids[plan["id"]], plan["school_id"], plan["id"], plan["forwarder_org_id"])
        digest = "0" * 64
        signed = (self.principal.membership.user_id, plan["submitted_at"], False)
        return (*mine, 1, "2003", "{}", "[]", "ready", digest, digest, digest, "校長", *signed)

    def _remarks(self, plans: Iterable[dict[str, Any]], ids: dict[UUID, UUID]) -> Iterator[Sequence[Any]]:
        by, org = self.officer.membership.user_id, self.officer.org.pk
        for plan in plans:
            mine = (uuid7(), plan["school_id"], plan["id"], org, ids[plan["id"]])
            yield (*mine, "/stays", "missing", "宿泊先の電話番号がありません", False, plan["submitted_at"], by, org, "")


def _at(day: dt.date, days: int) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(10), clock.TOKYO)


def line_of(plan: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [plan.get(name) for name in names]


def copy_rows(table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY into a table beside, then insert from there: COPY itself refuses tables with row security."""
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE beside ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0")
        with cursor.cursor.copy(f"COPY beside ({columns}) FROM STDIN") as sink:
            for row in rows:
                sink.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM beside")
        cursor.execute("DROP TABLE beside")
