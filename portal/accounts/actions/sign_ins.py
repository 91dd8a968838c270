"""What the history keeps of coming and going: sign-ins, failed ones, sign-outs, ended sessions.

One event for each organisation the person acts for, so that its head sees it; never an address or a name. Not here:
the sign-in itself (allauth, adapters), how long it lives (sessions).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from portal.accounts import queries
from portal.accounts.acting import scope_of, subject_of
from portal.accounts.models import Membership, User
from portal.accounts.sessions import Ended
from portal.audit.events import EventName
from portal.audit.record import Actor, Primitive, record
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as


@transaction.atomic
def record_sign_in(user: User) -> None:
    """A complete sign-in, every factor passed."""
    _tell(EventName.SIGNED_IN, _seats(user), by=user)


@transaction.atomic
def record_failed_sign_in(user: User | None) -> None:
    """A wrong password or code for an account; ``None`` is an address that nobody has: the operator's affair."""
    seats = _seats(user) if user is not None else []
    _tell(EventName.SIGN_IN_FAILED, seats or _operators(), by=None, account=user.pk if user else None)


@transaction.atomic
def record_sign_out(user: User, *, ended: Ended | None = None) -> None:
    """By the person's own hand, or because one of the two clocks ran out."""
    if ended is None:
        _tell(EventName.SIGNED_OUT, _seats(user), by=user)
    else:
        _tell(EventName.SIGN_IN_ENDED, _seats(user), by=user, reason=ended.value)


@transaction.atomic
def record_ended_sessions(user: User, *, many: int) -> None:
    """Other devices of the same person signed out."""
    _tell(EventName.SESSIONS_ENDED, _seats(user), by=user, many=many)


def _tell(name: EventName, seats: Iterable[Membership], *, by: User | None, **facts: Primitive) -> None:
    for seat in seats:
        actor = Actor(user_id=by.pk if by else None, role=seat.role if by else "", org_id=seat.org_id)
        with acting_as(scope_of(seat)):
            record(name, by=actor, about=subject_of(seat.org), **facts)


def _seats(user: User) -> list[Membership]:
    """One membership for each organisation of a person."""
    return list({seat.org_id: seat for seat in queries.memberships_of(user)}.values())


def _operators() -> list[Membership]:
    """The operator's organisation, where no other is concerned: a seat without a person, never saved."""
    found = Org.objects.filter(kind=OrgKind.PLATFORM.value, active=True)[:1]
    return [Membership(org=org, role=Role.PLATFORM_OPERATOR.value) for org in found]
