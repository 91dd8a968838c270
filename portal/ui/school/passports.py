"""Passport spelling: suggested from kana and confirmed one by one, doubts shown, tickets laid against the roster.

Not here: what is suggested and in doubt (trips.facts.passports). Pasted ticket names are compared and never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Participant
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import look_at
from portal.vault.keyring import cipher_for
from trips.actions.grouping import write_passport_names
from trips.facts.passports import Doubt, Spelling, compare_tickets, read_tickets, spelling_of
from trips.queries import participant_ids
from trips.roster.table import Cell
from trips.roster.values import read_passport
from trips.roster.verdicts import CellRefused

_AT_ONCE = 100
_PASTED = 60_000
_LONGEST = 80


@dataclass(frozen=True)
class Line:
    """One traveller to be looked up, and the page on which the whole entry stands."""

    spelling: Spelling
    url: str

    @property
    def key(self) -> str:
        return self.spelling.person.key


@trip_page(STAFF, purpose="旅券の綴りを確かめる")
def passports(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Who still lacks a spelling, whose differs from the kana, and (posted) whose ticket says something else."""
    if request.method == "POST" and "confirm" in request.POST:
        _confirm(request, page)
        return redirect(page.url("passports"))
    people = look_at(page).dossier.participants
    base, ids = page.url("roster"), participant_ids(page.trip)
    lines = [Line(spelling, _url(base, ids, spelling.person)) for spelling in map(spelling_of, people)]
    missing = [line for line in lines if line.spelling.doubt is Doubt.MISSING]
    context = page.context(
        "workspace",
        total=len(people),
        missing=missing[:_AT_ONCE],
        missing_count=len(missing),
        doubtful=[line for line in lines if line.spelling.doubt in (Doubt.DIFFERS, Doubt.HALF)],
        tickets=_tickets(request, people, lines),
        crumbs=page.crumbs(gettext("旅券の綴り"), (gettext("参加者名簿"), base)),
    )
    return render(request, "school/passports.html", context)


def _url(base: str, ids: Mapping[str, UUID], person: Participant) -> str:
    return f"{base}people/{ids[person.key]}/" if person.key in ids else base


def _tickets(request: HttpRequest, people: Sequence[Participant], lines: Sequence[Line]) -> dict[str, Any] | None:
    if request.method != "POST":
        return None
    text = request.POST.get("tickets", "")[:_PASTED]
    found = compare_tickets(people, read_tickets(text))
    without = {person.key for person in found.without}
    return {
        "text": text,
        "matched": found.matched,
        "strangers": found.strangers,
        "without": [line for line in lines if line.key in without],
    }


def _confirm(request: HttpRequest, page: TripPage) -> None:
    """Store the spellings whose box was ticked; one that is no spelling is named and left out."""
    names, refused = _ticked(request)
    try:
        require_editable(page.trip)
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
        return
    if names:
        many = write_passport_names(page.trip, names, by=page.actor, cipher=cipher_for(page.trip.pk))
        announce(request, gettext("%(n)d人の旅券の綴りを名簿に入れました。") % {"n": many})
    if refused:
        words = gettext("「%(text)s」は旅券の綴りとして読めません。半角の A〜Z で書いてください。")
        warn(request, words % {"text": "」「".join(refused)})
    if not names and not refused:
        refuse(request, gettext("だれも選ばれていません。旅券で確かめた人にチェックを入れてから押してください。"))


def _ticked(request: HttpRequest) -> tuple[dict[str, tuple[str, str | None]], list[str]]:
    """Key → surname and given name of everybody ticked, and what was typed where it is no spelling."""
    names: dict[str, tuple[str, str | None]] = {}
    refused = []
    for key in dict.fromkeys(request.POST.getlist("who")):
        typed = tuple(request.POST.get(f"{part}-{key}", "").strip() for part in ("surname", "given"))
        spelled = _read(typed)
        if spelled:
            names[key] = spelled
        else:
            refused.append(" ".join(typed).strip()[:_LONGEST])
    return names, refused


def _read(typed: tuple[str, ...]) -> tuple[str, str | None] | None:
    """Both parts in the passport's letters; ``None`` when one is none, too long, or the surname is missing."""
    if any(len(text) > _LONGEST for text in typed):
        return None
    try:
        surname, given = (read_passport(Cell(text)) for text in typed)
    except CellRefused:
        return None
    return (surname, given) if surname else None
