"""Signed statements not to be insured (別添二 一(三)): kept sealed, opened with a trace, withdrawn.

Not here: the opt-out of the plan, which rules read; the screen saves both in one step.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from insurance.enums import SignedBy
from insurance.models import OptOutPaper
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.vault import files
from portal.vault.keyring import TripCipher
from portal.vault.uploads import Upload, keep_upload


@dataclass(frozen=True)
class Signed:
    """A statement as it lies on the desk: whose (key of the roster), when and by whose hand it was signed."""

    participant: str
    on: dt.date
    by: SignedBy
    is_minor: bool


@transaction.atomic
def keep_opt_out(
    trip_id: UUID, signed: Signed, upload: Upload, *, school_id: UUID, by: Actor, cipher: TripCipher
) -> OptOutPaper:
    """Keep the statement; an earlier one of the same person gives way. A minor's needs a guardian's hand."""
    if signed.on > clock.today():
        raise Refused("書面の日付が今日より後です", "The statement is dated after today")
    if signed.is_minor and signed.by is SignedBy.SELF:
        raise Refused(
            "未成年の生徒の書面には、保護者の署名が要ります。署名のある書面を選んでください",
            "A minor's statement needs a guardian's signature; choose the signed one",
        )
    for former in OptOutPaper.objects.filter(trip_id=trip_id, participant=signed.participant, withdrawn_at=None):
        withdraw_opt_out(former, by=by)
    row = OptOutPaper(pk=uuid7(), trip_id=trip_id, school_id=school_id, participant=signed.participant)
    kept = keep_upload(upload, name=f"opt_outs/{trip_id}/{row.pk}.sealed", cipher=cipher)
    row.signed_on, row.signed_by, row.recorded_by_id = signed.on, signed.by.value, by.person_id
    row.stored_name, row.media_type, row.sha256, row.size = kept.stored_name, kept.media_type, kept.sha256, kept.size
    row.shown_name = cipher.seal(upload.shown_name, table=row._meta.db_table, column="shown_name", row=row.pk)
    row.save(force_insert=True)
    record(EventName.OPT_OUT_KEPT, by=by, about=_about(row))
    return row


@transaction.atomic
def open_opt_out(row: OptOutPaper, *, by: Actor, cipher: TripCipher) -> bytes:
    """The statement itself, with a trace of who looked. Raises ``FileLost``."""
    record(EventName.OPT_OUT_OPENED, by=by, about=_about(row))
    return files.fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher)


@transaction.atomic
def withdraw_opt_out(row: OptOutPaper, *, by: Actor) -> None:
    """The person is insured after all, or the paper was wrong: its file goes, the fact stays."""
    row.withdrawn_at, row.withdrawn_by_id = clock.now(), by.person_id
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(EventName.OPT_OUT_WITHDRAWN, by=by, about=_about(row))
    # After commit only: a rolled back withdrawal must still find its file.
    transaction.on_commit(lambda: default_storage.delete(row.stored_name))


def _about(row: OptOutPaper) -> Subject:
    return Subject(school_id=row.school_id, trip_id=row.trip_id)
