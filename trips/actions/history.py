"""Who wrote which field of a section, and what stood there before: kept sealed beside the plan, newest first.

Not here: writing the section (plan), which fields changed (trips.facts.authorship).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from pydantic_core import to_jsonable_python

from portal.audit.record import Actor
from portal.dossier.types import EnteredBy
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.facts.authorship import field_values, rows_gone
from trips.models import FieldChange, Trip
from trips.storage import dump_sealed

ONE_HAND = dt.timedelta(minutes=30)
"""What one person writes into a field within this time is one change."""


@transaction.atomic
def keep_changes(
    trip: Trip,
    code: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changed: Collection[str],
    *,
    by: Actor,
    entered_by: EnteredBy,
    cipher: TripCipher,
) -> None:
    """Note every changed field and every row taken away.

    A field that the same person wrote a moment ago keeps what stood there before all of it.
    """
    gone = rows_gone(before, after)
    if not changed and not gone:
        return
    now, former = clock.now(), field_values(before)
    going_on = _going_on(trip, code, changed, by=by, since=now - ONE_HAND)
    FieldChange.objects.filter(pk__in=going_on.values()).update(changed_at=now)
    values = {name: former.get(name) for name in changed if name not in going_on} | gone
    rows = [
        FieldChange(
            trip=trip,
            school_id=trip.school_id,
            code=code,
            field=name[:120],
            entered_by=entered_by.value,
            changed_at=now,
            changed_by_id=by.user_id,
        )
        for name in values
    ]
    for row, value in zip(rows, values.values(), strict=True):
        text = dump_sealed(to_jsonable_python(value))
        row.before = cipher.seal(text, table=row._meta.db_table, column="before", row=row.pk)
    FieldChange.objects.bulk_create(rows)


def _going_on(trip: Trip, code: str, changed: Collection[str], *, by: Actor, since: dt.datetime) -> dict[str, Any]:
    """Field → the change that this person is still writing: theirs, young, and nobody else's since."""
    recent = FieldChange.objects.filter(trip_id=trip.pk, code=code, field__in=changed, changed_at__gte=since)
    newest = {row.field: row for row in recent.order_by("changed_at", "id").defer("before")}
    return {name: row.pk for name, row in newest.items() if row.changed_by_id == by.user_id}
