"""Who enters the school's pages, and the trip behind a URL. Foreign trips do not exist here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from insurance.machine import KEEPERS
from mofa_requests import queries
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.audit.record import Actor
from portal.dossier.types import EnteredBy
from portal.kit.roles import Role
from portal.ui.history import state_day
from portal.ui.shapes import Tab
from trips.enums import AGENT_SECTIONS, Section, TripState
from trips.queries import Trip, get_trip, outlines_of

STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_HOME_CONTACT, Role.SCHOOL_ESCORT)
WRITERS = (*STAFF, Role.SCHOOL_AGENT)
DRAFTERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
PRINCIPAL = (Role.SCHOOL_PRINCIPAL,)


@dataclass(frozen=True)
class TripPage:
    """A trip, its newest request, and the person who looks at them."""

    trip: Trip
    request: MofaRequest
    actor: Actor
    role: Role

    @property
    def is_agent(self) -> bool:
        return self.role is Role.SCHOOL_AGENT

    @property
    def entered_by(self) -> EnteredBy:
        return EnteredBy.AGENT if self.is_agent else EnteredBy.STAFF

    @property
    def keeps_claims(self) -> bool:
        """Whether this hand may hold what a claim tells of a person."""
        return self.role in KEEPERS

    @property
    def editable(self) -> bool:
        return self.trip.state == TripState.OPEN.value and self.request.state in queries.EDITABLE

    @cached_property
    def title(self) -> str:
        """The trip's name, or its number while it has none."""
        outline = outlines_of([self.trip.pk]).get(self.trip.pk)
        return (outline.title if outline else None) or self.trip.trip_no

    @property
    def sections(self) -> list[Section]:
        return [section for section in Section if not self.is_agent or section in AGENT_SECTIONS]

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"trips:{name}", kwargs={"trip_id": self.trip.pk, **kwargs})

    def tabs(self, current: str) -> list[Tab]:
        """The pages of a trip; a travel agent's helper sees the plan alone."""
        pages = [("workspace", gettext("計画"))]
        if not self.is_agent:
            pages += [
                ("check", gettext("点検")),
                ("preview", gettext("見え方")),
                ("submit", gettext("提出")),
                ("timeline", gettext("経過・連絡")),
            ]
        tabs = [Tab(title, self.url(name), name == current) for name, title in pages]
        if not self.is_agent:
            url = reverse("cover:overview", kwargs={"trip_id": self.trip.pk})
            tabs.insert(2, Tab(gettext("保険"), url, current == "cover"))
        return tabs

    def crumbs(self, title: str, *between: tuple[str, str]) -> list[tuple[str, str]]:
        """The way here: list of trips, this trip, ``between``, this page."""
        return [(gettext("旅行"), reverse("trips:home")), (self.title, self.url("workspace")), *between, (title, "")]

    def context(self, current: str, **more: Any) -> dict[str, Any]:
        """What every page of a trip needs."""
        return {
            "page": self,
            "trip": self.trip,
            "mofa_request": self.request,
            "state": self.request.state,
            "state_on": state_day(self.request),
            "state_text": state_text(self.request),
            "trip_tabs": self.tabs(current),
            **more,
        }


def state_text(request: MofaRequest) -> str:
    """The banner's sentence where the usual one of the state would mislead; otherwise empty."""
    state, kind = RequestState(request.state), RequestKind(request.kind)
    if request.trip.practice:
        return gettext("練習用の見本です。自由に書き換えて試せます。どこにも提出されません。")
    if kind is RequestKind.ADVISORY and state is not RequestState.DRAFT:
        return gettext("この学校には経由機関がありません。計画は確定し、学校に保存されています。")
    if kind is RequestKind.AMENDMENT and state is RequestState.DRAFT:
        return gettext("変更届の下書きです。変更届が外務省へ送付されるまで、送付済みの内容が有効です。")
    return ""


View = Callable[..., HttpResponseBase]


def trip_page(
    roles: tuple[Role, ...], *, purpose: str, step_up: bool = False, health: bool = False
) -> Callable[[View], View]:
    """A view of one trip for ``roles``; it is called with the ``TripPage`` in place of the trip's id."""

    def wrap(view: View) -> View:
        @members(roles, purpose=purpose, step_up=step_up, health=health)
        @wraps(view)
        def opened(request: HttpRequest, trip_id: UUID, **kwargs: Any) -> HttpResponseBase:
            return view(request, open_page(request, trip_id), **kwargs)

        return opened

    return wrap


def open_page(request: HttpRequest, trip_id: UUID) -> TripPage:
    """The page of a trip of the organisation acted for, or 404."""
    membership = request.membership  # type: ignore[attr-defined]
    try:
        trip = get_trip(membership.org_id, trip_id)
    except Trip.DoesNotExist:
        raise Http404 from None
    return TripPage(trip, queries.latest_of(trip), actor_of(membership), membership.role_kind)
