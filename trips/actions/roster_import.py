"""A roster file applied as one batch, and taken back as a whole. Not here: reading the file (trips.roster)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Participant as PersonPart
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.actions.roster_rows import BESIDE, Newcomer, keeping_health, lay_beside, opened, put_all, upsert
from trips.models import Participant, RosterBatch, Trip
from trips.shelves import PARTICIPANTS
from trips.storage import dump_sealed


class CannotUndo(Exception):
    """A later import stands on this one, or it was undone already."""


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
    """Put every newcomer on the roster (a live person's key replaces) as one batch that can be undone as a whole."""
    newcomers = list(_away_from_removed(trip, newcomers))
    replaced = _replaced(trip, newcomers, cipher)
    rows = upsert(trip, newcomers, cipher)
    lay_beside(rows, newcomers, cipher)
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
    before = {"replaced": replaced, "after": {row.key: row.version for row in rows}}
    batch.before = cipher.seal(dump_sealed(before), table=batch._meta.db_table, column="before", row=batch.pk)
    batch.save(force_insert=True)
    record(EventName.ROSTER_IMPORTED, by=by, about=Subject.of(trip), kept=len(newcomers), batch=str(batch.pk))
    return batch


@transaction.atomic
def undo_import(batch: RosterBatch, *, by: Actor, cipher: TripCipher) -> int:
    """Make the people of the batch what they were before it; how many stay because they were changed by hand since.

    People added by hand since are not touched. Raises ``CannotUndo`` if a later batch stands on it.
    """
    later = RosterBatch.objects.filter(trip_id=batch.trip_id, undone_at=None, applied_at__gt=batch.applied_at)
    taken_back = RosterBatch.objects.filter(pk=batch.pk, undone_at=None)
    if later.exists() or not taken_back.update(undone_at=clock.now()):
        raise CannotUndo(str(batch.pk))
    before = json.loads(cipher.open(batch.before, table=batch._meta.db_table, column="before", row=batch.pk) or "{}")
    present = {row.key: row for row in Participant.objects.filter(trip_id=batch.trip_id, key__in=before["after"])}
    untouched = {key for key, row in present.items() if row.version == before["after"][key]}
    former = {entry["person"]["key"]: entry for entry in before["replaced"]}
    Participant.objects.filter(trip_id=batch.trip_id, key__in=untouched - set(former)).delete()
    _restore(batch.trip, [entry for key, entry in former.items() if key in untouched], cipher)
    record(EventName.ROSTER_IMPORT_UNDONE, by=by, about=Subject.of(batch), batch=str(batch.pk))
    return len(present) - len(untouched)


def _away_from_removed(trip: Trip, newcomers: Sequence[Newcomer]) -> Iterator[Newcomer]:
    """A file is compared with the people who are on the roster; the rows of removed people are not to be written over.

    Otherwise a newcomer would take the place, the guardian and the health record of somebody taken off before.
    """
    rows = dict(Participant.objects.filter(trip_id=trip.pk).values_list("key", "deleted_at"))
    free = _free_keys(set(rows) | {newcomer.person.key for newcomer in newcomers})
    for newcomer in newcomers:
        if rows.get(newcomer.person.key) is None:
            yield newcomer
        else:
            person = newcomer.person.model_copy(update={"key": next(free)})
            yield Newcomer(person, newcomer.guardian, newcomer.health)


def _free_keys(taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if (key := f"q{number:03d}") not in taken:
            yield key


def _replaced(trip: Trip, newcomers: Sequence[Newcomer], cipher: TripCipher) -> list[dict[str, Any]]:
    """What stands there now of everybody who is replaced, with the records beside."""
    keys = [newcomer.person.key for newcomer in newcomers]
    rows = list(Participant.objects.filter(trip_id=trip.pk, key__in=keys))
    people = {row.pk: PARTICIPANTS.read(row, cipher) for row in rows}
    entries = {pk: {"person": person.model_dump(mode="json", exclude_defaults=True)} for pk, person in people.items()}
    with keeping_health():
        for name, model, columns in BESIDE:
            for person_id, values in opened(model, columns, entries, cipher).items():
                entries[person_id][name] = values
    return list(entries.values())


def _restore(trip: Trip, entries: Sequence[Mapping[str, Any]], cipher: TripCipher) -> None:
    """Write former entries back; what was not kept beside a person then is not there now either."""
    rows = upsert(trip, [Newcomer(PersonPart.model_validate(entry["person"])) for entry in entries], cipher)
    with keeping_health():
        for name, model, columns in BESIDE:
            values = {row.pk: entry.get(name, {}) for row, entry in zip(rows, entries, strict=True)}
            put_all(model, columns, rows, values, cipher)
