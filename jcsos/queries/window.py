"""What JCSOS may read: members, and the frozen trips of members who consent, without persons. No writes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from jcsos.models.membership import Membership
from mofa_requests.models import MofaRequest, Revision
from mofa_requests.queries import visible_to
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.dossier.privacy import join
from portal.dossier.types import Dossier

_LOOKS = tuple(
    name.value
    for name in (
        EventName.TRIP_VIEWED,
        EventName.AUDIT_EVIDENCE_OPENED,
        EventName.CONSULT_READ,
        EventName.CONSULT_FILE_OPENED,
        EventName.DUTY_FILE_READ,
    )
)


def members() -> QuerySet[Membership]:
    """Every school that is or was a member, present members first, by name."""
    return Membership.objects.select_related("school").order_by("left_on", "school__name")


def get_member(membership_id: UUID) -> Membership:
    """One membership in view, or ``Membership.DoesNotExist``."""
    return Membership.objects.select_related("school").get(id=membership_id)


def membership_of(school_id: UUID) -> Membership | None:
    """The school's present membership, if any."""
    return Membership.objects.filter(school_id=school_id, left_on=None).first()


def trips_of_members(*, school_id: UUID | None = None) -> QuerySet[MofaRequest]:
    """Submitted requests in JCSOS's window, nearest departure first."""
    rows = visible_to().order_by("departs_on", "id")
    return rows.filter(school_id=school_id) if school_id else rows


def trip_in_window(request_id: UUID) -> tuple[MofaRequest, Revision]:
    """One request in the window and its newest frozen revision, or ``MofaRequest.DoesNotExist``."""
    request = visible_to().get(id=request_id)
    return request, Revision.objects.filter(request_id=request.pk).latest("number")


def open_part(revision: Revision) -> Dossier:
    """The frozen dossier as JCSOS may see it: no names, no contacts of persons, no roster."""
    return Dossier.model_validate(join(revision.document, {}))


def looks_at(school_id: UUID, *, most: int = 50) -> list[Event]:
    """JCSOS's last looks at the school's trips, oldest first: what the school may hold against it."""
    rows = Event.objects.select_related("actor_user", "actor_org").filter(school_id=school_id, name__in=_LOOKS)
    return list(reversed(rows.order_by("-id")[:most]))
