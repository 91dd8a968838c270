"""Writing many travellers at once: their rows, and guardian and health records in the sealed tables beside.

Here: rows only, inside the caller's transaction. Not here: who may, history, undoing (roster, roster_import).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from portal.dossier.types import Participant as PersonPart
from portal.kit.names import fold, kana_sort_key
from portal.tenancy.scope import acting_as, current_scope
from portal.vault.keyring import TripCipher
from trips.models import Guardian, HealthNote, Participant, Trip
from trips.queries import GUARDIAN_COLUMNS, HEALTH_COLUMNS
from trips.shelves import PARTICIPANTS

Beside = type[Guardian] | type[HealthNote]
BESIDE: tuple[tuple[str, Beside, tuple[str, ...]], ...] = (
    ("guardian", Guardian, GUARDIAN_COLUMNS),
    ("health", HealthNote, HEALTH_COLUMNS),
)
"""What of a ``Newcomer`` lives in which sealed table."""
_COPIES = ("folded", "kana_sort", "version", "deleted_at")


@dataclass(frozen=True)
class Newcomer:
    """A person to be put on the roster, with what belongs into the sealed tables beside it."""

    person: PersonPart
    guardian: Mapping[str, str] = field(default_factory=dict)
    health: Mapping[str, str] = field(default_factory=dict)


def fill(row: Participant, person: PersonPart, cipher: TripCipher) -> None:
    """Set a row's columns, and its copies for search and order."""
    PARTICIPANTS.write(row, person, cipher)
    row.folded = fold(f"{person.name or ''} {person.kana or ''}")[:200]
    unread, folded, exact = kana_sort_key(person.kana or person.name or "")
    row.kana_sort = f"{int(unread)}{folded}\x1f{exact}"[:200]


def upsert(
    trip: Trip, newcomers: Sequence[Newcomer], cipher: TripCipher, *, renumber: bool = False
) -> list[Participant]:
    """Insert or replace by key in two statements, whatever the number of people; their rows in the given order."""
    existing = {row.key: row for row in Participant.objects.filter(trip_id=trip.pk)}
    position = 0 if renumber else 1 + max((row.position for row in existing.values()), default=-1)
    fresh: list[Participant] = []
    changed: list[Participant] = []
    rows: list[Participant] = []
    for newcomer in newcomers:
        row = existing.get(newcomer.person.key)
        target = row or Participant(trip=trip, school_id=trip.school_id)
        if row is None or renumber:
            target.position, position = position, position + 1
        fill(target, newcomer.person, cipher)
        target.deleted_at = None
        target.version += 1
        rows.append(target)
        (fresh if row is None else changed).append(target)
    Participant.objects.bulk_create(fresh)
    if changed:
        columns = ["position", *(c.name for c in PARTICIPANTS.columns), *_COPIES]
        Participant.objects.bulk_update(changed, columns, batch_size=500)
    return rows


@contextmanager
def keeping_health() -> Iterator[None]:
    """Health notes are in view only where the scope says so; to keep what a file brings, this one does."""
    scope = current_scope()
    with acting_as(replace(scope, health=True) if scope else None):
        yield


def lay_beside(rows: Sequence[Participant], newcomers: Sequence[Newcomer], cipher: TripCipher) -> None:
    """Keep what each newcomer brings; where a file is silent, the stored entry stays."""
    for name, model, columns in BESIDE:
        brought = {
            row.pk: {column: text for column, text in getattr(newcomer, name).items() if text}
            for row, newcomer in zip(rows, newcomers, strict=True)
        }
        brought = {pk: values for pk, values in brought.items() if values}
        if brought:
            with keeping_health():
                stored = opened(model, columns, brought, cipher)
                put_all(model, columns, rows, {pk: stored.get(pk, {}) | brought[pk] for pk in brought}, cipher)


def opened(model: Beside, columns: tuple[str, ...], ids: Any, cipher: TripCipher) -> dict[UUID, dict[str, str]]:
    """Participant → the entries of one sealed table that are not empty."""
    table = model._meta.db_table
    return {
        record.participant_id: {
            name: text
            for name in columns
            if (text := cipher.open(getattr(record, name), table=table, column=name, row=record.pk))
        }
        for record in model.objects.filter(participant_id__in=list(ids))
    }


def put_all(
    model: Beside,
    columns: tuple[str, ...],
    rows: Sequence[Participant],
    values: Mapping[UUID, Mapping[str, str]],
    cipher: TripCipher,
) -> None:
    """Make the records beside the people named in ``values`` exactly these; one without any entry has no record."""
    model.objects.filter(participant_id__in=list(values)).delete()
    model.objects.bulk_create(
        sealed_row(model, row, columns, values[row.pk], cipher) for row in rows if any(values.get(row.pk, {}).values())
    )


def sealed_row(
    model: Beside, person: Participant, columns: tuple[str, ...], values: Mapping[str, str], cipher: TripCipher
) -> Any:
    """One unsaved record beside a person."""
    record = model(participant_id=person.pk, school_id=person.school_id)
    for name in columns:
        sealed = cipher.seal(values.get(name) or None, table=model._meta.db_table, column=name, row=record.pk)
        setattr(record, name, sealed)
    return record
