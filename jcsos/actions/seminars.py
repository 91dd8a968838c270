"""A seminar on JCSOS's desk: announced, changed, called off, held; its materials. Not here: who takes part (seats)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.seats import fill_places, lock_seminar, tell_schools
from jcsos.actions.steps import require_text
from jcsos.enums import AttendeeState, SeminarState, Side
from jcsos.machine import SEMINAR
from jcsos.models import Membership, Seminar, SeminarAttendee, SeminarMaterial
from jcsos.queries.circulars import people_of
from jcsos.queries.seminars import TAKES_A_PLACE, cipher_of
from jcsos.rules.seminars import certificate_number
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import Notice, post_many
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.vault import files
from portal.vault.keyring import new_key
from portal.vault.uploads import Upload, keep_upload


@dataclass(frozen=True)
class Announcement:
    """What is announced; instants in UTC, ``places`` for people, ``apply_until`` the last day to register."""

    title: str
    text: str
    venue: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int
    apply_until: dt.date


@transaction.atomic
def write_seminar(org_id: UUID, said: Announcement, *, by: Actor) -> Seminar:
    """A seminar in preparation; no member sees it."""
    _check(said)
    seminar_id = uuid7()
    _, held = new_key(owner_id=org_id, subject_id=seminar_id)
    seminar = Seminar.objects.create(
        id=seminar_id,
        org_id=org_id,
        key_master=held.master_id,
        key_wrapped=held.wrapped,
        written_by_id=by.person_id,
        **asdict(said),
    )
    record(EventName.SEMINAR_WRITTEN, by=by, about=Subject(), seminar=str(seminar.pk))
    return seminar


@transaction.atomic
def rewrite_seminar(seminar: Seminar, said: Announcement, *, by: Actor) -> Seminar:
    """Change an announcement before the seminar is over; more places go to those who wait."""
    seminar = lock_seminar(seminar)
    if seminar.state_kind not in (SeminarState.DRAFT, SeminarState.OPEN):
        raise Refused(gettext("終わったセミナーと中止したセミナーは、書き直せません"))
    _check(said)
    taken = SeminarAttendee.objects.filter(seminar=seminar, state__in=TAKES_A_PLACE).count()
    if said.places < taken:
        raise Refused(
            gettext("席の数は、申込み済みの%(n)d人より少なくできません。先に申込みを取り消してください") % {"n": taken}
        )
    for name, value in asdict(said).items():
        setattr(seminar, name, value)
    seminar.written_at, seminar.written_by_id = clock.now(), by.person_id
    seminar.save()
    record(EventName.SEMINAR_WRITTEN, by=by, about=Subject(), seminar=str(seminar.pk))
    fill_places(seminar)
    return seminar


@transaction.atomic
def open_seminar(seminar: Seminar, *, by: Actor) -> Seminar:
    """Announce to every member by mail and take registrations."""
    seminar = _fire("open", seminar, by=by)
    if seminar.apply_until < clock.today() or seminar.starts_at <= clock.now():
        raise Refused(gettext("申込みの期限と開始の日時が過ぎています。書き直してから受け付けてください"))
    seminar.opened_at, seminar.opened_by_id = clock.now(), by.person_id
    seminar = _keep(seminar, "open", by=by)
    members = list(Membership.objects.filter(left_on=None).order_by("school_id").values_list("school_id", flat=True))
    link = f"/jcsos/ours/seminars/{seminar.pk}/"
    letters = [
        Notice(to=user_id, org_id=school_id, key=str(seminar.pk), link=link)
        for school_id, people in people_of(members).items()
        for user_id in people
    ]
    post_many("seminar_opened", letters)
    return seminar


@transaction.atomic
def cancel_seminar(seminar: Seminar, *, reason: str, by: Actor) -> Seminar:
    """Call it off; every school that registered somebody is told."""
    seminar = _fire("cancel", seminar, by=by)
    seminar.cancelled_reason = require_text(reason, gettext("中止する理由を書いてください。申し込んだ学校に見えます"))
    seminar.cancelled_at, seminar.cancelled_by_id = clock.now(), by.person_id
    seminar = _keep(seminar, "cancel", by=by)
    tell_schools(seminar, "seminar_cancelled", key=str(seminar.pk))
    return seminar


@transaction.atomic
def end_seminar(seminar: Seminar, *, by: Actor) -> int:
    """Close a seminar that was held; everybody who came gets a numbered certificate. How many."""
    seminar = _fire("end", seminar, by=by)
    held_on = seminar.starts_at.astimezone(clock.TOKYO).date()
    if clock.today() < held_on:
        raise Refused(gettext("開催の日になってから終えてください。行わないときは「中止する」を選んでください"))
    seminar.ended_at, seminar.ended_by_id = clock.now(), by.person_id
    seminar = _keep(seminar, "end", by=by)
    came = SeminarAttendee.objects.filter(seminar=seminar, state=AttendeeState.ATTENDED.value)
    rows = list(came.select_for_update(of=("self",)).order_by("registered_at", "id"))
    for turn, row in enumerate(rows, start=1):
        row.certificate_no = certificate_number(held_on, seminar_id=seminar.pk, turn=turn)
        row.save(update_fields=["certificate_no"])
        about = Subject(school_id=row.school_id)
        record(EventName.SEMINAR_CERTIFIED, by=by, about=about, seminar=str(seminar.pk), number=row.certificate_no)
    tell_schools(seminar, "seminar_certified", key=str(seminar.pk), only=AttendeeState.ATTENDED)
    return len(rows)


@transaction.atomic
def give_material(seminar: Seminar, upload: Upload, *, by: Actor) -> SeminarMaterial:
    """Add a file for those who have a place. Raises ``Refused`` for what is too large or neither page nor picture."""
    seminar = lock_seminar(seminar)
    if seminar.state_kind is SeminarState.CANCELLED:
        raise Refused(gettext("中止したセミナーには、資料を載せられません"))
    material_id = uuid7()
    kept = keep_upload(upload, name=f"seminars/{seminar.pk}/{material_id}.sealed", cipher=cipher_of(seminar))
    row = SeminarMaterial.objects.create(
        id=material_id,
        org_id=seminar.org_id,
        seminar=seminar,
        shown_name=upload.shown_name,
        given_by_id=by.person_id,
        **asdict(kept),
    )
    record(EventName.SEMINAR_MATERIAL_GIVEN, by=by, about=Subject(), seminar=str(seminar.pk), material=str(row.pk))
    return row


@transaction.atomic
def remove_material(row: SeminarMaterial, *, by: Actor) -> None:
    """Take a file away; that it was there stays."""
    stored = row.stored_name
    row.removed_at, row.removed_by_id = clock.now(), by.person_id
    row.save(update_fields=["removed_at", "removed_by"])
    record(EventName.SEMINAR_MATERIAL_REMOVED, by=by, about=Subject(), material=str(row.pk))
    # After commit only: a removal that is rolled back must still find its file.
    transaction.on_commit(lambda: default_storage.delete(stored))


def open_material(row: SeminarMaterial) -> bytes:
    """The content. Raises ``portal.vault.files.FileLost``."""
    return files.fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher_of(row.seminar))


def _check(said: Announcement) -> None:
    require_text(said.title, gettext("題名を書いてください"))
    require_text(said.venue, gettext("会場を書いてください。オンラインなら「オンライン」と書いてください"))
    if said.ends_at <= said.starts_at:
        raise Refused(gettext("終わる時刻は、始まる時刻より後にしてください"))
    if said.apply_until > said.starts_at.astimezone(clock.TOKYO).date():
        raise Refused(gettext("申込みの期限は、開催の日までにしてください"))


def _fire(name: str, seminar: Seminar, *, by: Actor) -> Seminar:
    """The locked row in its next state, not stored yet."""
    seminar = lock_seminar(seminar)
    seminar.state = SEMINAR.fire(name, seminar.state_kind, seat=Side.JCSOS.value, role=by.role).value
    return seminar


def _keep(seminar: Seminar, name: str, *, by: Actor) -> Seminar:
    seminar.save()
    step = SEMINAR.named(name)
    facts = {"seminar": str(seminar.pk), "step": step.label, "step_en": step.english}
    record(EventName.SEMINAR_STEP, by=by, about=Subject(), **facts)
    return seminar
