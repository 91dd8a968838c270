"""Many travellers at once: groups and rooms given and taken back, passport spellings that a person confirmed.

Not here: one traveller (roster), whole files (roster_import).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.actions.roster_rows import fill
from trips.models import GroupingBatch, Participant, Trip
from trips.queries import person_of

_GIVEN = frozenset({"group", "room"})


class UndoneAlready(Exception):
    """This change was taken back before."""


@transaction.atomic
def assign(
    trip: Trip, keys: Collection[str], change: Mapping[str, str | None], *, by: Actor, cipher: TripCipher
) -> GroupingBatch:
    """Put many people into one group or room at once. ``change`` holds ``group``, ``room`` or both.

    What each of them had is kept with the batch, for ``undo_assignment``.
    """
    strange = set(change) - _GIVEN
    if strange:
        raise KeyError(f"only group and room are assigned to many, not {sorted(strange)}")
    rows = list(Participant.objects.select_for_update().filter(trip_id=trip.pk, key__in=keys, deleted_at=None))
    had = {row.key: {name: getattr(row, name) for name in change} for row in rows}
    _set(rows, {row.key: change for row in rows})
    batch = GroupingBatch(trip=trip, school_id=trip.school_id, people=len(rows), applied_by_id=by.user_id)
    text = json.dumps({"set": dict(change), "had": had}, ensure_ascii=False)
    batch.before = cipher.seal(text, table=batch._meta.db_table, column="before", row=batch.pk)
    batch.save(force_insert=True)
    record(EventName.PEOPLE_ASSIGNED, by=by, about=Subject.of(trip), people=len(rows))
    return batch


@transaction.atomic
def undo_assignment(batch: GroupingBatch, *, by: Actor, cipher: TripCipher) -> int:
    """Give everybody back what they had; how many stay because they were placed anew since.

    Raises ``UndoneAlready``.
    """
    if not GroupingBatch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=clock.now()):
        raise UndoneAlready(str(batch.pk))
    kept = json.loads(cipher.open(batch.before, table=batch._meta.db_table, column="before", row=batch.pk) or "{}")
    had, change = kept["had"], kept["set"]
    rows = Participant.objects.select_for_update().filter(trip_id=batch.trip_id, key__in=had, deleted_at=None)
    untouched = [row for row in rows if all(getattr(row, name) == value for name, value in change.items())]
    _set(untouched, had)
    record(EventName.ASSIGNMENT_UNDONE, by=by, about=Subject.of(batch), people=len(untouched))
    return batch.people - len(untouched)


@transaction.atomic
def write_passport_names(
    trip: Trip, names: Mapping[str, tuple[str, str | None]], *, by: Actor, cipher: TripCipher
) -> int:
    """Write surname and given name of passports, by key, as somebody confirmed them; how many people."""
    rows = list(Participant.objects.select_for_update().filter(trip_id=trip.pk, key__in=names, deleted_at=None))
    for row in rows:
        surname, given = names[row.key]
        person = person_of(row, cipher).model_copy(update={"passport_surname": surname, "passport_given": given})
        fill(row, person, cipher)
        row.version += 1
    Participant.objects.bulk_update(rows, ["passport_surname", "passport_given", "version"], batch_size=200)
    record(EventName.PASSPORT_NAMES_CONFIRMED, by=by, about=Subject.of(trip), people=len(rows))
    return len(rows)


def _set(rows: list[Participant], values: Mapping[str, Mapping[str, str | None]]) -> None:
    for row in rows:
        for name, value in values[row.key].items():
            setattr(row, name, value)
        row.version += 1
    Participant.objects.bulk_update(rows, [*sorted(_GIVEN), "version"], batch_size=500)
