"""Changing the roster one person at a time, or making it what an imported plan says.

Not here: roster files as undoable batches (roster_import), reading files (trips.roster).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Max

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Participant as PersonPart
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.actions.roster_rows import Newcomer, fill, put_all, upsert
from trips.models import Guardian, HealthNote, Participant, Trip
from trips.queries import GUARDIAN_COLUMNS, HEALTH_COLUMNS, person_of


class StalePerson(Exception):
    """Somebody else changed this person since the row was opened; nothing was written."""


@transaction.atomic
def add_participant(trip: Trip, person: PersonPart, *, by: Actor, cipher: TripCipher) -> Participant:
    """Put one person at the end of the roster; the same person sent twice under one key is added once.

    A key that somebody else used meanwhile is exchanged for a free one.
    """
    taken = Participant.objects.filter(trip_id=trip.pk, key=person.key).first()
    if taken is not None and taken.deleted_at is None and person_of(taken, cipher) == person:
        return taken
    if taken is not None:
        person = person.model_copy(update={"key": next_key(trip)})
    last = Participant.objects.filter(trip_id=trip.pk).aggregate(last=Max("position"))["last"]
    row = Participant(trip=trip, school_id=trip.school_id, position=0 if last is None else last + 1)
    fill(row, person, cipher)
    row.save(force_insert=True)
    record(EventName.PARTICIPANT_ADDED, by=by, about=Subject.of(trip), participant=str(row.pk))
    return row


@transaction.atomic
def change_participant(
    row: Participant, person: PersonPart, *, base_version: int, by: Actor, cipher: TripCipher
) -> Participant:
    """Replace one person's entry if nobody changed it since ``base_version``. Raises ``StalePerson``."""
    won = Participant.objects.filter(pk=row.pk, version=base_version, deleted_at=None).update(version=F("version") + 1)
    if not won:
        raise StalePerson(str(row.pk))
    row.refresh_from_db()
    fill(row, person, cipher)
    row.save()
    record(EventName.PARTICIPANT_CHANGED, by=by, about=row_subject(row), participant=str(row.pk))
    return row


@transaction.atomic
def remove_participant(row: Participant, *, by: Actor) -> None:
    """Take a person off the roster; ``restore_participant`` puts them back."""
    Participant.objects.filter(pk=row.pk).update(deleted_at=clock.now())
    record(EventName.PARTICIPANT_REMOVED, by=by, about=row_subject(row), participant=str(row.pk))


@transaction.atomic
def restore_participant(row: Participant, *, by: Actor) -> None:
    """Undo ``remove_participant``."""
    Participant.objects.filter(pk=row.pk).update(deleted_at=None)
    record(EventName.PARTICIPANT_RESTORED, by=by, about=row_subject(row), participant=str(row.pk))


@transaction.atomic
def save_guardian(row: Participant, values: Mapping[str, str], *, by: Actor, cipher: TripCipher) -> None:
    """Keep whom to call at home, sealed; an empty set of values removes the record."""
    put_all(Guardian, GUARDIAN_COLUMNS, [row], {row.pk: values}, cipher)
    Participant.objects.filter(pk=row.pk).update(guardian_recorded=any(values.values()), version=F("version") + 1)
    record(EventName.PARTICIPANT_CHANGED, by=by, about=row_subject(row), participant=str(row.pk))


@transaction.atomic
def save_health(row: Participant, values: Mapping[str, str], *, by: Actor, cipher: TripCipher) -> None:
    """Keep blood type and health notes, sealed; the scope must have the health flag."""
    put_all(HealthNote, HEALTH_COLUMNS, [row], {row.pk: values}, cipher)
    record(EventName.PARTICIPANT_CHANGED, by=by, about=row_subject(row), participant=str(row.pk))


def write_roster(trip: Trip, people: Sequence[PersonPart], cipher: TripCipher) -> None:
    """Make the roster exactly ``people``, as an imported plan says; part of the caller's transaction."""
    Participant.objects.filter(trip_id=trip.pk).exclude(key__in=[person.key for person in people]).delete()
    upsert(trip, [Newcomer(person) for person in people], cipher, renumber=True)


def row_subject(row: Participant) -> Subject:
    """The history of a person belongs to the trip."""
    return Subject(school_id=row.school_id, trip_id=row.trip_id)


def next_key(trip: Trip) -> str:
    """A key no row of this trip has had, deleted ones included: ``P001``, ``P002`` …"""
    taken = set(Participant.objects.filter(trip_id=trip.pk).values_list("key", flat=True))
    number = len(taken) + 1
    while f"P{number:03d}" in taken:
        number += 1
    return f"P{number:03d}"
