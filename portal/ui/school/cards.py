"""The school's trips as cards: where each stands, what comes next, by when; sorted by whose turn it is.

Not here: the page (home), counting dates back (mofa_requests.due_dates).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.due_dates import SchoolRules
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from portal.dossier.types import Edition
from portal.kit import clock
from portal.ui.history import state_day
from portal.ui.labels import label_of
from portal.ui.places import city_in_country
from trips.enums import TripState
from trips.queries import Trip, destinations_of, head_counts, outlines_of


@dataclass(frozen=True)
class TripCard:
    """One trip on the home page. ``kind`` is empty for an ordinary request."""

    url: str
    title: str
    trip_no: str
    state: str
    state_on: dt.datetime | None
    kind: str
    places: str
    people: int | None
    departs_on: dt.date | None
    returns_on: dt.date | None
    due_on: dt.date | None
    days_left: int | None
    next_step: str
    desk: str
    over: bool

    @property
    def nights(self) -> int | None:
        return (self.returns_on - self.departs_on).days if self.departs_on and self.returns_on else None

    @property
    def at_school(self) -> bool:
        """Whether the school itself has the next step."""
        return self.state in queries.EDITABLE and not self.over


@dataclass(frozen=True)
class Heap:
    """Trips of which the same side has the next step."""

    title: str
    cards: Sequence[TripCard]


def cards_of(trips: Sequence[Trip], rules: SchoolRules, requests: Mapping[UUID, MofaRequest]) -> list[TripCard]:
    """A card for each trip; three queries, whatever their number."""
    ids = [trip.pk for trip in trips]
    outlines, places, heads = outlines_of(ids), destinations_of(ids), head_counts(ids)
    return [
        _card(rules, trip, requests[trip.pk], outlines.get(trip.pk), places.get(trip.pk, ()), heads.get(trip.pk))
        for trip in trips
    ]


def heaps(cards: Iterable[TripCard]) -> list[Heap]:
    """The school's turn first, nearest deadline on top; then what others have; then what is over."""
    mine: list[TripCard] = []
    theirs: list[TripCard] = []
    over: list[TripCard] = []
    for card in cards:
        (over if card.over else mine if card.at_school else theirs).append(card)
    mine.sort(key=lambda card: (card.due_on is None, card.due_on or dt.date.max))
    theirs.sort(key=lambda card: card.departs_on or dt.date.max)
    over.sort(key=lambda card: card.departs_on or dt.date.max, reverse=True)
    found = [
        Heap(gettext("学校で書いている計画"), mine),
        Heap(gettext("提出した計画"), theirs),
        Heap(gettext("終わった旅行・取り下げた計画"), over),
    ]
    return [heap for heap in found if heap.cards]


def counts(cards: Iterable[TripCard]) -> dict[str, int]:
    """How many plans came back, and how many are past the school's own deadline."""
    mine = [card for card in cards if card.at_school]
    return {
        "returned": sum(card.state == RequestState.RETURNED.value for card in mine),
        "late": sum(card.days_left is not None and card.days_left < 0 for card in mine),
    }


def _card(
    rules: SchoolRules,
    trip: Trip,
    request: MofaRequest,
    outline: Any,
    places: Iterable[Any],
    people: int | None,
) -> TripCard:
    departs_on, returns_on = getattr(outline, "departs_on", None), getattr(outline, "returns_on", None)
    due_on, days_left = _due(rules, trip, request, departs_on)
    where = dict.fromkeys(filter(None, (city_in_country(place.country, place.city) for place in places)))
    return TripCard(
        url=reverse("trips:workspace", kwargs={"trip_id": trip.pk}),
        title=getattr(outline, "title", None) or gettext("(旅行名は未入力)"),
        trip_no=trip.trip_no,
        state=request.state,
        state_on=state_day(request),
        kind=_kind(trip, request),
        places=gettext("、").join(where),
        people=people or getattr(outline, "party_total", None),
        departs_on=departs_on,
        returns_on=returns_on,
        due_on=due_on,
        days_left=days_left,
        next_step=next_step(request),
        desk=desk_of(request),
        over=_is_over(trip, request, returns_on),
    )


def _kind(trip: Trip, request: MofaRequest) -> str:
    """What sets this plan apart from an ordinary request."""
    if trip.practice:
        return gettext("練習")
    return "" if request.kind == RequestKind.FILING.value else label_of(RequestKind(request.kind))


def _is_over(trip: Trip, request: MofaRequest, returns_on: dt.date | None) -> bool:
    withdrawn = request.state == RequestState.WITHDRAWN.value
    return withdrawn or trip.state != TripState.OPEN.value or (returns_on is not None and returns_on < clock.today())


def _due(
    rules: SchoolRules, trip: Trip, request: MofaRequest, departs_on: dt.date | None
) -> tuple[dt.date | None, int | None]:
    """The school's own deadline while the plan is still at the school."""
    counts = request.state in queries.EDITABLE and departs_on is not None and not trip.practice
    if not counts or departs_on is None or request.kind == RequestKind.ADVISORY.value:
        return None, None
    due = rules.count_back(request, Edition(trip.edition), departs_on).school_submission
    return due, (due - clock.today()).days


def next_step(request: MofaRequest) -> str:
    """What comes next, in a few words."""
    if request.kind == RequestKind.ADVISORY.value and request.state == RequestState.SUBMITTED.value:
        return gettext("計画は確定しています")
    return {
        RequestState.DRAFT.value: gettext("計画を書き、点検して提出する"),
        RequestState.SUBMITTED.value: gettext("所管庁の確認を待つ"),
        RequestState.IN_REVIEW.value: gettext("所管庁が確認しています"),
        RequestState.RETURNED.value: gettext("指摘を直して提出し直す"),
        RequestState.APPROVED.value: gettext("外務省への送付を待つ"),
        RequestState.FORWARDED.value: gettext("外務省の受領を待つ"),
        RequestState.ACKNOWLEDGED.value: gettext("外務省が受け取りました。変わった点は変更届で知らせる"),
        RequestState.WITHDRAWN.value: gettext("取り下げました"),
    }[request.state]


def desk_of(request: MofaRequest) -> str:
    """On whose desk the papers lie now."""
    if request.state in (RequestState.DRAFT.value, RequestState.RETURNED.value, RequestState.WITHDRAWN.value):
        return gettext("学校")
    if request.state in (RequestState.FORWARDED.value, RequestState.ACKNOWLEDGED.value):
        return gettext("外務省")
    waiting = request.endorser_org if request.endorsed_at is None and request.endorser_org else request.forwarder_org
    return str(waiting or gettext("学校"))
