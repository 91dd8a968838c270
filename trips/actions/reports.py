"""Keeping the report of the return and notes of incidents, sealed under the trip's key; the plan itself stays as it is.

Not here: when a page offers them (portal.ui.school.aftermath).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.facts.aftermath import Incident, Report
from trips.models import IncidentNote, ReturnReport, Trip
from trips.queries import INCIDENT_COLUMNS, REPORT_COLUMNS, incident_of, report_of


class StaleReport(Exception):
    """Somebody else saved the report since it was opened; nothing was written."""


@transaction.atomic
def save_report(trip: Trip, report: Report, *, base_version: int, by: Actor, cipher: TripCipher) -> int:
    """Write the report if nobody saved since ``base_version``; the new version. Raises ``StaleReport``."""
    ReturnReport.objects.bulk_create([ReturnReport(trip=trip, school_id=trip.school_id)], ignore_conflicts=True)
    row = ReturnReport.objects.select_for_update().get(trip_id=trip.pk)
    if row.version != base_version:
        if report_of(trip, cipher)[0] == report:  # the same text sent twice
            return row.version
        raise StaleReport(str(row.pk))
    row.returned_on, row.all_back = report.returned_on, report.all_back
    _seal(row, report, REPORT_COLUMNS, cipher)
    row.version += 1
    row.saved_by_id, row.saved_at = by.user_id, clock.now()
    row.save()
    record(EventName.RETURN_REPORTED, by=by, about=Subject.of(trip))
    return row.version


@transaction.atomic
def note_incident(trip: Trip, incident: Incident, *, by: Actor, cipher: TripCipher) -> IncidentNote:
    """Keep one note; the same note sent twice is kept once."""
    for known in IncidentNote.objects.filter(trip_id=trip.pk, happened_at=incident.happened_at, removed_at=None):
        if incident_of(known, cipher) == incident:
            return known
    row = IncidentNote(
        trip=trip,
        school_id=trip.school_id,
        happened_at=incident.happened_at,
        place=incident.place,
        kind=incident.kind.value,
        people=incident.people,
        noted_by_id=by.user_id,
    )
    _seal(row, incident, INCIDENT_COLUMNS, cipher)
    row.save(force_insert=True)
    record(EventName.INCIDENT_NOTED, by=by, about=Subject.of(trip), kind=incident.kind.label)
    return row


@transaction.atomic
def put_away_incident(trip: Trip, note_id: UUID, *, by: Actor, away: bool = True) -> bool:
    """Take a note off the list, or with ``away=False`` put it back; whether there was one."""
    notes = IncidentNote.objects.filter(trip_id=trip.pk, pk=note_id, removed_at__isnull=away)
    found = bool(notes.update(removed_at=clock.now() if away else None))
    if found:
        record(EventName.INCIDENT_PUT_AWAY if away else EventName.INCIDENT_PUT_BACK, by=by, about=Subject.of(trip))
    return found


def _seal(row: Any, value: Any, columns: tuple[str, ...], cipher: TripCipher) -> None:
    for name in columns:
        sealed = cipher.seal(getattr(value, name) or None, table=row._meta.db_table, column=name, row=row.pk)
        setattr(row, name, sealed)
