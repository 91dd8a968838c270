"""Reading people, memberships and invitations. Not here: writing (actions), deciding who may (inviting, gates)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.acting import place_of
from portal.accounts.inviting import FOUNDERS, invitable_roles
from portal.accounts.models import Invitation, Membership, User
from portal.audit.models import Event
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as


def memberships_of(user: User) -> QuerySet[Membership]:
    """The active memberships of a person in active organisations, oldest first, organisation loaded."""
    return Membership.objects.filter(user=user, active=True, org__active=True).select_related("org")


def members_of(org: Org) -> QuerySet[Membership]:
    """Everybody who holds a role in ``org`` today, person loaded, in the order they joined."""
    return Membership.objects.filter(org=org, active=True, user__is_active=True).select_related("user", "org")


def holders_of(org_id: UUID, roles: Iterable[Role]) -> QuerySet[User]:
    """The people to tell: active holders of one of ``roles`` in the organisation, each once."""
    wanted = [role.value for role in roles]
    held = Membership.objects.filter(org_id=org_id, active=True, role__in=wanted).values("user_id")
    return User.objects.filter(is_active=True, pk__in=held)


def pending_invitations_of(org: Org) -> list[Invitation]:
    """Invitations to ``org`` neither accepted nor revoked, expired ones included, newest first."""
    # Invitations are no tenant rows: the login role reads them, no audience does.
    with acting_as(None):
        return list(Invitation.objects.filter(org=org, accepted_at__isnull=True, revoked_at__isnull=True))


def open_invitation(token_hash: str) -> Invitation | None:
    """The invitation behind a token's hash, if it may still be accepted now."""
    found = Invitation.objects.select_related("org").filter(token_hash=token_hash, org__active=True).first()
    return found if found is not None and found.is_open(timezone.now()) else None


def sign_ins_at(org: Org) -> QuerySet[Event]:
    """What the history of ``org`` tells of its people's and machines' coming and going, newest first."""
    told = Q(name__startswith="account.") | Q(name__startswith="machine.")
    return Event.objects.filter(told, actor_org=org).order_by("-id")


def sign_ins_of(user: User, *, at: Org) -> QuerySet[Event]:
    """The same of one person; a failed sign-in is nobody's act and names the account it was tried on."""
    return sign_ins_at(at).filter(Q(actor_user=user) | Q(facts__account=user.pk))


def people_in(events: Iterable[Event]) -> dict[int, User]:
    """Whom events tell of, by id: who acted, or on whose account somebody tried."""
    ids = {event.actor_user_id or event.facts.get("account") for event in events}
    return User.objects.in_bulk([one for one in ids if one is not None])


def hash_token(token: str) -> str:
    """What is stored of an invitation's token: its sha256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def organisations_below(membership: Membership, *, containing: str = "") -> QuerySet[Org]:
    """The organisations whose head this membership may invite, by name; ``containing`` narrows by part of the name."""
    role, org = membership.role_kind, membership.org
    if role not in FOUNDERS:
        return Org.objects.none()
    below = Org.objects.filter(_below(org), active=True).exclude(pk=org.pk)
    return below.filter(Q(name__contains=containing) | Q(kana__contains=containing)) if containing else below


def organisation_below(membership: Membership, org_id: UUID) -> Org | None:
    """One of ``organisations_below``, or ``None``."""
    return organisations_below(membership).filter(pk=org_id).first()


def roles_to_offer(membership: Membership, org: Org) -> tuple[Role, ...]:
    """The roles this membership may offer in ``org``."""
    return invitable_roles(membership.role_kind, at=place_of(membership.org), target=place_of(org))


def _below(org: Org) -> Q:
    """The same rule as ``inviting.invitable_roles``, as a condition on rows."""
    if org.kind == OrgKind.JCSOS:
        return Q(kind=OrgKind.SCHOOL.value) & (Q(parent=None) | Q(parent=org))
    if org.kind == OrgKind.PLATFORM:
        return Q(parent=None) & ~Q(kind__in=(OrgKind.SCHOOL.value, OrgKind.PLATFORM.value))
    return Q(parent=org)
