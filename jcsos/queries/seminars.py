"""Reading seminars: places and queues, tickets, materials, a school's record of training. No writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet

from jcsos.enums import AttendeeState, SeminarState
from jcsos.models import Seminar, SeminarAttendee, SeminarMaterial
from portal.kit import clock
from portal.vault.keyring import TripCipher, WrappedKey, open_key

TAKES_A_PLACE = (AttendeeState.PLACED.value, AttendeeState.ATTENDED.value)
_TICKET = "jcsos.seminar.ticket"


def seminars() -> QuerySet[Seminar]:
    """Every seminar in view, the latest first, with how many have a place, wait and came, as far as in view."""
    placed = Count("attendees", filter=Q(attendees__state__in=TAKES_A_PLACE))
    waiting = Count("attendees", filter=Q(attendees__state=AttendeeState.WAITING.value))
    came = Count("attendees", filter=Q(attendees__state=AttendeeState.ATTENDED.value))
    return Seminar.objects.annotate(placed=placed, waiting=waiting, came=came).order_by("-starts_at", "-id")


def get_seminar(seminar_id: UUID) -> Seminar:
    """One seminar in view, or ``Seminar.DoesNotExist``."""
    return seminars().get(pk=seminar_id)


def attendees_of(seminar: Seminar) -> QuerySet[SeminarAttendee]:
    """Everybody registered, in the order of registration; those that were cancelled last."""
    rows = SeminarAttendee.objects.filter(seminar=seminar).select_related("school", "seminar", "attended_by")
    return rows.alias(gone=Q(state=AttendeeState.CANCELLED.value)).order_by("gone", "registered_at", "id")


def get_attendee(attendee_id: UUID) -> SeminarAttendee:
    """One registration in view, or ``SeminarAttendee.DoesNotExist``."""
    return SeminarAttendee.objects.select_related("school", "seminar").get(pk=attendee_id)


def materials_of(seminar: Seminar) -> QuerySet[SeminarMaterial]:
    """The files that may be had."""
    return SeminarMaterial.objects.filter(seminar=seminar, removed_at=None).select_related("seminar")


def cipher_of(seminar: Seminar) -> TripCipher:
    """The cipher of a seminar's materials."""
    held = WrappedKey(seminar.key_master, bytes(seminar.key_wrapped))
    return open_key(held, owner_id=seminar.org_id, subject_id=seminar.pk)


def ticket_of(attendee: SeminarAttendee) -> str:
    """What the QR code of a ticket says: the registration, signed, so that nobody can write one."""
    return Signer(salt=_TICKET).sign(str(attendee.pk))


def attendee_of_ticket(ticket: str) -> SeminarAttendee | None:
    """The registration of a ticket in view; ``None`` for a ticket nobody wrote."""
    try:
        attendee_id = UUID(Signer(salt=_TICKET).unsign(ticket))
    except (BadSignature, ValueError):
        return None
    return SeminarAttendee.objects.select_related("school", "seminar").filter(pk=attendee_id).first()


@dataclass(frozen=True)
class Training:
    """What one school sent to one seminar that was held."""

    seminar: Seminar
    came: int
    duties: tuple[str, ...]


def training_of(school_id: UUID, *, before: dt.date | None = None) -> list[Training]:
    """A school's record of training: the seminars its staff attended (``before`` a day), newest first. No names."""
    rows = SeminarAttendee.objects.filter(
        school_id=school_id, state=AttendeeState.ATTENDED.value, seminar__state=SeminarState.ENDED.value
    )
    if before is not None:
        rows = rows.filter(seminar__starts_at__lt=dt.datetime.combine(before, dt.time(), clock.TOKYO))
    found: dict[UUID, list[SeminarAttendee]] = {}
    for row in rows.select_related("seminar").order_by("-seminar__starts_at", "registered_at"):
        found.setdefault(row.seminar_id, []).append(row)
    return [_training(rows) for rows in found.values()]


def _training(rows: Collection[SeminarAttendee]) -> Training:
    listed = list(rows)
    return Training(listed[0].seminar, len(listed), tuple(dict.fromkeys(row.duty for row in listed)))
