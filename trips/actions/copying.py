"""Keeping what waits beside a copied plan, and letting it go. Not here: opening the plan (mofa_requests.actions)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from portal.vault.keyring import TripCipher
from trips.facts.copying import Carried
from trips.models import CarriedValue, Trip
from trips.queries import CARRIED_COLUMNS


@transaction.atomic
def keep_carried(trip: Trip, carried: Iterable[Carried], *, cipher: TripCipher) -> None:
    """Keep last year's values beside a new plan, sealed under its key, in their order."""
    CarriedValue.objects.bulk_create(_row(trip, place, one, cipher) for place, one in enumerate(carried))


@transaction.atomic
def drop_carried(trip: Trip, paths: Collection[str]) -> int:
    """Let values go that were confirmed or are not wanted; how many."""
    gone, _ = CarriedValue.objects.filter(trip_id=trip.pk, path__in=paths).delete()
    return gone


def _row(trip: Trip, position: int, one: Carried, cipher: TripCipher) -> CarriedValue:
    row = CarriedValue(trip=trip, school_id=trip.school_id, position=position, path=one.path)
    for name in CARRIED_COLUMNS:
        sealed = cipher.seal(getattr(one, name), table=row._meta.db_table, column=name, row=row.pk)
        setattr(row, name, sealed)
    return row
