"""The directory on JCSOS's desk: every number with its source and days, what wants a look, and recording a look.

Not here: what wants a look (jcsos.rules.directory), keeping a check (jcsos.actions), the firms (portal.ui.insurance).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jcsos.actions.directory import Found, check_entry
from jcsos.enums import CheckOutcome
from jcsos.queries import directory as queries
from jcsos.rules.directory import STALE_AFTER, Entry, Want, queue_of, want_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.directory.countries import country
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.ui.fields import DateField, TextField
from portal.ui.jcsos.audit_forms import PlainForm, day, one_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.performing import perform
from portal.ui.shapes import Tile

EVERY_DESK = Role.of(Audience.JCSOS)
SHOWN_FIRST = 15
KEEPERS = (Role.JCSOS_MEMBERS, Role.JCSOS_NEWS)
_LABELS = {
    "照会・提出": _("照会・提出"),
    "メール": _("メール"),
    "事故のとき(昼)": _("事故のとき(昼)"),
    "事故のとき(夜間・休日)": _("事故のとき(夜間・休日)"),
    "FAX": _("FAX"),
    "電話": _("電話"),
}


@dataclass(frozen=True)
class Line:
    """One entry in the page's language; ``want`` says why it wants a look, empty when it does not."""

    entry: Entry
    name: str
    country: str
    numbers: list[tuple[str, str]]
    url: str
    want: str


class CheckForm(PlainForm):
    """What a look at an entry found."""

    outcome = one_of(CheckOutcome, _("結果"), radio=True)
    phone = TextField(limit=60, label=_("電話番号"), help_text=_("見たとおりに。分からなければ空のままにします"))
    address = TextField(limit=200, label=_("住所"))
    source = TextField(
        limit=300,
        label=_("出典"),
        required=True,
        help_text=_("例: 在外公館のホームページの題名、電話で答えた部署"),
        error_messages={"required": _("どこで確かめたかを書いてください")},
    )
    verified_on = day(_("確かめた日"))
    valid_from = DateField(label=_("いつから有効か"), required=False)
    note = TextField(
        limit=1000, long=True, label=_("メモ"), widget=forms.Textarea({"rows": 3, "maxlength": 1000}), required=False
    )

    @property
    def found(self) -> Found:
        given = self.cleaned_data
        return Found(
            outcome=given["outcome"],
            source=given["source"],
            verified_on=given["verified_on"],
            address=given.get("address") or "",
            phone=given.get("phone") or "",
            valid_from=given.get("valid_from"),
            note=given.get("note") or "",
        )


@members(EVERY_DESK, purpose="窓口・在外公館・保険会社の一覧と、確かめ直す順")
def directory(request: HttpRequest) -> HttpResponse:
    """What wants a look first, then everything."""
    today = clock.today()
    known = queries.entries(_office(request), on=today)
    waiting = [_line(entry, want) for entry, want in queue_of(known, on=today)]
    context = {
        "waiting": waiting[:SHOWN_FIRST],
        "more": max(0, len(waiting) - SHOWN_FIRST),
        "lines": [_line(entry, want_of(entry, on=today)) for entry in known],
        "former": queries.former_desks(on=today),
        "days": STALE_AFTER.days,
        "tiles": _tiles(known, waiting),
        "may_keep": _may_keep(request),
    }
    return render(request, "jcsos/directory.html", context)


@members(EVERY_DESK, purpose="窓口・在外公館の記載と確かめた記録")
def directory_entry(request: HttpRequest, listed: str, key: str) -> HttpResponseBase:
    """One desk or mission with every check of it; its keepers record a new one."""
    entry = queries.entry_of(_office(request), listed, key, on=clock.today())
    if entry is None or entry.listed == queries.FIRM:
        raise Http404
    form = CheckForm(request.POST or None, initial={"verified_on": clock.today()}) if _may_keep(request) else None
    office, by = _office(request), actor_at(request)

    def keep(given: CheckForm) -> None:
        check_entry(office, entry.listed, entry.key, given.found, by=by)

    said = gettext("確かめた結果を残しました。")
    if form is not None and request.method == "POST" and perform(request, form, keep, said):
        return redirect("jcsos:directory")
    context = {
        "line": _line(entry, want_of(entry, on=clock.today())),
        "checks": [(check, label_of(check.outcome_kind)) for check in queries.checks_of(office, listed, key)],
        "form": form,
        "crumbs": [(gettext("窓口の一覧"), reverse("jcsos:directory")), (_name(entry), "")],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "jcsos/directory_entry.html", context, status=status)


def _tiles(known: Iterable[Entry], waiting: list[Line]) -> list[Tile]:
    entries = list(known)
    verified = sum(entry.verified_on is not None for entry in entries)
    return [
        Tile(gettext("載っている窓口"), len(entries), gettext("件")),
        Tile(gettext("確かめた日のあるもの"), verified, gettext("件")),
        Tile(gettext("確かめ直すもの"), len(waiting), gettext("件"), "warn" if waiting else "ok"),
    ]


def _line(entry: Entry, want: Want | None) -> Line:
    place = country(entry.country) if entry.country else None
    return Line(
        entry=entry,
        name=_name(entry),
        country=(place.en if speaks_english() else place.ja) if place else "",
        numbers=[(str(_LABELS[label]), number) for label, number in entry.numbers],
        url=_url(entry),
        want=label_of(want) if want else "",
    )


def _name(entry: Entry) -> str:
    return entry.english if speaks_english() else entry.name


def _url(entry: Entry) -> str:
    if entry.listed == queries.FIRM:
        return reverse("insurance:firm", kwargs={"subject": entry.key})
    return reverse("jcsos:directory_entry", kwargs={"listed": entry.listed, "key": entry.key})


def _office(request: HttpRequest) -> Any:
    return request.membership.org_id  # type: ignore[attr-defined]


def _may_keep(request: HttpRequest) -> bool:
    return request.membership.role_kind in KEEPERS  # type: ignore[attr-defined]
