"""Who came and went: one's own sign-ins, and those of the people of one's organisation. Not here: recording them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.accounts import queries
from portal.accounts.access import members
from portal.accounts.models import User
from portal.accounts.requests import MemberRequest
from portal.accounts.views.members import PAGE, heads
from portal.audit.models import Event
from portal.kit.roles import Role


@dataclass(frozen=True)
class Line:
    """One event in the reader's language; ``person`` is nobody for a machine and for an address without account."""

    at: datetime
    what: str
    person: User | None
    machine: bool


@members(Role, purpose="自分のサインインの記録")
@require_safe
def own_sign_ins(request: MemberRequest) -> HttpResponse:
    """The own sign-ins, failed ones included."""
    events = queries.sign_ins_of(request.user, at=request.membership.org)
    return _show(request, events, "accounts/own_sign_ins.html")


@heads
@require_safe
def sign_ins(request: MemberRequest) -> HttpResponse:
    """Those of everybody in the own organisation, and of its machines."""
    return _show(request, queries.sign_ins_at(request.membership.org), "accounts/sign_ins.html")


def _show(request: MemberRequest, events: QuerySet[Event], template: str) -> HttpResponse:
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    return render(request, template, {"page": page, "lines": list(_lines(page)), "org": request.membership.org})


def _lines(events: Iterable[Event]) -> Iterator[Line]:
    shown = list(events)
    people = queries.people_in(shown)
    language = get_language() or "ja"
    for event in shown:
        person = people.get(event.actor_user_id or event.facts.get("account"))
        yield Line(event.at, event.sentence(language), person, event.name.startswith("machine."))
