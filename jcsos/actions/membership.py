"""Joining, leaving and consent. The database's window follows in the same statement (migration 0002)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from jcsos.models.membership import Membership
from mofa_requests.models import MofaRequest
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.tenancy.models import Org


@transaction.atomic
def join(school: Org, *, on: dt.date) -> Membership:
    """A school becomes a member; JCSOS reads nothing until the school consents."""
    return Membership.objects.create(school=school, joined_on=on)


@transaction.atomic
def set_consent(membership: Membership, *, consents: bool, by: Actor) -> Membership:
    """The school opens or closes JCSOS's window on its submitted trips."""
    membership.consents = consents
    membership.consented_at = clock.now() if consents else None
    membership.consented_by_id = by.user_id if consents else None
    membership.save(update_fields=["consents", "consented_at", "consented_by"])
    record(EventName.CONSENT_CHANGED, by=by, about=Subject(school_id=membership.school_id), consents=consents)
    return membership


@transaction.atomic
def leave(membership: Membership, *, on: dt.date) -> None:
    """Membership ends; reading ends with it."""
    membership.left_on = on
    membership.save(update_fields=["left_on"])


@transaction.atomic
def note_view(request: MofaRequest, *, by: Actor) -> None:
    """JCSOS looked at a trip: the school sees that it did."""
    record(EventName.TRIP_VIEWED, by=by, about=Subject.of(request))
