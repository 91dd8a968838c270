"""Making, seeing once and stopping the secret address; and the feed it opens, which needs no sign-in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from mofa_requests import feeds
from mofa_requests.actions.calendar import open_feed, revoke_feed
from mofa_requests.due_dates import DueDates, dates_of_authority, dates_of_school
from portal.accounts.access import members, public
from portal.accounts.acting import scope_of
from portal.accounts.models import Membership
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.tenancy.scope import acting_as
from portal.ui.calendar.ics import Link, write_calendar
from portal.ui.messages import announce
from portal.ui.school.doors import STAFF

READERS = (*STAFF, Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)
CONTENT_TYPE = "text/calendar; charset=utf-8"
NO_SUCH_CALENDAR = "この予定表はありません。\nThere is no such calendar.\n"
"""The same for every address that opens nothing: a program reads it, and it tells nothing."""


@members(READERS, purpose="期限の予定表のURLを管理する")
@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """What the calendar is, and the address's standing."""
    return _page(request)


@members(READERS, purpose="期限の予定表のURLを作る")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a new address and show it this once: only its hash is kept, so it cannot be shown again."""
    return _page(request, token=open_feed(request.membership))  # type: ignore[attr-defined]


@members(READERS, purpose="期限の予定表のURLを止める")
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop the address."""
    revoke_feed(request.membership)  # type: ignore[attr-defined]
    announce(request, gettext("予定表のURLを止めました。登録した予定表は、もう更新されません。"))
    return redirect("ui:calendar")


@public("期限の予定表(知らない人には推測できないURL)")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates in view of the address's owner, in the owner's language. Every other address does not exist."""
    owner = feeds.owner_of(token)
    if owner is None or owner.role_kind not in READERS:
        return HttpResponseNotFound(NO_SUCH_CALENDAR, content_type="text/plain; charset=utf-8")
    with acting_as(scope_of(owner)), override(owner.user.language):
        written = write_calendar(str(owner.org), _dates(owner), link=_links(owner))
    return HttpResponse(written, content_type=CONTENT_TYPE)


def _dates(owner: Membership) -> list[DueDates]:
    if _is_school(owner):
        return dates_of_school(owner.org, on=clock.today())
    return dates_of_authority(on=clock.today())


def _is_school(owner: Membership) -> bool:
    return owner.role_kind.audience is Audience.SCHOOL


def _page(request: HttpRequest, *, token: str = "") -> HttpResponse:
    path = reverse("ui:calendar_feed", kwargs={"token": token}) if token else ""
    address = f"{settings.PORTAL_ORIGIN}{path}" if path else ""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    context = {
        "feed": feeds.feed_of(membership),
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}" if address else "",
        "is_school": _is_school(membership),
    }
    return render(request, "calendar/calendar.html", context)


def _links(owner: Membership) -> Link:
    """The page of a trip for a school, of a request for an authority."""
    name, key = ("trips:workspace", "trip_id") if _is_school(owner) else ("mofa_requests:request", "request_id")
    return lambda number: f"{settings.PORTAL_ORIGIN}{reverse(name, kwargs={key: number})}"
