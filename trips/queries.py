"""Reading plans: trips of a school, parts of a plan, rows of the roster. No writes, no judgement.

Callers are inside a scope; the explicit school filter repeats what row security enforces anyway.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from portal.dossier.types import Confirmation
from portal.dossier.types import Group as GroupPart
from portal.dossier.types import Participant as PersonPart
from portal.vault.keyring import TripCipher
from trips.enums import CallOutcome, IncidentKind
from trips.facts.aftermath import Incident, Report
from trips.facts.calls import Call, CallEntry
from trips.facts.copying import Carried
from trips.models import (
    AgreedCharacter,
    CarriedValue,
    ColumnChoice,
    Destination,
    FieldChange,
    GroupingBatch,
    Guardian,
    HealthNote,
    IncidentNote,
    ItineraryBatch,
    OutlineSheet,
    Participant,
    PhoneTest,
    ReturnReport,
    RosterBatch,
    Trip,
    TripSection,
)
from trips.shelves import GROUPS, PARTICIPANTS, TRIP_COLUMNS
from trips.storage import Shelf, read_rows, read_sheet

GUARDIAN_COLUMNS = ("name", "relation", "phone1", "phone2")
CARRIED_COLUMNS = ("before", "value")
REPORT_COLUMNS = ("summary", "lessons")
INCIDENT_COLUMNS = ("what", "measures", "told")
CALL_COLUMNS = ("number", "called_by", "reached")
HEALTH_COLUMNS = ("blood_type", "allergy", "illness", "medicine", "note")


def trips_of(school_id: UUID) -> QuerySet[Trip]:
    """The school's trips, newest first."""
    return Trip.objects.filter(school_id=school_id)


def get_trip(school_id: UUID, trip_id: UUID) -> Trip:
    """One trip of the school, or ``Trip.DoesNotExist``, also for another school's."""
    return trips_of(school_id).get(id=trip_id)


def outlines_of(trip_ids: Iterable[UUID]) -> dict[UUID, OutlineSheet]:
    """The outline rows of several trips at once, for lists."""
    return {row.trip_id: row for row in OutlineSheet.objects.filter(trip_id__in=list(trip_ids))}


def destinations_of(trip_ids: Iterable[UUID]) -> dict[UUID, list[Destination]]:
    """Where several trips go, in order and without changes of planes, for lists."""
    found: dict[UUID, list[Destination]] = {}
    for row in Destination.objects.filter(trip_id__in=list(trip_ids), transit=False):
        found.setdefault(row.trip_id, []).append(row)
    return found


def head_counts(trip_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people are on the rosters of several trips, for lists."""
    rows = Participant.objects.filter(trip_id__in=list(trip_ids), deleted_at=None).order_by()
    return dict(rows.values_list("trip_id").annotate(many=Count("pk")))


def gather_parts(trip: Trip, cipher: TripCipher, shelves: Iterable[Shelf[Any]]) -> dict[str, Any]:
    """Everything of the plan that ``shelves`` and the trip itself hold, by dossier property. One query per shelf."""
    parts: dict[str, Any] = {name: getattr(trip, name) for name in TRIP_COLUMNS}
    for shelf in shelves:
        parts[shelf.prop] = (read_rows if shelf.many else read_sheet)(shelf, trip.pk, cipher)
    parts["confirmations"] = confirmations_of(trip)
    return parts


def confirmations_of(trip: Trip) -> tuple[Confirmation, ...]:
    """Who entered each section, and whether a teacher made it the school's own."""
    rows = TripSection.objects.filter(trip_id=trip.pk, entered_by__isnull=False).order_by("id")
    return tuple(
        Confirmation(section=row.code, entered_by=row.entered_by, confirmed_on=row.confirmed_on) for row in rows
    )


@dataclass(frozen=True)
class SectionStanding:
    """Version and last hand of one section, and (opened) what was typed but could not be read."""

    code: str
    version: int = 0
    saved_at: dt.datetime | None = None
    saved_by: str = ""
    entered_by: str | None = None
    confirmed_on: dt.date | None = None
    unparsed: dict[str, str] | None = None
    by_agent: tuple[str, ...] = ()


def sections_of(trip: Trip, cipher: TripCipher) -> dict[str, SectionStanding]:
    """Standing of every section that was ever saved, by code."""
    rows = TripSection.objects.filter(trip_id=trip.pk).select_related("saved_by").order_by("id")
    return {row.code: _standing(row, cipher) for row in rows}


def section_of(trip: Trip, code: str, cipher: TripCipher) -> SectionStanding:
    """Standing of one section; version 0 if it was never saved."""
    row = TripSection.objects.filter(trip_id=trip.pk, code=code).select_related("saved_by").first()
    return SectionStanding(code) if row is None else _standing(row, cipher)


def _standing(row: TripSection, cipher: TripCipher) -> SectionStanding:
    raw = cipher.open(row.unparsed, table=row._meta.db_table, column="unparsed", row=row.pk)
    return SectionStanding(
        row.code,
        row.version,
        row.saved_at,
        str(row.saved_by or ""),
        row.entered_by,
        row.confirmed_on,
        json.loads(raw) if raw else None,
        tuple(row.by_agent),
    )


@dataclass(frozen=True)
class RosterRow:
    """One traveller as the roster shows it."""

    id: UUID
    version: int
    person: PersonPart


def roster_of(trip: Trip, cipher: TripCipher) -> list[RosterRow]:
    """All travellers in their order; one query."""
    rows = Participant.objects.filter(trip_id=trip.pk, deleted_at=None).order_by("position")
    return [RosterRow(row.pk, row.version, PARTICIPANTS.read(row, cipher)) for row in rows]


def participant_ids(trip: Trip) -> dict[str, UUID]:
    """Key → id of everybody on the roster, so that lists can link to people already read."""
    return dict(Participant.objects.filter(trip_id=trip.pk, deleted_at=None).values_list("key", "id"))


def groups_of(trip: Trip, cipher: TripCipher) -> tuple[GroupPart, ...]:
    """The groups alone, for pages that need no more of the plan."""
    return read_rows(GROUPS, trip.pk, cipher)


def person_of(row: Participant, cipher: TripCipher) -> PersonPart:
    """One traveller opened."""
    return PARTICIPANTS.read(row, cipher)


def removed_of(trip: Trip) -> QuerySet[Participant]:
    """Travellers taken off the roster, who can be put back."""
    return Participant.objects.filter(trip_id=trip.pk, deleted_at__isnull=False).order_by("-deleted_at")


def get_participant(trip: Trip, participant_id: UUID) -> Participant:
    """One live row of this trip, or ``Participant.DoesNotExist``."""
    return Participant.objects.get(trip_id=trip.pk, id=participant_id, deleted_at=None)


def batches_of(trip: Trip) -> QuerySet[RosterBatch]:
    """Imports of this trip, newest first."""
    return RosterBatch.objects.filter(trip_id=trip.pk).select_related("applied_by")


@dataclass(frozen=True)
class Written:
    """One field written anew: what stood there before (as JSON values), whose hand, who and when."""

    id: UUID
    field: str
    before: Any
    entered_by: str
    at: dt.datetime
    who: str


def changes_of(trip: Trip, code: str, cipher: TripCipher, *, most: int = 40) -> list[Written]:
    """The newest changes of a section's fields, opened."""
    rows = FieldChange.objects.filter(trip_id=trip.pk, code=code).select_related("changed_by")[:most]
    return [_written(row, cipher) for row in rows]


def change_of(trip: Trip, code: str, change_id: UUID, cipher: TripCipher) -> Written | None:
    """One change of a section, opened."""
    row = FieldChange.objects.filter(trip_id=trip.pk, code=code, pk=change_id).select_related("changed_by").first()
    return None if row is None else _written(row, cipher)


def _written(row: FieldChange, cipher: TripCipher) -> Written:
    raw = cipher.open(row.before, table=row._meta.db_table, column="before", row=row.pk)
    before = json.loads(raw) if raw else None
    return Written(row.pk, row.field, before, row.entered_by, row.changed_at, str(row.changed_by or ""))


def agreed_characters_of(trip: Trip) -> list[AgreedCharacter]:
    """Agreements on characters that cannot be printed, ended ones included, oldest first, with who made them."""
    return list(AgreedCharacter.objects.filter(trip_id=trip.pk).select_related("agreed_by", "ended_by"))


def terms_in(row: AgreedCharacter, cipher: TripCipher) -> dict[str, Any]:
    """What was agreed, opened."""
    text = cipher.open(row.agreement, table=row._meta.db_table, column="agreement", row=row.pk)
    terms: dict[str, Any] = json.loads(text or "{}")
    return terms


def groupings_of(trip: Trip) -> QuerySet[GroupingBatch]:
    """Groups and rooms given to many at once, newest first."""
    return GroupingBatch.objects.filter(trip_id=trip.pk)


def itinerary_files_of(trip: Trip) -> QuerySet[ItineraryBatch]:
    """Itinerary files that were applied, newest first."""
    return ItineraryBatch.objects.filter(trip_id=trip.pk)


def remembered_columns(school_id: UUID) -> dict[str, str]:
    """Heading → field of the school's earlier roster files ("" is not read)."""
    return dict(ColumnChoice.objects.filter(school_id=school_id).values_list("heading", "field"))


def calls_of(trip: Trip, cipher: TripCipher) -> list[Call]:
    """Every test call of a trip, newest first, opened."""
    return [call_of(row, cipher) for row in PhoneTest.objects.filter(trip_id=trip.pk)]


def call_log(trip_id: UUID) -> list[CallEntry]:
    """That numbers of a trip were tried, oldest first: places, days and outcomes, without any number or name."""
    rows = PhoneTest.objects.filter(trip_id=trip_id).order_by("recorded_at", "id")
    columns = ("place", "called_on", "outcome", "recorded_by_id", "recorded_at")
    return [
        CallEntry(place, called_on, CallOutcome(outcome), by, at)
        for place, called_on, outcome, by, at in rows.values_list(*columns)
    ]


def saved_report(trip_id: UUID) -> ReturnReport | None:
    """The row of the report of the return once it was saved; nothing sealed is opened."""
    return ReturnReport.objects.filter(trip_id=trip_id, version__gt=0).defer(*REPORT_COLUMNS).first()


def incidents_noted(trip_id: UUID, *, until: dt.datetime) -> int:
    """How many notes of incidents stood by a moment."""
    return IncidentNote.objects.filter(trip_id=trip_id, removed_at=None, noted_at__lte=until).count()


def call_of(row: PhoneTest, cipher: TripCipher) -> Call:
    """One test call opened."""
    opened = {
        name: cipher.open(getattr(row, name), table=row._meta.db_table, column=name, row=row.pk) or ""
        for name in CALL_COLUMNS
    }
    return Call(place=row.place, called_on=row.called_on, outcome=CallOutcome(row.outcome), **opened)


def carried_of(trip: Trip, cipher: TripCipher) -> list[Carried]:
    """What waits beside a copied plan, opened, in the order of the plan."""
    return [_carried(row, cipher) for row in CarriedValue.objects.filter(trip_id=trip.pk)]


def waiting_count(trip: Trip) -> int:
    """How many values wait beside a copied plan."""
    return CarriedValue.objects.filter(trip_id=trip.pk).count()


def _carried(row: CarriedValue, cipher: TripCipher) -> Carried:
    opened = {
        name: cipher.open(getattr(row, name), table=row._meta.db_table, column=name, row=row.pk) or ""
        for name in CARRIED_COLUMNS
    }
    return Carried(path=row.path, **opened)


def report_of(trip: Trip, cipher: TripCipher) -> tuple[Report, int]:
    """The report of the return, opened, and its version; an empty one of version 0 while there is none."""
    row = ReturnReport.objects.filter(trip_id=trip.pk).first()
    if row is None:
        return Report(), 0
    return Report(row.returned_on, row.all_back, **_opened_row(row, REPORT_COLUMNS, cipher)), row.version


def incidents_of(trip: Trip, cipher: TripCipher) -> list[tuple[UUID, Incident]]:
    """The notes of a trip in the order in which things happened, opened."""
    rows = IncidentNote.objects.filter(trip_id=trip.pk, removed_at=None)
    return [(row.pk, incident_of(row, cipher)) for row in rows]


def removed_incidents_of(trip: Trip) -> QuerySet[IncidentNote]:
    """Notes that were taken back, and can be put back."""
    return IncidentNote.objects.filter(trip_id=trip.pk, removed_at__isnull=False)


def incident_of(row: IncidentNote, cipher: TripCipher) -> Incident:
    """One note opened."""
    texts = _opened_row(row, INCIDENT_COLUMNS, cipher)
    return Incident(row.happened_at, row.place, IncidentKind(row.kind), row.people, **texts)


def _opened_row(row: Any, columns: tuple[str, ...], cipher: TripCipher) -> dict[str, str]:
    table = row._meta.db_table
    return {name: cipher.open(getattr(row, name), table=table, column=name, row=row.pk) or "" for name in columns}


def guardian_of(row: Participant, cipher: TripCipher) -> dict[str, str]:
    """Opened guardian fields of one traveller; empty text where nothing is kept."""
    return _opened(Guardian.objects.filter(participant_id=row.pk).first(), GUARDIAN_COLUMNS, cipher)


def health_of(row: Participant, cipher: TripCipher) -> dict[str, str]:
    """Opened health fields; the scope must have the health flag, or row security shows nothing."""
    return _opened(HealthNote.objects.filter(participant_id=row.pk).first(), HEALTH_COLUMNS, cipher)


def _opened(row: Guardian | HealthNote | None, columns: tuple[str, ...], cipher: TripCipher) -> dict[str, str]:
    if row is None:
        return dict.fromkeys(columns, "")
    table = row._meta.db_table
    return {name: cipher.open(getattr(row, name), table=table, column=name, row=row.pk) or "" for name in columns}
