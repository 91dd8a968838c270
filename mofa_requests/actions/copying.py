"""A new plan from last year's: opened with its request, and completed value by value as a person confirms them.

Not here: what comes along (trips.facts.copying).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.plan import PLAN_PROPERTIES, open_plan, require_editable, save_section
from mofa_requests.models import MofaRequest
from mofa_requests.shelves import SHELVES
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import EnteredBy
from portal.vault.keyring import cipher_for
from trips.actions.copying import drop_carried, keep_carried
from trips.actions.plan import write_properties
from trips.enums import SECTION_PROPERTIES, Section
from trips.facts.copying import TAKEN, copy_plan, put_back, waits
from trips.queries import Trip, carried_of, sections_of


@transaction.atomic
def start_from(former: Trip, *, title: str, by: Actor, trip_no: str | None = None) -> MofaRequest:
    """Open the next plan of the school with structure and texts of ``former``; the rest waits to be confirmed."""
    plan, carried = copy_plan(queries.gather_dossier(former))
    request = open_plan(former.school, by=by, trip_no=trip_no, demo=former.demo)
    cipher = cipher_for(request.trip_id)
    values = {prop: getattr(plan, prop) for prop in TAKEN if prop in PLAN_PROPERTIES}
    outline = plan.outline.model_copy(update={"title": title})
    write_properties(
        request.trip, {**values, "outline": outline, "readiness": plan.readiness}, cipher=cipher, shelves=SHELVES
    )
    keep_carried(request.trip, carried, cipher=cipher)
    record(EventName.PLAN_COPIED, by=by, about=Subject.of(request.trip), former=former.trip_no, waiting=len(carried))
    return request


@transaction.atomic
def confirm_carried(trip: Trip, paths: Collection[str], *, by: Actor, on: dt.date) -> int:
    """Put the ticked values into the plan; how many. One whose place was written in meanwhile is only let go.

    Raises ``NotEditable``.
    """
    require_editable(trip)
    cipher = cipher_for(trip.pk)
    dossier = queries.gather_dossier(trip, cipher=cipher)
    chosen = [carried for carried in carried_of(trip, cipher) if carried.path in paths]
    fitting = [carried for carried in chosen if waits(dossier, carried.path)]
    complete = put_back(dossier, fitting)
    versions = {code: standing.version for code, standing in sections_of(trip, cipher).items()}
    for section in _touched(carried.path for carried in fitting):
        save_section(
            trip,
            section,
            {prop: getattr(complete, prop) for prop in SECTION_PROPERTIES[section]},
            base_version=versions.get(section.value, 0),
            by=by,
            entered_by=EnteredBy.STAFF,
            on=on,
        )
    drop_carried(trip, [carried.path for carried in chosen])
    return len(fitting)


def _touched(paths: Iterable[str]) -> list[Section]:
    props = {path.partition("/")[0] for path in paths}
    return [section for section, held in SECTION_PROPERTIES.items() if props & set(held)]
