"""The secret address behind a calendar: whose it is. Not here: its dates (due_dates), its text (portal.ui.calendar)."""

from __future__ import annotations

from mofa_requests.models import CalendarFeed
from portal.accounts.models import Membership
from portal.accounts.queries import hash_token
from portal.tenancy.scope import Audience, Scope, acting_as


def owner_of(token: str) -> Membership | None:
    """The membership whose calendar a token opens; ``None`` when unknown, stopped, or its person no longer serves."""
    with acting_as(Scope(Audience.WORKER)):
        found = CalendarFeed.objects.select_related("membership__user", "membership__org").filter(
            token_hash=hash_token(token),
            revoked_at=None,
            membership__active=True,
            membership__user__is_active=True,
            membership__org__active=True,
        )
        feed = found.first()
    return feed.membership if feed else None


def feed_of(membership: Membership) -> CalendarFeed | None:
    """The working address of a membership, without its secret."""
    return CalendarFeed.objects.filter(membership=membership, revoked_at=None).first()
