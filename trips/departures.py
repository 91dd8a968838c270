"""When the first of each party leaves Japan (domain §3 R1), for lists. Not here: a whole plan (queries, facts)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Min

from trips.models import Group
from trips.queries import outlines_of


def earliest_departures(trip_ids: Iterable[UUID]) -> dict[UUID, dt.date]:
    """Trip → its earliest departure, of the outline or of a group; trips without any date are left out. Two queries."""
    ids = list(trip_ids)
    grouped = Group.objects.filter(trip_id__in=ids, departs_on__isnull=False).order_by().values_list("trip_id")
    found: dict[UUID, dt.date] = dict(grouped.annotate(Min("departs_on")))
    for trip_id, outline in outlines_of(ids).items():
        if outline.departs_on:
            found[trip_id] = min(outline.departs_on, found.get(trip_id, outline.departs_on))
    return found
