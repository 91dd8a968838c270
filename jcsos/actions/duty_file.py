"""Freezing duty-of-care files: at departure once, after the return anew whenever the report was saved again.

Not here: gathering (queries.duty_file), the paper (documents.duty_file).
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from jcsos.enums import FileStage
from jcsos.models import DutyFile
from jcsos.queries.duty_file import departed_at, departed_without_file, files_of, gather, grounds_of
from mofa_requests.models import MofaRequest
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.digest import digest_of
from trips.queries import saved_report

_LATE_AT_MOST = dt.timedelta(days=60)
"""How far back the regular job looks for trips that left; older ones are frozen at the first look."""


def keep_up(trip_id: UUID, *, by: Actor) -> list[DutyFile]:
    """Freeze what is due by now and give every revision, oldest first; before departure there is none."""
    grounds = grounds_of(trip_id)
    left = departed_at(grounds) if grounds else None
    if grounds is None or left is None or left > clock.now():
        return list(files_of(trip_id))
    held = list(files_of(trip_id))
    if not held:
        held.append(_freeze(grounds.request, FileStage.DEPARTURE, until=left, number=1, by=by))
    report = saved_report(trip_id)
    if report is not None and _is_news(held, report.saved_at):
        held.append(_freeze(grounds.request, FileStage.RETURN, until=report.saved_at, number=len(held) + 1, by=by))
    return held


def freeze_departed(school_id: UUID, *, on: dt.date) -> int:
    """The regular job's part in one school: freeze every trip that left lately; how many were due."""
    due = departed_without_file(school_id, on=on, since=on - _LATE_AT_MOST)
    nobody = Actor(None, "", school_id)
    return sum(bool(keep_up(trip_id, by=nobody)) for trip_id in due)


@transaction.atomic
def note_export(file: DutyFile, *, by: Actor) -> None:
    """The file was taken out as a PDF."""
    record(EventName.DUTY_FILE_EXPORTED, by=by, about=_about(file), number=file.number)


@transaction.atomic
def note_read(file: DutyFile, *, by: Actor) -> None:
    """JCSOS opened the file: the school sees who and when."""
    record(EventName.DUTY_FILE_READ, by=by, about=_about(file), number=file.number)


def _is_news(held: list[DutyFile], saved_at: dt.datetime) -> bool:
    last = held[-1]
    return last.stage_kind is FileStage.DEPARTURE or last.document["until"] != saved_at.isoformat()


def _freeze(request: MofaRequest, stage: FileStage, *, until: dt.datetime, number: int, by: Actor) -> DutyFile:
    """Two first looks at once make one revision: the number is taken, and the second one reads the first."""
    document: dict[str, Any] = gather(request.trip_id, stage=stage, until=until)
    row = DutyFile(school_id=request.school_id, trip_id=request.trip_id, number=number, stage=stage.value)
    row.document, row.sha256, row.frozen_by_id = document, digest_of(document), by.user_id
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(EventName.DUTY_FILE_FROZEN, by=by, about=Subject.of(request), number=number, stage=stage.label)
    except IntegrityError:
        return DutyFile.objects.get(trip_id=request.trip_id, number=number)
    return row


def _about(file: DutyFile) -> Subject:
    return Subject(school_id=file.school_id, trip_id=file.trip_id)
