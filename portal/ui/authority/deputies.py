"""The page of deputies: who stands in for whom and until when, naming one, ending one.

Not here: deciding in somebody's stead (deciding), the rules of naming (mofa_requests.actions.deputising).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mofa_requests.actions.deputising import end_deputy, may_arrange, name_deputy
from mofa_requests.deputies import deputies_of
from mofa_requests.models import Deputy
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.accounts.models import Membership
from portal.accounts.queries import members_of
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.desk_forms import DeputyForm
from portal.ui.authority.doors import OFFICERS
from portal.ui.messages import announce, refuse
from portal.ui.typed import sentence_of

_ROWS = 30


@dataclass(frozen=True)
class ShownDeputy:
    """One mandate as a line: ``standing`` is its word, ``tone`` of its chip; ``endable`` shows the button."""

    row: Deputy
    standing: str
    tone: str
    icon: str
    endable: bool


@members(OFFICERS, purpose="代理を立てる")
def deputies(request: HttpRequest) -> HttpResponseBase:
    """GET lists the mandates with the form; POST names a deputy."""
    form = _form(request, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    given = form.cleaned_data
    try:
        row = name_deputy(
            form.person,
            deputy=form.deputy,
            from_on=given["from_on"],
            until_on=given["until_on"],
            by=actor_at(request),
        )
    except Refused as reason:
        refuse(request, sentence_of(reason))
        return _show(request, form, status=409)
    announce(request, gettext("%(deputy)sさんを代理にし、知らせました。") % {"deputy": row.deputy})
    return redirect("mofa_requests:deputies")


@members(OFFICERS, purpose="代理を終える")
@require_POST
def end(request: HttpRequest, deputy_id: UUID) -> HttpResponse:
    """End one mandate now."""
    membership = request.membership  # type: ignore[attr-defined]
    row = deputies_of(membership.org_id).filter(pk=deputy_id).first()
    if row is None:
        raise Http404
    try:
        end_deputy(row, by=actor_of(membership))
        announce(request, gettext("代理を終えました。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("mofa_requests:deputies")


def _form(request: HttpRequest, data: Any) -> DeputyForm:
    membership = request.membership  # type: ignore[attr-defined]
    held = members_of(membership.org).filter(role__in=[role.value for role in OFFICERS])
    people = {each.user_id: each for each in held.order_by("-role", "created_at")}
    mine = people.get(membership.user_id, membership)
    colleagues = [each for each in people.values() if each.user_id != mine.user_id]
    absent: list[Membership] = [mine]
    if may_arrange(0, actor_of(membership)):
        absent += colleagues
    return DeputyForm(data, absent=absent, officers=list(people.values()), own=mine, on=clock.today())


def _show(request: HttpRequest, form: DeputyForm, *, status: int = 200) -> HttpResponse:
    membership, today = request.membership, clock.today()  # type: ignore[attr-defined]
    page = Paginator(deputies_of(membership.org_id), _ROWS).get_page(request.GET.get("page"))
    by = actor_of(membership)
    context = {
        "form": form,
        "rows": [_shown(row, on=today, endable=may_arrange(row.person_id, by)) for row in page.object_list],
        "page": page,
    }
    return render(request, "authority/deputies.html", context, status=status)


def _shown(row: Deputy, *, on: dt.date, endable: bool) -> ShownDeputy:
    if row.ended_at is not None or row.until_on < on:
        return ShownDeputy(row, gettext("終了"), "", "circle", False)
    if row.from_on > on:
        return ShownDeputy(row, gettext("予定"), "", "clock", endable)
    return ShownDeputy(row, gettext("代理中"), "key", "people", endable)
