"""Who takes part in a seminar: registering staff, the waiting list, cancelling, attendance by ticket or by list.

Places are given in JCSOS's scope under the seminar's lock: a school does not see who else comes. Not here: the seminar.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.steps import require_text
from jcsos.enums import AttendeeState, Presence, SeminarState, Side
from jcsos.machine import ATTENDEE, WORKER
from jcsos.models import Seminar, SeminarAttendee
from jcsos.queries.circulars import people_of
from jcsos.queries.seminars import TAKES_A_PLACE
from jcsos.queries.window import membership_of
from jcsos.rules.seminars import next_in_line
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import Notice, post_many
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.names import fold
from portal.tenancy.scope import Audience, Scope, acting_as


@transaction.atomic
def register(seminar: Seminar, school_id: UUID, *, name: str, duty: str, by: Actor) -> SeminarAttendee:
    """Register one member of staff, with a place if one is free, otherwise on the waiting list."""
    name = require_text(name, gettext("出席する人の氏名を書いてください"))
    duty = require_text(duty, gettext("出席する人の職名を書いてください(例: 教諭)"))
    if seminar.state_kind is not SeminarState.OPEN or clock.today() > seminar.apply_until:
        raise Refused(gettext("このセミナーの申込みは締め切りました"))
    if membership_of(school_id) is None:
        raise Refused(gettext("JCSOSの会員校だけが申し込めます"))
    ours = SeminarAttendee.objects.filter(seminar=seminar, school_id=school_id)
    if fold(name) in {fold(row.name) for row in ours.exclude(state=AttendeeState.CANCELLED.value)}:
        raise Refused(gettext("この人は、もう申し込んであります"))
    row = SeminarAttendee.objects.create(
        org_id=seminar.org_id,
        school_id=school_id,
        seminar=seminar,
        name=name,
        duty=duty,
        registered_by_id=by.person_id,
    )
    record(EventName.SEMINAR_REGISTERED, by=by, about=Subject(school_id=school_id), seminar=str(seminar.pk))
    fill_places(seminar, newcomer=row.pk)
    row.refresh_from_db()
    return row


@transaction.atomic
def cancel_seat(row: SeminarAttendee, *, by: Actor) -> SeminarAttendee:
    """Take a registration back; whoever waits longest moves up and is told."""
    row = _lock(row)
    if row.seminar.state_kind is not SeminarState.OPEN:
        raise Refused(gettext("終わったセミナーと中止したセミナーの申込みは、取り消せません"))
    side = Side.SCHOOL if by.org_id == row.school_id else Side.JCSOS
    row.state = ATTENDEE.fire("cancel", row.state_kind, seat=side.value, role=by.role).value
    row.cancelled_at, row.cancelled_by_id = clock.now(), by.person_id
    row.save(update_fields=["state", "cancelled_at", "cancelled_by"])
    record(EventName.SEMINAR_LEFT, by=by, about=Subject(school_id=row.school_id), seminar=str(row.seminar_id))
    if side is Side.JCSOS:
        _tell(row, "seminar_seat_cancelled")
    fill_places(row.seminar)
    return row


def fill_places(seminar: Seminar, *, newcomer: UUID | None = None) -> list[SeminarAttendee]:
    """Give the free places to those who wait, the earliest first; everybody but the newcomer is told by mail.

    Under the seminar's lock, so that two registrations never take one place.
    """
    machine = Actor(None, WORKER, seminar.org_id)
    with acting_as(Scope(Audience.JCSOS, seminar.org_id)), transaction.atomic():
        held = lock_seminar(seminar)
        if held.state_kind is not SeminarState.OPEN:
            return []
        rows = SeminarAttendee.objects.filter(seminar=held)
        taken = rows.filter(state__in=TAKES_A_PLACE).count()
        waiting = list(rows.filter(state=AttendeeState.WAITING.value).order_by("registered_at", "id"))
        placed = list(next_in_line(waiting, taken=taken, places=held.places))
        for row in placed:
            row.state = ATTENDEE.fire("place", row.state_kind, seat=WORKER, role=WORKER).value
            row.placed_at = clock.now()
            row.save(update_fields=["state", "placed_at"])
            about = Subject(school_id=row.school_id)
            record(EventName.SEMINAR_PLACED, by=machine, about=about, seminar=str(held.pk))
            if row.pk != newcomer:
                _tell(row, "seminar_placed")
        return placed


@transaction.atomic
def attend(row: SeminarAttendee, *, presence: Presence, by: Actor) -> SeminarAttendee:
    """Record that somebody came, by the ticket's QR code or by the list; somebody waiting may still have been let in.

    A ticket shown twice stays one attendance.
    """
    row = _lock(row)
    if row.state_kind is AttendeeState.ATTENDED:
        return row
    _on_its_day(row.seminar)
    row.state = ATTENDEE.fire("attend", row.state_kind, seat=Side.JCSOS.value, role=by.role).value
    row.attended_at, row.attended_by_id, row.presence = clock.now(), by.person_id, presence.value
    row.save(update_fields=["state", "attended_at", "attended_by", "presence"])
    record(EventName.SEMINAR_ATTENDED, by=by, about=Subject(school_id=row.school_id), seminar=str(row.seminar_id))
    return row


@transaction.atomic
def take_attendance_back(row: SeminarAttendee, *, by: Actor) -> SeminarAttendee:
    """Undo a slip of the list, while no certificate is numbered."""
    row = _lock(row)
    if row.certificate_no:
        raise Refused(gettext("修了証の番号を付けた後は、出席の記録を取り消せません"))
    row.state = ATTENDEE.fire("absent", row.state_kind, seat=Side.JCSOS.value, role=by.role).value
    row.placed_at = row.placed_at or clock.now()
    row.attended_at = row.attended_by_id = None
    row.presence = ""
    row.save(update_fields=["state", "placed_at", "attended_at", "attended_by", "presence"])
    record(EventName.SEMINAR_UNATTENDED, by=by, about=Subject(school_id=row.school_id), seminar=str(row.seminar_id))
    return row


def tell_schools(seminar: Seminar, event: str, *, key: str, only: AttendeeState | None = None) -> None:
    """Mail to every school that has somebody registered, or somebody in one state; each person once."""
    rows = SeminarAttendee.objects.filter(seminar=seminar).exclude(state=AttendeeState.CANCELLED.value)
    if only is not None:
        rows = rows.filter(state=only.value)
    schools = list(rows.order_by("school_id").values_list("school_id", flat=True).distinct())
    _post(event, schools, seminar, key=key)


def lock_seminar(seminar: Seminar) -> Seminar:
    """The seminar's row, locked for the rest of the transaction."""
    return Seminar.objects.select_for_update(of=("self",)).get(pk=seminar.pk)


def _lock(row: SeminarAttendee) -> SeminarAttendee:
    rows = SeminarAttendee.objects.select_for_update(of=("self",)).select_related("seminar")
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(gettext("この申込みは、いまは開けません。画面を読み込み直してください"))
    return found


def _on_its_day(seminar: Seminar) -> None:
    if seminar.state_kind is not SeminarState.OPEN:
        raise Refused(gettext("開催を終えたセミナーと中止したセミナーの出席は、記録できません"))
    if clock.today() < seminar.starts_at.astimezone(clock.TOKYO).date():
        raise Refused(gettext("出席は、開催の日になってから記録してください"))


def _tell(row: SeminarAttendee, event: str) -> None:
    _post(event, [row.school_id], row.seminar, key=str(row.pk))


def _post(event: str, schools: list[UUID], seminar: Seminar, *, key: str) -> None:
    link = f"/jcsos/ours/seminars/{seminar.pk}/"
    letters = [
        Notice(to=user_id, org_id=school_id, key=key, link=link)
        for school_id, people in people_of(schools).items()
        for user_id in people
    ]
    post_many(event, letters)
