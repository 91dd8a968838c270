"""A member makes and stops the secret address of the own calendar. Not here: finding one (feeds)."""

from __future__ import annotations

import secrets

from django.db import transaction

from mofa_requests.models import CalendarFeed
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership
from portal.accounts.queries import hash_token
from portal.audit.events import EventName
from portal.audit.record import Subject, record
from portal.kit import clock
from portal.kit.roles import Audience

TOKEN_BYTES = 32


@transaction.atomic
def open_feed(membership: Membership) -> str:
    """A new secret token for the membership, shown this once; a former one stops working."""
    _stop(membership)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(membership=membership, token_hash=hash_token(token))
    record(EventName.FEED_OPENED, by=actor_of(membership), about=_own_history(membership))
    return token


@transaction.atomic
def revoke_feed(membership: Membership) -> None:
    """Stop the membership's address; from now on it answers like one that never was."""
    if _stop(membership):
        record(EventName.FEED_REVOKED, by=actor_of(membership), about=_own_history(membership))


def _stop(membership: Membership) -> int:
    return CalendarFeed.objects.filter(membership=membership, revoked_at=None).update(revoked_at=clock.now())


def _own_history(membership: Membership) -> Subject:
    """An event that the person's own organisation reads."""
    if membership.role_kind.audience is Audience.SCHOOL:
        return Subject(school_id=membership.org_id)
    return Subject(forwarder_org_id=membership.org_id)
