"""Ending a role, switching between roles, and one's own profile. Not here: joining (invitations)."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts import queries
from portal.accounts.acting import actor_of, scope_of, subject_of
from portal.accounts.actions.refused import Refused
from portal.accounts.inviting import head_role
from portal.accounts.models import Membership, User
from portal.audit.events import EventName
from portal.audit.record import record
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as

CHOSEN = "membership"
"""Session key of the membership a person acts for."""


@transaction.atomic
def deactivate_membership(membership_id: UUID, *, by: Membership) -> Membership:
    """End somebody's role in ``by``'s own organisation. The last head stays, or nobody could mend anything."""
    head = head_role(OrgKind(by.org.kind))
    if by.role_kind is not head:
        raise Refused(_("登録を外せるのは「%(role)s」だけです。") % {"role": head.label})
    with acting_as(None):
        standing = _lock_heads(by, head)
        rows = Membership.objects.filter(org_id=by.org_id, active=True).select_related("org")
        membership = rows.filter(pk=membership_id).first()
        if membership is None:
            raise Refused(_("この登録は、すでに外されています。一覧を開き直して確かめてください。"))
        if standing == {membership.pk}:
            raise Refused(_("最後の「%(role)s」は外せません。先に後任を招待してください。") % {"role": head.label})
        membership.active = False
        membership.save(update_fields=["active"])
    record(EventName.MEMBER_REMOVED, by=actor_of(by), about=subject_of(by.org), role=membership.role)
    return membership


@transaction.atomic
def switch_membership(session: SessionBase, *, to: UUID, by: User) -> Membership:
    """From now on this session acts for another membership of the same person."""
    membership = queries.memberships_of(by).filter(pk=to).first()
    if membership is None:
        raise Refused(_("この所属には切り替えられません。所属の一覧を開き直して選んでください。"))
    session[CHOSEN] = str(membership.pk)
    with acting_as(scope_of(membership)):
        record(EventName.MEMBERSHIP_SWITCHED, by=actor_of(membership), about=subject_of(membership.org))
    return membership


def save_profile(user: User, *, name: str, language: str) -> User:
    """Name exactly as typed, and the language of screens and notices."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user


def _lock_heads(by: Membership, head: Role) -> set[UUID]:
    """The heads of the organisation, locked: two of them cannot remove each other at the same moment."""
    rows = Membership.objects.filter(org_id=by.org_id, role=head.value, active=True)
    locked = rows.select_for_update(of=("self",)).select_related("user").order_by("pk")
    return {row.pk for row in locked if row.user.is_active}
