"""Who enters the authority's pages, and the request behind a URL. Foreign requests do not exist here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.review import seat_of
from mofa_requests.deputies import Mandate, mandates_of
from mofa_requests.enums import RequestState, Seat
from mofa_requests.machine import MACHINE
from mofa_requests.models import MofaRequest, Revision
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.audit.record import Actor
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.at_desk import in_whose_hands
from portal.ui.authority.words import banner_text, next_step, org_name, waiting_for
from portal.ui.history import state_day
from portal.ui.messages import refuse
from portal.ui.shapes import Tab
from portal.ui.typed import sentence_of
from portal.vault.keyring import TripCipher, cipher_for

OFFICERS = (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)


@dataclass(frozen=True)
class RequestPage:
    """A request in view, and the person who looks at it. ``title`` is how a decision is signed."""

    request: MofaRequest
    actor: Actor
    role: Role
    title: str

    @cached_property
    def seat(self) -> Seat:
        return seat_of(self.request, self.actor)

    @property
    def forwards(self) -> bool:
        """Whether this authority sends the request on to the ministry."""
        return self.seat is Seat.FORWARDER

    @property
    def is_own(self) -> bool:
        """Whether this person submitted the request: then somebody else has to judge it."""
        return self.actor.user_id == self.request.submitted_by_id

    @cached_property
    def revision(self) -> Revision:
        """The newest frozen revision."""
        return queries.revision_of(self.request)

    @cached_property
    def cipher(self) -> TripCipher:
        return cipher_for(self.request.trip_id)

    @cached_property
    def dossier(self) -> Dossier:
        """The newest frozen revision, opened. For this page; names of travellers have a door of their own."""
        return queries.open_dossier(self.revision, cipher=self.cipher)

    @cached_property
    def mandates(self) -> list[Mandate]:
        """For whom this person may decide here today."""
        found = mandates_of(self.actor, on=clock.today()) if self.forwards else []
        return [each for each in found if each.row.person_id != self.request.submitted_by_id]

    @cached_property
    def hand(self) -> str:
        """Who has the request in hand, with the deputy of today."""
        return in_whose_hands(self.request)

    @cached_property
    def steps(self) -> frozenset[str]:
        """The names of the transitions that stand open: the machine's table, less what the endorsement decides."""
        state, seat = self.request.state_kind, self.seat.value
        roles = {self.role, *(each.role for each in self.mandates)}
        open_steps = {step.name for role in roles for step in MACHINE.allowed(state, seat=seat, role=role.value)}
        endorsed = self.request.endorsed_at is not None
        if self.seat is Seat.ENDORSER and endorsed:
            open_steps -= {"endorse", "return"}
        if self.waits_for_endorsement:
            open_steps -= {"claim"}
        return frozenset(open_steps)

    @property
    def waits_for_endorsement(self) -> bool:
        submitted = self.request.state == RequestState.SUBMITTED.value
        return submitted and self.request.endorser_org_id is not None and self.request.endorsed_at is None

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"mofa_requests:{name}", kwargs={"request_id": self.request.pk, **kwargs})

    def tabs(self, current: str) -> list[Tab]:
        """The three steps of an authority's work, and what stands beside them."""
        waiting = queries.remarks_of(self.request).filter(answered_at=None, internal=False).count() or None
        pages = [
            ("request", gettext("1 別添三の照合"), None),
            ("remarks", gettext("指摘と差戻し"), waiting),
            ("decision", gettext("2 判断"), None),
            ("sending", gettext("3 送付"), None),
            ("plan", gettext("計画の内容"), None),
            ("history", gettext("経過"), None),
        ]
        return [Tab(title, self.url(name), name == current, count) for name, title, count in pages]

    def context(self, current: str, heading: str, **more: Any) -> dict[str, Any]:
        """What every page of a request needs."""
        school = org_name(self.request.school)
        return {
            "page": self,
            "current": current,
            "mofa_request": self.request,
            "school": school,
            "heading": heading,
            "state": self.request.state,
            "state_on": state_day(self.request),
            "state_text": banner_text(self.request, seat=self.seat, hand=self.hand),
            "request_tabs": self.tabs(current),
            "waiting_for": waiting_for(self.request, seat=self.seat, hand=self.hand),
            "next_step": next_step(self.request, seat=self.seat, role=self.role),
            "crumbs": [
                (gettext("受付箱"), reverse("mofa_requests:inbox")),
                (f"{school} {self.request.title}".strip(), self.url("request") if current != "request" else ""),
                *([(heading, "")] if current != "request" else []),
            ],
            **more,
        }


View = Callable[..., HttpResponseBase]


def request_page(*, purpose: str, step_up: bool = False) -> Callable[[View], View]:
    """A view of one request for both hands of an authority; it is called with the ``RequestPage``."""

    def wrap(view: View) -> View:
        @members(OFFICERS, purpose=purpose, step_up=step_up)
        @wraps(view)
        def opened(request: HttpRequest, request_id: UUID, **kwargs: Any) -> HttpResponseBase:
            return view(request, open_page(request, request_id), **kwargs)

        return opened

    return wrap


def open_page(request: HttpRequest, request_id: UUID) -> RequestPage:
    """The page of a request that came to the organisation acted for, or 404."""
    membership = request.membership  # type: ignore[attr-defined]
    try:
        found = queries.get_for(request_id)
    except MofaRequest.DoesNotExist:
        raise Http404 from None
    if not found.revision_number:
        raise Http404
    title = f"{membership.org} {membership.title or membership.role_kind.label}"
    return RequestPage(found, actor_of(membership), membership.role_kind, title[:200])


def revision_seen(request: HttpRequest, page: RequestPage) -> Revision:
    """The revision that the posted form was opened for; the actions refuse one that is no longer the newest."""
    posted = request.POST.get("revision", "")
    number = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 6 else 0
    found = queries.revisions_of(page.request).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def require_newest(request: HttpRequest, page: RequestPage) -> None:
    """Refuse a button that was pressed on a page of an older revision."""
    if revision_seen(request, page).number != page.request.revision_number:
        raise Refused(gettext("学校が新しい版を提出しています。新しい版を確かめてから、もう一度操作してください。"))


def refused(request: HttpRequest, page: RequestPage, reason: Exception) -> RequestPage:
    """Say why nothing was done, and look at the request anew."""
    refuse(request, sentence_of(reason))
    return open_page(request, page.request.pk)
