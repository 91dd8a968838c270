"""Opening special-care data of a whole party, with the reason on record. Not here: writing it (roster), printing it."""

from __future__ import annotations

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.vault.keyring import TripCipher
from trips.actions.roster_rows import HEALTH_COLUMNS, keeping_health
from trips.models import HealthNote, Trip


@transaction.atomic
def open_health(trip: Trip, *, reason: str, by: Actor, cipher: TripCipher) -> dict[str, dict[str, str]]:
    """Key of each traveller with an entry → blood type, allergy, illness, medicine, note; ``""`` where not known.

    The look stands in the trip's history with ``reason``, which names no person.
    """
    record(EventName.HEALTH_OPENED, by=by, about=Subject.of(trip), reason=reason)
    with keeping_health():
        notes = HealthNote.objects.filter(participant__trip_id=trip.pk, participant__deleted_at=None)
        return {note.participant.key: _opened(note, cipher) for note in notes.select_related("participant")}


def _opened(note: HealthNote, cipher: TripCipher) -> dict[str, str]:
    table = note._meta.db_table
    return {
        name: cipher.open(getattr(note, name), table=table, column=name, row=note.pk) or "" for name in HEALTH_COLUMNS
    }
