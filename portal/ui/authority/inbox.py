"""The inbox: every plan that came to the authority, the nearest day of receipt first. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.review import seat_of
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.audit.record import Actor
from portal.kit import clock
from portal.lawbook.deadlines import DeadlineState
from portal.ui.authority.doors import OFFICERS
from portal.ui.authority.words import org_name, waiting_for
from portal.ui.labels import choices_of, label_of
from portal.ui.school.doors import state_day
from portal.ui.shapes import Tile

_ROWS = 50
OPEN, EVERY = "open", "all"
_OPEN_STATES = (*queries.UNSENT, RequestState.FORWARDED.value)
_TONES = {DeadlineState.ON_TIME: "ok", DeadlineState.AT_RISK: "warn", DeadlineState.LATE: "error"}


@dataclass(frozen=True)
class Wish:
    """What the reader wants to see; anything unreadable in the address counts as not said."""

    q: str = ""
    state: str = OPEN
    mine: bool = False
    due: DeadlineState | None = None

    @classmethod
    def of(cls, data: Any) -> Wish:
        known = {OPEN, EVERY, *(state.value for state in RequestState)}
        state = data.get("state", OPEN)
        due = next((standing for standing in DeadlineState if standing.value == data.get("due")), None)
        q = data.get("q", "").strip()[:100]
        return cls(q, state if state in known else OPEN, data.get("mine") == "1", due)

    def query(self) -> str:
        """The wish as the query string of a link; empty for the ordinary one."""
        said = {"q": self.q, "state": self.state if self.state != OPEN else "", "mine": "1" if self.mine else ""}
        due = {"due": self.due.value} if self.due else {}
        return urlencode({name: value for name, value in said.items() if value} | due)

    def narrow(self, rows: QuerySet[MofaRequest], *, by: Actor, on: dt.date) -> QuerySet[MofaRequest]:
        """The rows that meet the wish."""
        if self.state == OPEN:
            rows = rows.filter(state__in=_OPEN_STATES)
        elif self.state != EVERY:
            rows = rows.filter(state=self.state)
        if self.mine:
            rows = rows.filter(claimed_by_id=by.user_id)
        if self.due:
            rows = rows.filter(queries.due(self.due, on=on))
        for word in self.q.split():
            rows = rows.filter(_mentions(word))
        return rows


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

    @property
    def danger_tone(self) -> str:
        return "error" if (self.request.danger_level or 0) >= 2 else "warn"


@members(OFFICERS, purpose="届いた計画の一覧")
def inbox(request: HttpRequest) -> HttpResponse:
    """The list with its counts, search and filters."""
    by, on, wish = actor_of(request.membership), clock.today(), Wish.of(request.GET)  # type: ignore[attr-defined]
    found = wish.narrow(queries.inbox(), by=by, on=on)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(each, by=by, on=on) for each in page.object_list],
        "page": page,
        "wish": wish,
        "query": wish.query(),
        "tiles": _tiles(on=on),
        "states": [(OPEN, gettext("手続き中のもの")), (EVERY, gettext("すべて")), *_state_choices()],
        "due_label": label_of(wish.due) if wish.due else "",
        "is_narrowed": wish != Wish(),
    }
    return render(request, "authority/inbox.html", context)


def _row(request: MofaRequest, *, by: Actor, on: dt.date) -> InboxRow:
    due_on = request.receipt_due_on if request.state in _OPEN_STATES else None
    return InboxRow(
        request=request,
        url=reverse("mofa_requests:request", kwargs={"request_id": request.pk}),
        school=org_name(request.school),
        kind=label_of(RequestKind(request.kind)) if request.kind == RequestKind.AMENDMENT.value else "",
        state_on=state_day(request),
        waiting_for=waiting_for(request, seat=seat_of(request, by)),
        days_left=(due_on - on).days if due_on else None,
        received_on=request.received_on,
    )


def _tiles(*, on: dt.date) -> list[Tile]:
    """期限内・要注意・期限後 of what is not sent yet, each leading to its list."""
    words = {
        DeadlineState.ON_TIME: gettext("期限内"),
        DeadlineState.AT_RISK: gettext("要注意(学校の提出期限を過ぎた)"),
        DeadlineState.LATE: gettext("期限後(外務省必着を過ぎた)"),
    }
    inbox_url = reverse("mofa_requests:inbox")
    return [
        Tile(
            words[standing], many, gettext("件"), _TONES[standing] if many else "", f"{inbox_url}?due={standing.value}"
        )
        for standing, many in queries.due_counts(on=on).items()
    ]


def _state_choices() -> list[tuple[str, str]]:
    return [choice for choice in choices_of(RequestState) if choice[0] != RequestState.DRAFT.value]


def _mentions(word: str) -> Q:
    """A word of the search: in the school's name or reading, the trip's title, or the places."""
    school = Q(school__name__icontains=word) | Q(school__kana__icontains=word) | Q(school__english_name__icontains=word)
    return school | Q(title__icontains=word) | Q(places__icontains=word)
