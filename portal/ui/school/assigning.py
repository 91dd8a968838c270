"""Groups and rooms for many people at once: tick them in the roster, choose, done, and the way back.

Flights and places to sleep follow the group. Not here: one person (persons).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Dossier
from portal.ui.fields import Select, TextField
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.forms import options
from portal.vault.keyring import cipher_for
from trips.actions.grouping import UndoneAlready, assign, undo_assignment
from trips.queries import groupings_of, groups_of

_LEAVE, _NONE = "", "-"


class AssignForm(forms.Form):
    """What is to be set; what stays empty is left as it is."""

    group = forms.ChoiceField(label=_("班"), required=False, widget=Select)
    room = TextField(label=_("部屋"), limit=80)

    def __init__(self, data: Any = None, *, groups: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(data, prefix="assign")
        choices = [(_LEAVE, _("変えない")), *groups, (_NONE, _("班から外す"))]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]
        self.has_groups = len(choices) > 2

    def change(self) -> dict[str, str | None]:
        """The columns to set."""
        group, room = self.cleaned_data["group"], self.cleaned_data["room"]
        found: dict[str, str | None] = {}
        if group != _LEAVE:
            found["group"] = None if group == _NONE else group
        if room:
            found["room"] = None if room == _NONE else room
        return found


@trip_page(STAFF, purpose="選んだ人の班・部屋を決める")
def assign_people(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Set group or room of everybody ticked."""
    if request.method == "POST":
        _assign(request, page)
    return redirect(page.url("roster"))


@trip_page(STAFF, purpose="まとめて決めた班・部屋を元に戻す")
def take_back(request: HttpRequest, page: TripPage, batch_id: UUID) -> HttpResponseBase:
    """Everybody has again what they had before."""
    batch = groupings_of(page.trip).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            require_editable(page.trip)
            stayed = undo_assignment(batch, by=page.actor, cipher=cipher_for(page.trip.pk))
            announce(request, gettext("班・部屋を元に戻しました。"))
            if stayed:
                warn(request, gettext("後から決め直した%(n)d人は、いまのまま残しました。") % {"n": stayed})
        except UndoneAlready:
            refuse(request, gettext("この変更は、すでに元に戻してあります。"))
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("roster"))


def group_options(dossier: Dossier) -> list[tuple[str, str]]:
    """The plan's groups, each with the flights that its people take."""
    return [(key, _with_flights(name, key, dossier)) for key, name in options(dossier.groups)]


def _with_flights(name: str, key: str, dossier: Dossier) -> str:
    flights = [leg.number for leg in dossier.legs if leg.number and (not leg.groups or key in leg.groups)]
    return gettext("%(group)s(便 %(flights)s)") % {"group": name, "flights": "・".join(flights)} if flights else name


def _assign(request: HttpRequest, page: TripPage) -> None:
    form = AssignForm(request.POST, groups=options(groups_of(page.trip, cipher_for(page.trip.pk))))
    keys = request.POST.getlist("who")
    if not form.is_valid() or not keys or not form.change():
        refuse(request, _what_lacks(form, keys))
        return
    try:
        require_editable(page.trip)
        batch = assign(page.trip, keys, form.change(), by=page.actor, cipher=cipher_for(page.trip.pk))
        words = gettext("%(n)d人の班・部屋を決めました。") % {"n": batch.people}
        announce(request, words, undo_url=page.url("undo_assignment", batch_id=batch.pk))
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))


def _what_lacks(form: AssignForm, keys: list[str]) -> str:
    if not form.is_valid():
        return gettext("部屋は80字までで書き、班は一覧から選んでください。")
    if not keys:
        return gettext("だれも選ばれていません。名簿の左の欄で人を選んでから押してください。")
    return gettext("班か部屋のどちらかを決めてから押してください。")
