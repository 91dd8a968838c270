"""Changing the roster: one person at a time, or one undoable batch. Not here: reading files (trips.roster)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Participant as PersonPart
from portal.kit import clock
from portal.kit.names import fold, kana_sort_key
from portal.tenancy.scope import acting_as, current_scope
from portal.vault.keyring import TripCipher
from trips.models import Guardian, HealthNote, Participant, RosterBatch, Trip
from trips.queries import GUARDIAN_COLUMNS, HEALTH_COLUMNS
from trips.shelves import PARTICIPANTS
from trips.storage import dump_sealed

_COPIES = ("folded", "kana_sort", "version", "deleted_at")


class StalePerson(Exception):
    """Somebody else changed this person since the row was opened; nothing was written."""


class CannotUndo(Exception):
    """The roster has changed since the import, or the import was undone already."""


@dataclass(frozen=True)
class Newcomer:
    """A person to be put on the roster, with what belongs into the sealed tables beside it."""

    person: PersonPart
    guardian: Mapping[str, str] = field(default_factory=dict)
    health: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def add_participant(trip: Trip, person: PersonPart, *, by: Actor, cipher: TripCipher) -> Participant:
    """Put one person at the end of the roster."""
    last = Participant.objects.filter(trip_id=trip.pk).aggregate(last=Max("position"))["last"]
    row = Participant(trip=trip, school_id=trip.school_id, position=0 if last is None else last + 1)
    _fill(row, person, cipher)
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
    _fill(row, person, cipher)
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
    _put_beside(row, Guardian, GUARDIAN_COLUMNS, values, cipher)
    Participant.objects.filter(pk=row.pk).update(guardian_recorded=any(values.values()), version=F("version") + 1)
    record(EventName.PARTICIPANT_CHANGED, by=by, about=row_subject(row), participant=str(row.pk))


@transaction.atomic
def save_health(row: Participant, values: Mapping[str, str], *, by: Actor, cipher: TripCipher) -> None:
    """Keep blood type and health notes, sealed; the scope must have the health flag."""
    _put_beside(row, HealthNote, HEALTH_COLUMNS, values, cipher)
    record(EventName.PARTICIPANT_CHANGED, by=by, about=row_subject(row), participant=str(row.pk))


@transaction.atomic
def apply_import(
    trip: Trip,
    newcomers: Sequence[Newcomer],
    *,
    by: Actor,
    cipher: TripCipher,
    file_name: str,
    file_sha256: str,
    read: int,
    refused: int,
) -> RosterBatch:
    """Put every newcomer on the roster (same key replaces) as one batch that can be undone as a whole."""
    batch = RosterBatch(
        trip=trip,
        school_id=trip.school_id,
        file_name=file_name[:200],
        file_sha256=file_sha256,
        read=read,
        kept=len(newcomers),
        refused=refused,
        applied_by_id=by.user_id,
    )
    before = [
        {"key": key, "version": version, "deleted": deleted is not None}
        for key, version, deleted in Participant.objects.filter(trip_id=trip.pk).values_list(
            "key", "version", "deleted_at"
        )
    ]
    batch.before = _seal_before(batch, {"rows": before, "replaced": _replaced(trip, newcomers, cipher)}, cipher)
    batch.save(force_insert=True)
    _upsert(trip, newcomers, cipher)
    record(EventName.ROSTER_IMPORTED, by=by, about=Subject.of(trip), kept=len(newcomers), batch=str(batch.pk))
    return batch


@transaction.atomic
def undo_import(batch: RosterBatch, *, by: Actor, cipher: TripCipher) -> None:
    """Make the roster what it was before the batch. Raises ``CannotUndo`` if a later batch stands on it."""
    later = RosterBatch.objects.filter(trip_id=batch.trip_id, undone_at=None, applied_at__gt=batch.applied_at)
    if batch.undone_at is not None or later.exists():
        raise CannotUndo(str(batch.pk))
    before = json.loads(cipher.open(batch.before, table=batch._meta.db_table, column="before", row=batch.pk) or "{}")
    known = {entry["key"] for entry in before["rows"]}
    Participant.objects.filter(trip_id=batch.trip_id).exclude(key__in=known).delete()
    replaced = [Newcomer(PersonPart.model_validate(person)) for person in before["replaced"]]
    _upsert(batch.trip, replaced, cipher)
    gone = [entry["key"] for entry in before["rows"] if entry["deleted"]]
    Participant.objects.filter(trip_id=batch.trip_id, key__in=gone).update(deleted_at=clock.now())
    RosterBatch.objects.filter(pk=batch.pk).update(undone_at=clock.now())
    record(EventName.ROSTER_IMPORT_UNDONE, by=by, about=Subject.of(batch), batch=str(batch.pk))


def write_roster(trip: Trip, people: Sequence[PersonPart], cipher: TripCipher) -> None:
    """Make the roster exactly ``people``, as an imported plan says; part of the caller's transaction."""
    Participant.objects.filter(trip_id=trip.pk).exclude(key__in=[person.key for person in people]).delete()
    _upsert(trip, [Newcomer(person) for person in people], cipher, renumber=True)


def row_subject(row: Participant) -> Subject:
    """The history of a person belongs to the trip."""
    return Subject(school_id=row.school_id, trip_id=row.trip_id)


def _fill(row: Participant, person: PersonPart, cipher: TripCipher) -> None:
    PARTICIPANTS.write(row, person, cipher)
    row.folded = fold(f"{person.name or ''} {person.kana or ''}")[:200]
    unread, folded, exact = kana_sort_key(person.kana or person.name or "")
    row.kana_sort = f"{int(unread)}{folded}\x1f{exact}"[:200]


def _upsert(trip: Trip, newcomers: Sequence[Newcomer], cipher: TripCipher, *, renumber: bool = False) -> None:
    """Insert or replace by key in two statements, whatever the number of people."""
    existing = {row.key: row for row in Participant.objects.filter(trip_id=trip.pk)}
    position = 0 if renumber else 1 + max((row.position for row in existing.values()), default=-1)
    fresh: list[Participant] = []
    changed: list[Participant] = []
    for newcomer in newcomers:
        row = existing.get(newcomer.person.key)
        target = row or Participant(trip=trip, school_id=trip.school_id)
        if row is None or renumber:
            target.position, position = position, position + 1
        _fill(target, newcomer.person, cipher)
        target.deleted_at = None
        target.version += 1
        existing[target.key] = target
        (fresh if row is None else changed).append(target)
    Participant.objects.bulk_create(fresh)
    if changed:
        columns = ["position", *(c.name for c in PARTICIPANTS.columns), *_COPIES]
        Participant.objects.bulk_update(changed, columns, batch_size=500)
    _put_all_beside([existing[n.person.key] for n in newcomers], newcomers, cipher)


def _put_all_beside(rows: Sequence[Participant], newcomers: Sequence[Newcomer], cipher: TripCipher) -> None:
    guardians = {row.pk: n.guardian for row, n in zip(rows, newcomers, strict=True) if any(n.guardian.values())}
    notes = {row.pk: n.health for row, n in zip(rows, newcomers, strict=True) if any(n.health.values())}
    for model, columns, values in ((Guardian, GUARDIAN_COLUMNS, guardians), (HealthNote, HEALTH_COLUMNS, notes)):
        if not values:
            continue
        with _keeping_health():
            model.objects.filter(participant_id__in=values).delete()
            model.objects.bulk_create(
                _sealed_row(model, row.pk, row.school_id, columns, values[row.pk], cipher)
                for row in rows
                if row.pk in values
            )


@contextmanager
def _keeping_health() -> Iterator[None]:
    """Health notes are in view only where the scope says so; to keep what a file brings, this one does."""
    scope = current_scope()
    with acting_as(replace(scope, health=True) if scope else None):
        yield


def _put_beside(
    row: Participant, model: type[Any], columns: tuple[str, ...], values: Mapping[str, str], cipher: TripCipher
) -> None:
    model.objects.filter(participant_id=row.pk).delete()
    if any(values.values()):
        _sealed_row(model, row.pk, row.school_id, columns, values, cipher).save(force_insert=True)


def _sealed_row(
    model: type[Any],
    participant_id: UUID,
    school_id: UUID,
    columns: tuple[str, ...],
    values: Mapping[str, str],
    cipher: TripCipher,
) -> Any:
    row = model(participant_id=participant_id, school_id=school_id)
    for name in columns:
        sealed = cipher.seal(values.get(name) or None, table=model._meta.db_table, column=name, row=row.pk)
        setattr(row, name, sealed)
    return row


def _replaced(trip: Trip, newcomers: Sequence[Newcomer], cipher: TripCipher) -> list[dict[str, Any]]:
    keys = [newcomer.person.key for newcomer in newcomers]
    rows = Participant.objects.filter(trip_id=trip.pk, key__in=keys)
    return [PARTICIPANTS.read(row, cipher).model_dump(mode="json", exclude_defaults=True) for row in rows]


def _seal_before(batch: RosterBatch, value: dict[str, Any], cipher: TripCipher) -> bytes | None:
    return cipher.seal(dump_sealed(value), table=batch._meta.db_table, column="before", row=batch.pk)


def next_key(trip: Trip) -> str:
    """A key no row of this trip has had, deleted ones included: ``P001``, ``P002`` …"""
    taken = set(Participant.objects.filter(trip_id=trip.pk).values_list("key", flat=True))
    number = len(taken) + 1
    while f"P{number:03d}" in taken:
        number += 1
    return f"P{number:03d}"
