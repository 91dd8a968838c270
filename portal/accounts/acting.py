"""From a membership to what the database and the history need to know of it: the scope and the actor."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from portal.accounts.inviting import Place
from portal.accounts.models import Membership
from portal.accounts.requests import MemberRequest
from portal.audit.record import Actor, Subject
from portal.directory.kinds import OrgKind
from portal.kit import roles
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope

_ENDORSING = (OrgKind.MUNICIPAL_BOARD.value, OrgKind.DESIGNATED_CITY_BOARD.value)


def scope_of(membership: Membership, *, health: bool = False) -> Scope:
    """The window of a membership; ``health`` opens the narrower tables of special-care data as well."""
    return Scope(database_audience(membership), membership.org_id, membership.user_id, health)


def database_audience(membership: Membership) -> Audience:
    """Boards of towns and designated cities look as endorsers, every other authority as forwarder.

    A designated city endorses under the 2003 notices and forwards under later ones; the endorser's policies cover both.
    """
    audience = membership.role_kind.audience
    if audience is roles.Audience.AUTHORITY:
        return Audience.ENDORSER if membership.org.kind in _ENDORSING else Audience.FORWARDER
    return Audience(audience.value)


def actor_of(membership: Membership) -> Actor:
    """The person, role and organisation as the history records them; a machine has no person."""
    return Actor(user_id=membership.user_id, role=membership.role, org_id=membership.org_id)


def actor_at(request: HttpRequest) -> Actor:
    """Who sends a request behind ``members``: the middleware has seated them before the view runs."""
    return actor_of(cast(MemberRequest, request).membership)


def subject_of(org: Org) -> Subject:
    """An event about an organisation itself, readable by its own people through whichever window they look."""
    audience = OrgKind(org.kind).audience
    return Subject(
        school_id=org.pk if audience is roles.Audience.SCHOOL else None,
        # Both windows of an authority show what it forwards; JCSOS and the operator read as the actor.
        forwarder_org_id=org.pk if audience is roles.Audience.AUTHORITY else None,
    )


def place_of(org: Org) -> Place:
    """An organisation as the rules of inviting see it."""
    return Place(org_id=org.pk, kind=OrgKind(org.kind), parent_id=org.parent_id)
