"""A plan to play with: a specimen under the school's own name that never leaves the school.

Not here: real plans (plan), what a submission refuses (submit).
"""

from __future__ import annotations

from django.db import transaction

from mofa_requests.actions.plan import NotEditable, open_plan, school_part, store_dossier
from portal.audit.record import Actor
from portal.dossier.types import Dossier, Edition
from portal.tenancy.models import Org
from trips.actions.plan import close_trip
from trips.enums import TripState
from trips.queries import Trip


@transaction.atomic
def open_practice(school: Org, specimen: Dossier, *, by: Actor) -> Trip:
    """The school's practice plan: the open one if there is any, otherwise a new one made of ``specimen``."""
    known = Trip.objects.filter(school_id=school.pk, practice=True, state=TripState.OPEN.value).first()
    if known is not None:
        return known
    trip = open_plan(school, by=by, trip_no=_practice_no(school), demo=True).trip
    trip.practice = True
    trip.save(update_fields=["practice"])
    own = {"school": school_part(school), "edition": Edition(trip.edition), "demo": True, "confirmations": ()}
    store_dossier(trip, specimen.model_copy(update=own), by=by)
    return trip


@transaction.atomic
def end_practice(trip: Trip, *, by: Actor) -> None:
    """Put the practice plan away. Raises ``NotEditable`` for a real plan, which is closed by other means."""
    if not trip.practice:
        raise NotEditable(trip.trip_no)
    close_trip(trip, by=by)


def _practice_no(school: Org) -> str:
    """``MIHON1``, ``MIHON2`` …"""
    number = Trip.objects.filter(school_id=school.pk, practice=True).count() + 1
    while Trip.objects.filter(school_id=school.pk, trip_no=f"MIHON{number}").exists():
        number += 1
    return f"MIHON{number}"
