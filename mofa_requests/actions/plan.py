"""The plan as a whole: opening one with its request, saving sections while it may be edited, files in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count

from mofa_requests import board_rules, queries
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from mofa_requests.shelves import SHELVES
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.directory.routes import route_for
from portal.dossier.types import Dossier, Edition, EnteredBy, FounderType, Outline, School
from portal.kit.machine import Refused
from portal.tenancy.models import Org
from portal.vault.keyring import cipher_for
from trips.actions.plan import create_trip, write_confirmations, write_properties
from trips.actions.plan import save_section as save_trip_section
from trips.actions.roster import write_roster
from trips.enums import SECTION_PROPERTIES, Section, TripState
from trips.queries import Trip

PLAN_PROPERTIES = frozenset(
    prop for props in SECTION_PROPERTIES.values() for prop in props if prop != "participants"
) | {"late_filing_reason", "demo", "as_of", "edition"}


class NotEditable(Exception):
    """The plan is with the authority, forwarded, withdrawn or closed: it may not be changed now."""


@transaction.atomic
def open_plan(school: Org, *, by: Actor, trip_no: str | None = None, demo: bool = False) -> MofaRequest:
    """A new plan of the school, filled with what the organisation knows of itself, and its request as a draft."""
    trip = create_trip(school.pk, by=by, trip_no=trip_no or next_trip_no(school), edition=school.edition, demo=demo)
    cipher = cipher_for(trip.pk)
    write_properties(trip, {"school": school_part(school)}, cipher=cipher, shelves=SHELVES)
    return MofaRequest.objects.create(school_id=school.pk, trip=trip, kind=kind_for(school).value, edition=trip.edition)


def write_title(trip: Trip, title: str) -> None:
    """The name of a new plan, as the first entry of its outline."""
    write_properties(trip, {"outline": Outline(title=title)}, cipher=cipher_for(trip.pk), shelves=SHELVES)


def kind_for(school: Org) -> RequestKind:
    """A founder without a forwarding authority (a university) files no request; its plan is only fixed."""
    route = route_for(FounderType(school.founder), edition=Edition(school.edition))
    return RequestKind.FILING if route.forwarder else RequestKind.ADVISORY


def school_part(school: Org) -> School:
    """The organisation's own entries, as the first content of the plan's school section."""
    return School(
        name=school.name or None,
        kana=school.kana or None,
        english_name=school.english_name or None,
        founder=FounderType(school.founder),
        kind=school.school_kind or None,
        postcode=school.postcode or None,
        address=school.address or None,
        phone=school.phone or None,
        fax=school.fax or None,
        email=school.email or None,
        principal=school.head_name or None,
    )


def next_trip_no(school: Org) -> str:
    """``T001``, ``T002`` … within the school."""
    number = Trip.objects.filter(school_id=school.pk).aggregate(n=Count("id"))["n"] + 1
    while Trip.objects.filter(school_id=school.pk, trip_no=f"T{number:03d}").exists():
        number += 1
    return f"T{number:03d}"


@transaction.atomic
def save_section(
    trip: Trip,
    section: Section,
    values: Mapping[str, Any],
    *,
    base_version: int,
    by: Actor,
    entered_by: EnteredBy,
    on: dt.date,
    unparsed: Mapping[str, str] | None = None,
) -> int:
    """Save one section of an editable plan; the new version. Raises ``NotEditable`` or ``StaleSection``."""
    require_editable(trip)
    foreign = set(values) - set(SECTION_PROPERTIES[section])
    if foreign:
        raise KeyError(f"section {section.value} does not hold {sorted(foreign)}")
    return save_trip_section(
        trip,
        section,
        values,
        base_version=base_version,
        by=by,
        entered_by=entered_by,
        on=on,
        cipher=cipher_for(trip.pk),
        shelves=SHELVES,
        unparsed=unparsed,
    )


def require_editable(trip: Trip) -> MofaRequest:
    """The request of a plan that may be changed now, its row locked against a submission at the same time."""
    request = MofaRequest.objects.select_for_update(of=("self",)).filter(trip_id=trip.pk).latest("id")
    if trip.state != TripState.OPEN.value or request.state not in queries.EDITABLE:
        raise NotEditable(RequestState(request.state).label)
    return request


@transaction.atomic
def save_late_reason(trip: Trip, reason: str | None, *, by: Actor) -> None:
    """Why the plan is filed after the deadline; needed before a late submission."""
    require_editable(trip)
    write_properties(trip, {"late_filing_reason": reason or None}, cipher=cipher_for(trip.pk), shelves=SHELVES)
    record(EventName.SECTION_SAVED, by=by, about=Subject.of(trip), section="期限後提出の理由")


@transaction.atomic
def store_dossier(trip: Trip, dossier: Dossier, *, by: Actor) -> None:
    """Make the plan equal ``dossier`` (all but the authority's ``request`` part and the trip's own number).

    Raises ``NotEditable``, or ``Refused`` for an edition of the notices that its authority does not work with.
    """
    live = require_editable(trip)
    if dossier.edition.value != live.edition:
        _require_open_edition(live, dossier.edition)
    cipher = cipher_for(trip.pk)
    write_properties(
        trip, {prop: getattr(dossier, prop) for prop in sorted(PLAN_PROPERTIES)}, cipher=cipher, shelves=SHELVES
    )
    write_roster(trip, dossier.participants, cipher)
    write_confirmations(trip, dossier.confirmations)
    MofaRequest.objects.filter(trip_id=trip.pk, state__in=queries.EDITABLE).update(edition=dossier.edition.value)
    record(EventName.DOSSIER_IMPORTED, by=by, about=Subject.of(trip))


@transaction.atomic
def export_dossier(trip: Trip, *, by: Actor) -> Dossier:
    """The plan as a file would hold it; the export is part of the history."""
    dossier = queries.gather_dossier(trip)
    record(EventName.DOSSIER_EXPORTED, by=by, about=Subject.of(trip))
    return dossier


def editions_open_to(request: MofaRequest) -> tuple[Edition, ...]:
    """The editions a plan may move to: up to the one its forwarding authority works with, until it is submitted.

    Once submitted it has a route, and another edition could mean another authority.
    """
    if request.revision_number or request.kind != RequestKind.FILING.value:
        return ()
    school = request.school
    above = board_rules.forwarder_of(school, FounderType(school.founder), edition=Edition(request.edition))
    return tuple(edition for edition in Edition if above is not None and edition.value <= above.edition)


def _require_open_edition(request: MofaRequest, edition: Edition) -> None:
    if edition not in editions_open_to(request):
        raise Refused(
            "この通知では、まだ所管庁が受け付けていません。所管庁に確かめてください",
            "Your authority does not work with these notices yet. Ask it.",
        )


@transaction.atomic
def choose_edition(request: MofaRequest, edition: Edition, *, by: Actor) -> None:
    """Write the plan under another edition of the notices. Raises ``NotEditable`` or ``Refused``."""
    live = require_editable(request.trip)
    _require_open_edition(live, edition)
    write_properties(live.trip, {"edition": edition}, cipher=cipher_for(live.trip_id), shelves=SHELVES)
    MofaRequest.objects.filter(pk=live.pk).update(edition=edition.value)
    record(EventName.EDITION_CHOSEN, by=by, about=Subject.of(live), edition=edition.label)
