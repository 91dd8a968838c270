"""The school's first page: its trips with state, next step and days left; and starting a new one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.actions import set_consent
from jcsos.queries import membership_of
from mofa_requests import queries
from mofa_requests.actions.plan import open_plan, write_title
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from mofa_requests.rules import MUNICIPAL_DAYS
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.lawbook.deadlines import deadlines
from portal.tenancy.models import Org
from portal.ui.messages import announce
from portal.ui.school.doors import DRAFTERS, PRINCIPAL, WRITERS, state_day
from portal.ui.school.forms import NewTripForm
from trips.queries import Trip, outlines_of, trips_of


@dataclass(frozen=True)
class TripCard:
    """One trip on the home page."""

    url: str
    title: str
    trip_no: str
    state: str
    state_on: dt.datetime | None
    kind: str
    departs_on: dt.date | None
    returns_on: dt.date | None
    due_on: dt.date | None
    days_left: int | None
    next_step: str
    desk: str


@members(WRITERS, purpose="学校の旅行一覧")
def home(request: HttpRequest) -> HttpResponseBase:
    """All trips of the school, newest first."""
    membership = request.membership  # type: ignore[attr-defined]
    trips = list(trips_of(membership.org_id))
    ids = [trip.pk for trip in trips]
    outlines, requests = outlines_of(ids), queries.latest_by_trip(ids)
    cards = [_card(membership.org, trip, outlines.get(trip.pk), requests[trip.pk]) for trip in trips]
    context = {
        "cards": cards,
        "may_start": membership.role_kind in DRAFTERS,
        "school": membership.org,
        "jcsos": membership_of(membership.org_id),
        "may_consent": membership.role_kind in PRINCIPAL,
        "counts": _counts(cards),
    }
    return render(request, "school/home.html", context)


@members(PRINCIPAL, purpose="JCSOSへの閲覧同意を決める")
def jcsos_consent(request: HttpRequest) -> HttpResponseBase:
    """The principal opens or closes JCSOS's window on the school's submitted trips."""
    acting = request.membership  # type: ignore[attr-defined]
    held = membership_of(acting.org_id)
    if request.method == "POST" and held is not None:
        consents = request.POST.get("consents") == "1"
        set_consent(held, consents=consents, by=actor_of(acting))
        announce(request, gettext("閲覧に同意しました。") if consents else gettext("閲覧の同意を取り消しました。"))
    return redirect("trips:home")


@members(DRAFTERS, purpose="新しい旅行計画を始める")
def new_trip(request: HttpRequest) -> HttpResponseBase:
    """Name a trip and start its plan."""
    membership = request.membership  # type: ignore[attr-defined]
    form = NewTripForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trip_no = form.cleaned_data["trip_no"] or None
        if trip_no and trips_of(membership.org_id).filter(trip_no=trip_no).exists():
            form.add_error("trip_no", gettext("この旅行番号は使われています。別の番号にしてください"))
        else:
            opened = _start(membership, title=form.cleaned_data["title"], trip_no=trip_no)
            announce(request, gettext("旅行計画を作りました。好きな順に書き進められます。"))
            return redirect("trips:workspace", trip_id=opened)
    crumbs = [(gettext("旅行"), reverse("trips:home")), (gettext("新しい旅行"), "")]
    return render(request, "school/new_trip.html", {"form": form, "crumbs": crumbs}, status=422 if form.errors else 200)


def _start(membership: object, *, title: str, trip_no: str | None) -> UUID:
    by = actor_of(membership)  # type: ignore[arg-type]
    request = open_plan(membership.org, by=by, trip_no=trip_no, demo=membership.org.demo)  # type: ignore[attr-defined]
    write_title(request.trip, title)
    return request.trip_id


def _card(school: Org, trip: Trip, outline: object, request: MofaRequest) -> TripCard:
    departs_on = getattr(outline, "departs_on", None)
    due_on, days_left = _due(school, trip, request, departs_on)
    return TripCard(
        url=reverse("trips:workspace", kwargs={"trip_id": trip.pk}),
        title=getattr(outline, "title", None) or gettext("(旅行名は未入力)"),
        trip_no=trip.trip_no,
        state=request.state,
        state_on=state_day(request),
        kind=request.kind,
        departs_on=departs_on,
        returns_on=getattr(outline, "returns_on", None),
        due_on=due_on,
        days_left=days_left,
        next_step=next_step(request),
        desk=desk_of(request),
    )


def _due(
    school: Org, trip: Trip, request: MofaRequest, departs_on: dt.date | None
) -> tuple[dt.date | None, int | None]:
    """The school's own deadline while the plan is still at the school."""
    if request.state not in queries.EDITABLE or departs_on is None or request.kind == RequestKind.ADVISORY.value:
        return None, None
    municipal = request.endorser_org_id is not None or school.founder == FounderType.MUNICIPAL.value
    through_board = MUNICIPAL_DAYS if municipal else None
    due = deadlines(departs_on, trip.edition, municipal_days=through_board).school_submission
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


def _counts(cards: list[TripCard]) -> dict[str, int]:
    return {
        "open": sum(card.state in queries.ON_ITS_WAY for card in cards),
        "returned": sum(card.state == RequestState.RETURNED.value for card in cards),
        "late": sum(card.days_left is not None and card.days_left < 0 for card in cards),
    }
