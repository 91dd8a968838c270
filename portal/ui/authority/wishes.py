"""What a reader of the inbox wants to see: read from an address, said again as one, and as a condition on requests.

Not here: the page (inbox), reading rows (mofa_requests.queries and desk).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.chasing import near_day
from mofa_requests.deputies import mandates_of
from mofa_requests.enums import InquiryKind, RequestState
from mofa_requests.models import Inquiry, Remark
from portal.audit.record import Actor
from portal.lawbook.deadlines import DeadlineState
from portal.ui.labels import choices_of

OPEN, EVERY = "open", "all"
OPEN_STATES = (*queries.UNSENT, RequestState.FORWARDED.value)
MINE, NOBODY = "mine", "nobody"
WHO = ("", MINE, NOBODY)
MARKS = ("", "corrected", "unanswered", "danger", "findings", "call")
_KNOWN_STATES = {OPEN, EVERY, *(state.value for state in RequestState)}


@dataclass(frozen=True)
class Wish:
    """One way of narrowing the inbox; anything unreadable in the address counts as not said."""

    q: str = ""
    state: str = OPEN
    who: str = ""
    mark: str = ""
    due: DeadlineState | None = None

    @classmethod
    def of(cls, data: Any) -> Wish:
        state, who, mark = (data.get(name, "") for name in ("state", "who", "mark"))
        return cls(
            q=data.get("q", "").strip()[:100],
            state=state if state in _KNOWN_STATES else OPEN,
            who=who if who in WHO else "",
            mark=mark if mark in MARKS else "",
            due=next((standing for standing in DeadlineState if standing.value == data.get("due")), None),
        )

    @classmethod
    def of_query(cls, query: str) -> Wish:
        """A wish from a query string, as a saved view keeps it."""
        return cls.of(QueryDict(query))

    def query(self) -> str:
        """The wish as the query string of a link; empty for the ordinary one."""
        said = {
            "q": self.q,
            "state": self.state if self.state != OPEN else "",
            "who": self.who,
            "mark": self.mark,
            "due": self.due.value if self.due else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    def condition(self, *, by: Actor, on: dt.date) -> Q:
        """The requests that meet the wish."""
        wanted = Q(state__in=OPEN_STATES) if self.state == OPEN else Q()
        if self.state not in (OPEN, EVERY):
            wanted = Q(state=self.state)
        if self.who == MINE:
            standing_in = [each.row.person_id for each in mandates_of(by, on=on)]
            wanted &= Q(claimed_by_id__in=[by.user_id, *standing_in])
        elif self.who == NOBODY:
            wanted &= Q(claimed_by=None)
        if self.due:
            wanted &= queries.due(self.due, on=on)
        wanted &= _marked(self.mark, by=by, on=on)
        for word in self.q.split():
            wanted &= _mentions(word)
        return wanted


def state_choices() -> list[tuple[str, str]]:
    """The states a reader may ask for, the two usual ones first."""
    single = [choice for choice in choices_of(RequestState) if choice[0] != RequestState.DRAFT.value]
    return [(OPEN, gettext("手続き中のもの")), (EVERY, gettext("すべて")), *single]


def who_choices() -> list[tuple[str, str]]:
    return [("", gettext("全員")), (MINE, gettext("自分の担当(代理を含む)")), (NOBODY, gettext("担当者なし"))]


def mark_choices() -> list[tuple[str, str]]:
    words = (
        gettext("しぼらない"),
        gettext("再提出されたもの"),
        gettext("未回答の指摘があるもの"),
        gettext("危険情報が出ているもの"),
        gettext("規則の要注意があるもの"),
        gettext("受領の電話が要るもの"),
    )
    return list(zip(MARKS, words, strict=True))


def _marked(mark: str, *, by: Actor, on: dt.date) -> Q:
    if mark == "corrected":
        return Q(revision_number__gte=2, state__in=(RequestState.SUBMITTED.value, RequestState.IN_REVIEW.value))
    if mark == "unanswered":
        asked = Remark.objects.filter(request_id=OuterRef("pk"), answered_at=None, internal=False)
        return Q(Exists(asked))
    if mark == "danger":
        return Q(danger_level__gte=1)
    if mark == "findings":
        return Q(warning_count__gte=1)
    if mark == "call":
        called = Inquiry.objects.filter(request_id=OuterRef("pk"), kind=InquiryKind.RECEIPT.value, asked_on__gte=on)
        sent = Q(state=RequestState.FORWARDED.value, forwarder_org_id=by.org_id, receipt_due_on__lte=near_day(on))
        return sent & ~Q(Exists(called))
    return Q()


def _mentions(word: str) -> Q:
    """A word of the search: in the school's name or reading, the trip's title, or the places."""
    school = Q(school__name__icontains=word) | Q(school__kana__icontains=word) | Q(school__english_name__icontains=word)
    return school | Q(title__icontains=word) | Q(places__icontains=word)
