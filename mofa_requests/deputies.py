"""Reading who stands in for whom at an authority. Not here: naming and ending (actions.deputising)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from mofa_requests.models import Deputy
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.kit.roles import Role

OFFICERS = (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)


@dataclass(frozen=True)
class Mandate:
    """A deputy's row with the role that the absent person holds today: what may be done in their stead."""

    row: Deputy
    role: Role


def deputies_of(org_id: UUID) -> QuerySet[Deputy]:
    """Every mandate at an authority, the latest beginning first."""
    rows = Deputy.objects.filter(org_id=org_id).select_related("person", "deputy", "named_by", "ended_by")
    return rows.order_by("-from_on", "-id")


def in_force(org_ids: Iterable[UUID | None], *, on: dt.date) -> dict[tuple[UUID, int], Deputy]:
    """(authority, absent person) → who stands in on ``on``, in one query."""
    open_ones = Deputy.objects.filter(ended_at=None, from_on__lte=on, until_on__gte=on)
    rows = open_ones.filter(org_id__in=[each for each in org_ids if each]).select_related("deputy")
    return {(row.org_id, row.person_id): row for row in rows}


def mandates_of(by: Actor, *, on: dt.date) -> list[Mandate]:
    """For whom this person may decide on ``on``: colleagues who are away and still hold their role."""
    if by.org_id is None or by.user_id is None:
        return []
    rows = list(_open(by.org_id, on=on).filter(deputy_id=by.user_id).select_related("person"))
    roles = _roles_of(by.org_id, [row.person_id for row in rows]) if rows else {}
    return [Mandate(row, roles[row.person_id]) for row in rows if row.person_id in roles]


def _open(org_id: UUID, *, on: dt.date) -> QuerySet[Deputy]:
    return Deputy.objects.filter(org_id=org_id, ended_at=None, from_on__lte=on, until_on__gte=on)


def _roles_of(org_id: UUID, user_ids: list[int]) -> dict[int, Role]:
    """The strongest role at the desk of each of these people, as far as they still hold one."""
    wanted = [role.value for role in OFFICERS]
    held = Membership.objects.filter(org_id=org_id, user_id__in=user_ids, active=True, role__in=wanted)
    roles: dict[int, Role] = {}
    for user_id, role in held.values_list("user_id", "role"):
        if roles.get(user_id) is not Role.AUTHORITY_APPROVER:
            roles[user_id] = Role(role)
    return roles
