"""The dates of every trip in view, for lists and calendars: live at the school, frozen at the authority.

Not here: counting back (portal.lawbook.deadlines), the text of a calendar (portal.ui.calendar).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max

from mofa_requests import board_rules, queries
from mofa_requests.enums import RequestKind
from mofa_requests.models import AuthoritySettings, MofaRequest
from mofa_requests.rules import count_back
from portal.audit.models import Event
from portal.directory.routes import route_for
from portal.dossier.types import Edition, FounderType
from portal.kit.choices import LabelledEnum
from portal.lawbook.deadlines import Deadlines
from portal.tenancy.models import Org
from trips.departures import earliest_departures
from trips.enums import TripState
from trips.queries import Trip, outlines_of, trips_of


class DueKind(LabelledEnum):
    """Whose duty a date is, in the order in which the papers travel."""

    SCHOOL = "school", "学校の提出期限", "School submits"
    MUNICIPAL = "municipal", "市町村教育委員会の発送期限", "Municipal board sends on"
    DISPATCH = "dispatch", "経由機関の発送期限", "Authority sends to the ministry"
    RECEIPT = "receipt", "外務省必着", "Must have reached the ministry"


Due = tuple[tuple[DueKind, dt.date], ...]
History = dict[UUID, tuple[int, dt.datetime]]


@dataclass(frozen=True)
class DueDates:
    """One trip's dates. ``id`` is the trip's for a school, the request's for an authority.

    ``changes`` counts what the history knows of it, so that it grows whenever a date may have moved.
    """

    id: UUID
    title: str
    school: str
    departs_on: dt.date
    due: Due
    changes: int
    changed_at: dt.datetime


class SchoolRules:
    """The authorities' own rules as a school's plans meet them on a day, for many plans at once. Two queries."""

    def __init__(self, school: Org, requests: Iterable[MofaRequest], *, on: dt.date) -> None:
        self.school = school
        self.above = board_rules.authorities_above(school)
        wanted = {org.pk for org in self.above} | {r.forwarder_org_id for r in requests if r.forwarder_org_id}
        begun = AuthoritySettings.objects.filter(org_id__in=wanted, dated_from__lte=on)
        self.begun: dict[UUID, list[AuthoritySettings]] = {}
        for version in begun.order_by("dated_from", "version"):
            self.begun.setdefault(version.org_id, []).append(version)

    def versions_for(self, request: MofaRequest, edition: Edition) -> list[AuthoritySettings]:
        """Every version of the forwarding authority that has begun; the last one counts."""
        kind = route_for(FounderType(self.school.founder), edition=edition).forwarder
        climbed = next((org.pk for org in self.above if org.kind == kind), None)
        forwarder_id = request.forwarder_org_id or climbed
        return self.begun.get(forwarder_id, []) if forwarder_id else []

    def count_back(self, request: MofaRequest, edition: Edition, departs_on: dt.date) -> Deadlines:
        """The dates of a plan that is still with the school."""
        versions = self.versions_for(request, edition)
        endorsed = route_for(FounderType(self.school.founder), edition=edition).endorser is not None
        local = versions[-1].rules if versions else None
        return count_back(departs_on, edition=edition.value, municipal=endorsed, local=local)


def dates_of_school(school: Org, *, on: dt.date) -> list[DueDates]:
    """The open trips of a school whose papers are on their way and that leave on ``on`` or later. Seven queries."""
    trips = list(trips_of(school.pk).filter(state=TripState.OPEN.value, practice=False))
    ids = [trip.pk for trip in trips]
    requests, departures = queries.latest_by_trip(ids), earliest_departures(ids)
    titles = {trip_id: outline.title for trip_id, outline in outlines_of(ids).items()}
    rules = SchoolRules(school, requests.values(), on=on)
    history = _history("trip_id", ids)
    return [
        _live(trip, requests[trip.pk], rules, departures[trip.pk], titles.get(trip.pk), history)
        for trip in trips
        if departures.get(trip.pk, dt.date.min) >= on and _is_on_its_way(requests[trip.pk])
    ]


def dates_of_authority(*, on: dt.date) -> list[DueDates]:
    """The requests in view that are not sent to the ministry yet and whose trips leave on ``on`` or later."""
    rows = list(queries.visible_to().filter(state__in=queries.UNSENT, departs_on__gte=on))
    history = _history("request_id", [row.pk for row in rows])
    return [
        DueDates(
            row.pk,
            row.title,
            str(row.school),
            row.departs_on or on,
            _frozen(row),
            *history.get(row.pk, (0, row.created_at)),
        )
        for row in rows
    ]


def _is_on_its_way(request: MofaRequest) -> bool:
    return request.state in queries.ON_ITS_WAY and request.kind != RequestKind.ADVISORY.value


def _live(
    trip: Trip,
    request: MofaRequest,
    rules: SchoolRules,
    departs_on: dt.date,
    title: str | None,
    history: History,
) -> DueDates:
    edition = Edition(trip.edition)
    with_the_school = request.state in queries.EDITABLE
    changes, changed_at = history.get(trip.pk, (0, trip.created_at))
    begun = rules.versions_for(request, edition)
    return DueDates(
        id=trip.pk,
        title=title or trip.trip_no,
        school=str(rules.school),
        departs_on=departs_on,
        due=_counted(rules.count_back(request, edition, departs_on)) if with_the_school else _frozen(request),
        # A version of the board's rules that begins may move the dates although nobody touched the plan.
        changes=changes + len(begun),
        changed_at=max([changed_at, *(version.saved_at for version in begun)]),
    )


def _counted(dates: Deadlines) -> Due:
    return _known(
        dates.school_submission,
        dates.municipal_dispatch,
        dates.authority_dispatch,
        dates.receipt,
    )


def _frozen(request: MofaRequest) -> Due:
    return _known(
        request.school_due_on,
        request.municipal_due_on,
        request.dispatch_due_on,
        request.receipt_due_on,
    )


def _known(*days: dt.date | None) -> Due:
    return tuple((kind, day) for kind, day in zip(DueKind, days, strict=True) if day is not None)


def _history(column: str, ids: list[UUID]) -> History:
    """Trip or request → how many events are in view, and when the last one was. The history never shrinks."""
    rows = Event.objects.filter(**{f"{column}__in": ids}).order_by().values(column)
    counted = rows.annotate(many=Count("pk"), last=Max("at"))
    return {row[column]: (row["many"], row["last"]) for row in counted}
