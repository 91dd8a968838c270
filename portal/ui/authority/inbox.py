"""The inbox: every plan that came to the authority, the nearest day of receipt first. A fixed number of queries.

Not here: what may be asked for (wishes), the pace and its forecast as figures (mofa_requests.desk and forecast).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.queries.releases import published
from mofa_requests import desk, queries
from mofa_requests.actions.desk import drop_view, save_view
from mofa_requests.actions.digest import choose_digest, wants_digest
from mofa_requests.actions.review import seat_of
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.forecast import Forecast
from mofa_requests.models import MofaRequest, SavedView
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.audit.record import Actor
from portal.dossier.types import Edition
from portal.kit import clock
from portal.kit.machine import Refused
from portal.lawbook.deadlines import DeadlineState
from portal.ui.at_desk import hands_of
from portal.ui.authority.doors import OFFICERS
from portal.ui.authority.wishes import OPEN_STATES, Wish, mark_choices, state_choices, who_choices
from portal.ui.authority.words import org_name, waiting_for
from portal.ui.history import state_day
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse
from portal.ui.shapes import Tile
from portal.ui.typed import sentence_of

_ROWS = 50
_TONES = {DeadlineState.ON_TIME: "ok", DeadlineState.AT_RISK: "warn", DeadlineState.LATE: "error"}


@dataclass(frozen=True)
class InboxRow:
    """One plan as a line of the inbox."""

    request: MofaRequest
    url: str
    school: str
    kind: str
    state_on: dt.datetime | None
    waiting_for: str
    days_left: int | None
    received_on: dt.date | None
    open_remarks: int = 0

    @property
    def danger_tone(self) -> str:
        return "error" if (self.request.danger_level or 0) >= 2 else "warn"

    @property
    def resubmitted(self) -> bool:
        """Whether a corrected version waits to be looked at."""
        waiting = self.request.state in (RequestState.SUBMITTED.value, RequestState.IN_REVIEW.value)
        return waiting and self.request.revision_number > 1


@dataclass(frozen=True)
class ShownView:
    """A saved view as a link with what it finds today."""

    view: SavedView
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class ShownForecast:
    """The forecast in figures a page can print; ``a_day`` and ``needed`` are plans an open day, one decimal."""

    forecast: Forecast
    a_day: str
    needed: str
    median_days: str

    @property
    def tone(self) -> str:
        return "warn" if self.forecast.will_miss else "ok"


@members(OFFICERS, purpose="届いた計画の一覧")
def inbox(request: HttpRequest) -> HttpResponse:
    """The list with its counts, saved views, search, filters and forecast."""
    membership = request.membership  # type: ignore[attr-defined]
    by, on, wish = actor_of(membership), clock.today(), Wish.of(request.GET)
    found = queries.inbox().filter(wish.condition(by=by, on=on))
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": _rows(list(page.object_list), by=by, on=on),
        "page": page,
        "wish": wish,
        "query": wish.query(),
        "tiles": _tiles(membership.org_id, on=on),
        "views": _views(list(desk.views_of(membership.pk)), wish, by=by, on=on),
        "outlook": _outlook(membership.org_id, on=on),
        "states": state_choices(),
        "whos": who_choices(),
        "marks": mark_choices(),
        "due_label": label_of(wish.due) if wish.due else "",
        "is_narrowed": wish != Wish(),
        "digest": wants_digest(membership.pk),
        "editions": [(release, label_of(Edition(release.edition))) for release in published()],
    }
    return render(request, "authority/inbox.html", context)


@members(OFFICERS, purpose="受付箱の絞り込みを保存する")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Save the filters of the page under a name."""
    membership, wish = request.membership, Wish.of_query(request.POST.get("query", ""))  # type: ignore[attr-defined]
    try:
        kept = save_view(membership, request.POST.get("name", "")[:40], query=wish.query())
        announce(request, gettext("絞り込みを「%(name)s」として保存しました。") % {"name": kept.name})
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect(_address(wish))


@members(OFFICERS, purpose="保存した絞り込みを外す")
@require_POST
def forget_view(request: HttpRequest) -> HttpResponse:
    """Take one saved view off the list."""
    name = request.POST.get("name", "")
    if drop_view(request.membership, name):  # type: ignore[attr-defined]
        announce(request, gettext("絞り込み「%(name)s」を外しました。") % {"name": name})
    return redirect("mofa_requests:inbox")


@members(OFFICERS, purpose="毎朝のまとめのメールを受け取るか決める")
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Start or stop the own daily mail."""
    wanted = request.POST.get("wanted") == "yes"
    choose_digest(request.membership, wanted=wanted)  # type: ignore[attr-defined]
    announce(request, gettext("毎朝のまとめを送ります。") if wanted else gettext("毎朝のまとめを止めました。"))
    return redirect("mofa_requests:inbox")


def _address(wish: Wish) -> str:
    query = wish.query()
    return reverse("mofa_requests:inbox") + (f"?{query}" if query else "")


def _views(saved: Sequence[SavedView], wish: Wish, *, by: Actor, on: dt.date) -> list[ShownView]:
    wishes = [Wish.of_query(view.query) for view in saved]
    counts = desk.counts_of([each.condition(by=by, on=on) for each in wishes])
    return [
        ShownView(view, _address(each), count, each == wish)
        for view, each, count in zip(saved, wishes, counts, strict=True)
    ]


def _outlook(org_id: UUID, *, on: dt.date) -> ShownForecast | None:
    """The forecast; nothing while the history shows no pace or nothing is open."""
    seen = desk.handling(org_id, on=on)
    found = desk.foresee(seen.pace, on=on)
    if found is None:
        return None
    median = "" if seen.median_days is None else f"{seen.median_days:.1f}"
    return ShownForecast(found, f"{float(found.pace.a_day):.1f}", f"{float(found.needed):.1f}", median)


def _rows(found: Sequence[MofaRequest], *, by: Actor, on: dt.date) -> list[InboxRow]:
    hands, waiting = hands_of(found, on=on), queries.open_remarks_of([each.pk for each in found])
    rows = [_row(each, hands.of(each), by=by, on=on) for each in found]
    return [replace(row, open_remarks=waiting.get(row.request.pk, 0)) for row in rows]


def _row(request: MofaRequest, hand: str, *, by: Actor, on: dt.date) -> InboxRow:
    due_on = request.receipt_due_on if request.state in OPEN_STATES else None
    return InboxRow(
        request=request,
        url=reverse("mofa_requests:request", kwargs={"request_id": request.pk}),
        school=org_name(request.school),
        kind=label_of(RequestKind(request.kind)) if request.kind == RequestKind.AMENDMENT.value else "",
        state_on=state_day(request),
        waiting_for=waiting_for(request, seat=seat_of(request, by), hand=hand),
        days_left=(due_on - on).days if due_on else None,
        received_on=request.received_on,
    )


def _tiles(org_id: UUID, *, on: dt.date) -> list[Tile]:
    """期限内・要注意・期限後 of what is not sent yet, each leading to its list."""
    words = {
        DeadlineState.ON_TIME: gettext("期限内"),
        DeadlineState.AT_RISK: gettext("要注意(学校の提出期限を過ぎた)"),
        DeadlineState.LATE: gettext("期限後(外務省必着を過ぎた)"),
    }
    inbox_url = reverse("mofa_requests:inbox")
    calls = desk.calls_due(org_id, on=on)
    call = Tile(gettext("受領の電話が要る"), calls, gettext("件"), "warn" if calls else "", f"{inbox_url}?mark=call")
    return [
        Tile(
            words[standing], many, gettext("件"), _TONES[standing] if many else "", f"{inbox_url}?due={standing.value}"
        )
        for standing, many in desk.due_counts(on=on).items()
    ] + [call]
