"""The phone-test log: every night and holiday number with its last test call, and a form to record the next one.

Not here: what a call is worth (trips.facts.calls), storing it (trips.actions.calls).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.dossier.types import Agent, HomeContact, Part
from portal.kit import clock
from portal.ui.fields import DateField, TextField
from portal.ui.labels import choices_of, label_of, title_of
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from trips.actions.calls import record_call
from trips.enums import CallOutcome, Section, TripState
from trips.facts.calls import VALID_DAYS, Call, Number, Trust, numbers_to_test, trust_in
from trips.queries import calls_of

_TONES = {Trust.FRESH: ("check", "ok"), Trust.UNTESTED: ("circle", "warn"), Trust.OLD: ("alert", "warn")}
_PARTS: dict[str, type[Part]] = {"home_contacts": HomeContact, "agents": Agent}
_SECTIONS = {"home_contacts": Section.HOME, "agents": Section.AGENTS}


class CallForm(forms.Form):
    """One test call, written by whoever made it."""

    called_on = DateField(label=_("かけた日"), required=True)
    called_by = TextField(label=_("かけた人"), limit=80, required=True)
    outcome = forms.ChoiceField(label=_("結果"), choices=lambda: choices_of(CallOutcome))
    reached = TextField(label=_("話した相手"), limit=80)

    def clean_called_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["called_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("今日より先の日付です。電話をかけた日を書いてください"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == CallOutcome.REACHED.value and not data.get("reached"):
            self.add_error("reached", gettext("つながったときは、話した相手を書いてください"))
        return data


@dataclass(frozen=True)
class Line:
    """One number as the page shows it, with its calls and the form for the next one."""

    number: Number
    title: str
    trust: str
    icon: str
    tone: str
    calls: Sequence[Call]
    form: CallForm
    change_url: str

    @property
    def anchor(self) -> str:
        return f"call-{self.number.place.replace('/', '-')}"

    @property
    def dial(self) -> str:
        """What a telephone dials: the number without its dress."""
        return "".join(char for char in self.number.number if char.isdigit() or char == "+")


@trip_page(STAFF, purpose="夜間・休日の電話の確認記録")
def calls(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """All numbers and their calls; posting records one call."""
    standing = look_at(page)
    form = None
    if request.method == "POST":
        number = next((n for n in numbers_to_test(standing.dossier) if n.place == request.POST.get("place")), None)
        form = _form(request, number) if number else None
        if number is None or not is_open(page):
            refuse(request, gettext("この番号はいまの計画にありません。画面を読み込み直してください。"))
            return redirect(page.url("calls"))
        if form is not None and form.is_valid():
            record_call(page.trip, _call(number, form), by=page.actor, cipher=standing.cipher)
            announce(request, gettext("電話の確認を記録しました。"))
            return redirect(f"{page.url('calls')}#call-{number.place.replace('/', '-')}")
    return _show(request, standing, form)


def is_open(page: TripPage) -> bool:
    """Calls may be recorded until the trip is closed, also after the plan was handed in."""
    return page.trip.state == TripState.OPEN.value


def untested(standing: Standing) -> tuple[int, int]:
    """How many numbers nobody has reached within the last 90 days, of how many; one query."""
    known = calls_of(standing.page.trip, standing.cipher)
    numbers = numbers_to_test(standing.dossier)
    return sum(trust_in(number, known, on=standing.on)[0] is not Trust.FRESH for number in numbers), len(numbers)


def _show(request: HttpRequest, standing: Standing, form: CallForm | None) -> HttpResponse:
    page = standing.page
    lines = _lines(request, standing, form)
    context = page.context(
        "workspace",
        lines=lines,
        open_calls=is_open(page),
        tested=sum(line.tone == "ok" for line in lines),
        valid_days=VALID_DAYS,
        form=form,
        crumbs=page.crumbs(gettext("電話の確認")),
    )
    return render(request, "school/calls.html", context, status=422 if form else 200)


def _lines(request: HttpRequest, standing: Standing, form: CallForm | None) -> list[Line]:
    known = calls_of(standing.page.trip, standing.cipher)
    return [_line(request, standing, number, known, form) for number in numbers_to_test(standing.dossier)]


def _line(
    request: HttpRequest, standing: Standing, number: Number, known: Sequence[Call], form: CallForm | None
) -> Line:
    trust, _last = trust_in(number, known, on=standing.on)
    icon, tone = _TONES.get(trust, ("error", "error"))
    prop, key, name = number.place.split("/")
    mine = form is not None and form.prefix == _prefix(number)
    return Line(
        number=number,
        title=title_of(_PARTS[prop], name),
        trust=label_of(trust),
        icon=icon,
        tone=tone,
        calls=[call for call in known if call.place == number.place],
        form=form if form is not None and mine else _form(request, number, blank=True),
        change_url=f"{standing.section_url(_SECTIONS[prop])}#f-{prop}-{key}-{name}",
    )


def _prefix(number: Number) -> str:
    return number.place.replace("/", "-")


def _form(request: HttpRequest, number: Number, *, blank: bool = False) -> CallForm:
    first = {"called_on": clock.today(), "called_by": str(request.user), "outcome": CallOutcome.REACHED.value}
    return CallForm(None if blank else request.POST, prefix=_prefix(number), initial=first)


def _call(number: Number, form: CallForm) -> Call:
    typed = form.cleaned_data
    return Call(
        place=number.place,
        number=number.number,
        called_on=typed["called_on"],
        called_by=typed["called_by"],
        outcome=CallOutcome(typed["outcome"]),
        reached=typed["reached"] or "",
    )
