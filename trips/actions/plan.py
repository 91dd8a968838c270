"""Writing a plan: new trips and versioned sections. Not here: the roster (roster), the request (mofa_requests)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Confirmation, EnteredBy
from portal.kit import clock
from portal.vault.keyring import TripCipher, create_trip_key
from trips.actions.history import keep_changes
from trips.enums import Section, TripState
from trips.facts.authorship import changed_fields, field_names
from trips.models import Trip, TripSection
from trips.shelves import TRIP_COLUMNS
from trips.storage import Shelf, dump_sealed, read_rows, read_sheet, write_rows, write_sheet


class StaleSection(Exception):
    """Somebody else saved this section since it was opened; nothing was written."""

    def __init__(self, standing: TripSection) -> None:
        super().__init__(standing.code)
        self.version = standing.version
        self.saved_by = str(standing.saved_by or "")
        self.saved_at = standing.saved_at


@transaction.atomic
def create_trip(school_id: UUID, *, by: Actor, trip_no: str, edition: str, demo: bool = False) -> Trip:
    """A new, empty plan with its own key."""
    trip = Trip.objects.create(
        school_id=school_id, trip_no=trip_no, edition=edition, demo=demo, created_by_id=by.user_id
    )
    create_trip_key(school_id=school_id, trip_id=trip.pk)
    record(EventName.TRIP_CREATED, by=by, about=Subject.of(trip))
    return trip


@transaction.atomic
def save_section(
    trip: Trip,
    section: Section,
    values: Mapping[str, Any],
    *,
    base_version: int,
    by: Actor,
    entered_by: EnteredBy,
    on: dt.date,
    cipher: TripCipher,
    shelves: Mapping[str, Shelf[Any]],
    unparsed: Mapping[str, str] | None = None,
) -> int:
    """Write the section's properties if nobody saved since ``base_version``; returns the new version.

    ``values`` maps dossier properties to parts, tuples of parts or plain values. ``unparsed`` is what was typed into
    fields that could not be read; it is kept sealed and shown again. Raises ``StaleSection``.
    """
    row = _take_section(trip, section.value, base_version)
    before = read_properties(trip, values, cipher=cipher, shelves=shelves)
    write_properties(trip, values, cipher=cipher, shelves=shelves)
    changed = changed_fields(before, values)
    keep_changes(trip, section.value, before, values, changed, by=by, entered_by=entered_by, cipher=cipher)
    _stamp(row, changed, there=field_names(values), entered_by=entered_by, on=on)
    row.saved_at, row.saved_by_id = clock.now(), by.user_id
    text = dump_sealed(dict(unparsed)) if unparsed else None
    row.unparsed = cipher.seal(text, table=row._meta.db_table, column="unparsed", row=row.pk)
    row.save(update_fields=["entered_by", "confirmed_on", "by_agent", "saved_at", "saved_by", "unparsed"])
    record(EventName.SECTION_SAVED, by=by, about=Subject.of(trip), section=section.label)
    return row.version


def read_properties(
    trip: Trip, props: Iterable[str], *, cipher: TripCipher, shelves: Mapping[str, Shelf[Any]]
) -> dict[str, Any]:
    """Dossier properties as they are stored now; one query for each that has a shelf."""
    found = {}
    for prop in props:
        shelf = shelves.get(prop)
        if shelf is None:
            found[prop] = getattr(trip, prop)
        else:
            found[prop] = (read_rows if shelf.many else read_sheet)(shelf, trip.pk, cipher)
    return found


def write_properties(
    trip: Trip, values: Mapping[str, Any], *, cipher: TripCipher, shelves: Mapping[str, Shelf[Any]]
) -> None:
    """Store dossier properties where they live; a property without a shelf is a column of the trip."""
    columns = []
    for prop, value in values.items():
        if prop in shelves:
            shelf = shelves[prop]
            (write_rows if shelf.many else write_sheet)(shelf, trip, value, cipher)
        elif prop in TRIP_COLUMNS:
            setattr(trip, prop, value)
            columns.append(prop)
        else:
            raise KeyError(f"no table holds the property {prop!r}")
    if columns:
        trip.save(update_fields=columns)


def write_confirmations(trip: Trip, confirmations: Iterable[Confirmation]) -> None:
    """Make authorship of the sections what an imported plan says."""
    TripSection.objects.filter(trip_id=trip.pk).update(entered_by=None, confirmed_on=None, by_agent=[])
    for confirmation in confirmations:
        TripSection.objects.update_or_create(
            trip_id=trip.pk,
            code=confirmation.section,
            defaults={
                "school_id": trip.school_id,
                "entered_by": confirmation.entered_by.value,
                "confirmed_on": confirmation.confirmed_on,
            },
        )


@transaction.atomic
def confirm_section(trip: Trip, section: Section, *, by: Actor, on: dt.date) -> None:
    """A teacher makes what a travel agent entered the school's own (15初国教第25号)."""
    TripSection.objects.filter(trip_id=trip.pk, code=section.value).update(confirmed_on=on, by_agent=[])
    record(EventName.SECTION_SAVED, by=by, about=Subject.of(trip), section=section.label)


@transaction.atomic
def close_trip(trip: Trip, *, by: Actor) -> None:
    """The journey is over, or will not take place; the plan becomes read-only."""
    Trip.objects.filter(pk=trip.pk, state=TripState.OPEN.value).update(
        state=TripState.CLOSED.value, closed_at=clock.now()
    )
    record(EventName.TRIP_CLOSED, by=by, about=Subject.of(trip))


def _take_section(trip: Trip, code: str, base_version: int) -> TripSection:
    """Win the section by one conditional update, or tell who did."""
    TripSection.objects.bulk_create(
        [TripSection(trip_id=trip.pk, school_id=trip.school_id, code=code)], ignore_conflicts=True
    )
    mine = TripSection.objects.filter(trip_id=trip.pk, code=code)
    won = mine.filter(version=base_version).update(version=F("version") + 1)
    row = mine.select_related("saved_by").get()
    if not won:
        raise StaleSection(row)
    return row


def _stamp(
    row: TripSection, changed: Collection[str], *, there: Collection[str], entered_by: EnteredBy, on: dt.date
) -> None:
    """Whose hand wrote the fields: an agent's wait for a teacher, who confirms what he writes over himself."""
    if entered_by is EnteredBy.AGENT:
        if changed or row.entered_by is None:
            row.entered_by, row.confirmed_on = EnteredBy.AGENT.value, None
        row.by_agent = sorted({*row.by_agent, *changed}.intersection(there))
        return
    row.by_agent = sorted(set(row.by_agent).difference(changed).intersection(there))
    if row.entered_by != EnteredBy.AGENT.value:
        row.entered_by = EnteredBy.STAFF.value
    elif not row.by_agent and row.confirmed_on is None:
        row.confirmed_on = on
