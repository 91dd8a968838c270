"""The school's first page: its trips with state, next step and days left; and starting a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.actions import set_consent
from jcsos.queries import membership_of
from mofa_requests import queries
from mofa_requests.actions.copying import start_from
from mofa_requests.actions.plan import NotEditable, open_plan, write_title
from mofa_requests.actions.practice import end_practice, open_practice
from mofa_requests.due_dates import SchoolRules
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.demo.practice import practice_dossier
from portal.kit import clock
from portal.ui.messages import announce, refuse
from portal.ui.school.cards import cards_of, counts, heaps
from portal.ui.school.doors import DRAFTERS, PRINCIPAL, STAFF, WRITERS, TripPage, trip_page
from portal.ui.school.forms import NewTripForm
from portal.ui.templatetags.shown import jdate
from trips.enums import TripState
from trips.queries import Trip, get_trip, outlines_of, trips_of


@members(WRITERS, purpose="学校の旅行一覧")
def home(request: HttpRequest) -> HttpResponseBase:
    """All trips of the school, those that wait for the school first."""
    membership = request.membership  # type: ignore[attr-defined]
    trips = [trip for trip in trips_of(membership.org_id) if not trip.practice or trip.state == TripState.OPEN.value]
    requests = queries.latest_by_trip([trip.pk for trip in trips])
    rules = SchoolRules(membership.org, requests.values(), on=clock.today())
    cards = cards_of(trips, rules, requests)
    context = {
        "heaps": heaps(cards),
        "counts": counts(cards),
        "may_start": membership.role_kind in DRAFTERS,
        "practising": any(trip.practice for trip in trips),
        "jcsos": membership_of(membership.org_id) if membership.role_kind in STAFF else None,
        "may_consent": membership.role_kind in PRINCIPAL,
    }
    return render(request, "school/home.html", context)


@members(DRAFTERS, purpose="見本の旅行で練習する")
def practice(request: HttpRequest) -> HttpResponseBase:
    """Open the school's practice plan; pressed twice, the same one."""
    membership = request.membership  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("trips:home")
    trip = open_practice(membership.org, practice_dossier(on=clock.today()), by=actor_of(membership))
    announce(request, gettext("練習用の見本を開きました。わざと抜いた所があります。点検を見ながら直してみてください。"))
    return redirect("trips:workspace", trip_id=trip.pk)


@trip_page(DRAFTERS, purpose="練習を終える")
def practice_over(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Put the practice plan away; a real plan has no such way out."""
    if request.method == "POST":
        try:
            end_practice(page.trip, by=page.actor)
            announce(request, gettext("練習を終え、見本を片付けました。"))
        except NotEditable:
            refuse(request, gettext("練習用の見本だけを片付けられます。"))
    return redirect("trips:home")


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
    form = NewTripForm(request.POST or None, former=_former(membership.org_id))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        former, trip_no = chosen.get("former") or "", chosen["trip_no"] or None
        try:
            with transaction.atomic():
                opened = _start(membership, title=chosen["title"], trip_no=trip_no, former=former)
        except IntegrityError:
            form.add_error("trip_no", gettext("この旅行番号は使われています。別の番号にしてください"))
        else:
            announce(request, gettext("旅行計画を作りました。好きな順に書き進められます。"))
            return redirect("trips:carried" if former else "trips:workspace", trip_id=opened)
    crumbs = [(gettext("旅行"), reverse("trips:home")), (gettext("新しい旅行"), "")]
    return render(request, "school/new_trip.html", {"form": form, "crumbs": crumbs}, status=422 if form.errors else 200)


def _former(org_id: UUID) -> list[tuple[str, str]]:
    """The school's plans, newest first, by title and days."""
    trips = list(trips_of(org_id).filter(practice=False))
    outlines = outlines_of([trip.pk for trip in trips])
    return [(str(trip.pk), _name(trip, outlines.get(trip.pk))) for trip in trips]


def _name(trip: Trip, outline: Any) -> str:
    title = getattr(outline, "title", None) or gettext("(旅行名は未入力)")
    return " ".join(filter(None, (title, jdate(getattr(outline, "departs_on", None)), trip.trip_no)))


def _start(membership: object, *, title: str, trip_no: str | None, former: str) -> UUID:
    by = actor_of(membership)  # type: ignore[arg-type]
    if former:
        model = get_trip(membership.org_id, UUID(former))  # type: ignore[attr-defined]
        return start_from(model, title=title, by=by, trip_no=trip_no).trip_id
    request = open_plan(membership.org, by=by, trip_no=trip_no, demo=membership.org.demo)  # type: ignore[attr-defined]
    write_title(request.trip, title)
    return request.trip_id
