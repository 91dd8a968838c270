"""Who may invite whom: the parent founds, the head of an organisation staffs it. Pure, no Django.

Not here: tokens, mails and memberships (actions).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.directory.kinds import OrgKind
from portal.kit.roles import Audience, Role

HEADS: dict[Audience, Role] = {
    Audience.SCHOOL: Role.SCHOOL_PRINCIPAL,
    Audience.AUTHORITY: Role.AUTHORITY_APPROVER,
    Audience.JCSOS: Role.JCSOS_MEMBERS,
    Audience.PLATFORM: Role.PLATFORM_OPERATOR,
}
"""The role that answers for an organisation: it staffs it, and its last holder cannot be removed."""

FOUNDERS = frozenset(
    {Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER, Role.JCSOS_MEMBERS, Role.PLATFORM_OPERATOR},
)
"""The roles that may invite the head of an organisation below their own."""


@dataclass(frozen=True)
class Place:
    """An organisation as far as inviting goes."""

    org_id: UUID
    kind: OrgKind
    parent_id: UUID | None


def head_role(kind: OrgKind) -> Role:
    """The role that answers for an organisation of this kind."""
    return HEADS[kind.audience]


def invitable_roles(role: Role, *, at: Place, target: Place) -> tuple[Role, ...]:
    """The roles that a holder of ``role`` in ``at`` may offer in ``target``; empty when none.

    Only the head of a child is offered from above: an authority that could staff a school would see its live rows.
    """
    if target.org_id == at.org_id:
        return Role.of(at.kind.audience) if role is head_role(at.kind) else ()
    return (head_role(target.kind),) if _may_found(role, at, target) else ()


def _may_found(role: Role, at: Place, target: Place) -> bool:
    if role.audience is not at.kind.audience or role not in FOUNDERS:
        return False
    if at.kind is OrgKind.JCSOS:
        return target.kind is OrgKind.SCHOOL and target.parent_id in (None, at.org_id)
    if at.kind is OrgKind.PLATFORM:
        return target.parent_id is None and target.kind not in (OrgKind.SCHOOL, OrgKind.PLATFORM)
    return target.parent_id == at.org_id
