"""Recording test calls. They are no part of the plan: a plan that was handed in may still be called through.

Not here: what the calls are worth (trips.facts.calls).
"""

from __future__ import annotations

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.vault.keyring import TripCipher
from trips.facts.calls import Call
from trips.models import PhoneTest, Trip
from trips.queries import CALL_COLUMNS, call_of


@transaction.atomic
def record_call(trip: Trip, call: Call, *, by: Actor, cipher: TripCipher) -> PhoneTest:
    """Keep one test call; the same call sent twice is kept once."""
    for known in PhoneTest.objects.filter(trip_id=trip.pk, place=call.place, called_on=call.called_on):
        if call_of(known, cipher) == call:
            return known
    row = PhoneTest(
        trip=trip,
        school_id=trip.school_id,
        place=call.place,
        called_on=call.called_on,
        outcome=call.outcome.value,
        recorded_by_id=by.user_id,
    )
    for name in CALL_COLUMNS:
        text = getattr(call, name) or None
        setattr(row, name, cipher.seal(text, table=row._meta.db_table, column=name, row=row.pk))
    row.save(force_insert=True)
    record(EventName.PHONE_TESTED, by=by, about=Subject.of(trip), outcome=call.outcome.label)
    return row
