"""Groups and rooms for many people at once: tick them in the roster, choose, done. Not here: one person (persons)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.ui.fields import Select, TextField
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.forms import options
from portal.vault.keyring import cipher_for
from trips.actions.roster import assign
from trips.queries import groups_of

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


def _assign(request: HttpRequest, page: TripPage) -> None:
    form = AssignForm(request.POST, groups=options(groups_of(page.trip, cipher_for(page.trip.pk))))
    keys = request.POST.getlist("who")
    if not form.is_valid() or not keys or not form.change():
        refuse(request, _what_lacks(form, keys))
        return
    try:
        require_editable(page.trip)
        many = assign(page.trip, keys, form.change(), by=page.actor)
        announce(request, gettext("%(n)d人の班・部屋を決めました。") % {"n": many})
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))


def _what_lacks(form: AssignForm, keys: list[str]) -> str:
    if not form.is_valid():
        return gettext("部屋は80字までで書き、班は一覧から選んでください。")
    if not keys:
        return gettext("だれも選ばれていません。名簿の左の欄で人を選んでから押してください。")
    return gettext("班か部屋のどちらかを決めてから押してください。")
