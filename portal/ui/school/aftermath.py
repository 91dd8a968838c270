"""After the return: the school's report, and notes of what happened on the way; kept at the school, to be printed.

Not here: the plan (sections), J-TAS cases (jcsos).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.kit import clock
from portal.ui.autosave import base_version
from portal.ui.fields import DateField, MomentField, NumberField, TextField, YesNoField
from portal.ui.labels import choices_of, label_of
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.templatetags.shown import jday, jtime
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions.reports import StaleReport, note_incident, put_away_incident, save_report
from trips.enums import IncidentKind
from trips.facts.aftermath import Incident, Report
from trips.queries import incident_of, incidents_of, outlines_of, removed_incidents_of, report_of

_LONG = 4000


class ReportForm(forms.Form):
    """The report of the return."""

    returned_on = DateField(label=_("帰国した日"))
    all_back = YesNoField(label=_("全員が帰国した"))
    summary = TextField(label=_("旅行の結果"), limit=_LONG, long=True, help_text=_("計画と違ったこと、得られたこと"))
    lessons = TextField(label=_("次の旅行への引継ぎ"), limit=_LONG, long=True, help_text=_("例: 空港の集合は30分早く"))

    def report(self) -> Report:
        """What was typed."""
        typed = self.cleaned_data
        return Report(typed["returned_on"], typed["all_back"], typed["summary"] or "", typed["lessons"] or "")


class IncidentForm(forms.Form):
    """One thing that happened; names are not asked for."""

    happened_at = MomentField(label=_("日時(現地)"), required=True, help_text=_("例: 2027/1/20 22:40"))
    place = TextField(label=_("場所"), limit=200, required=True, help_text=_("例: 見本大飯店(台北)"))
    kind = forms.ChoiceField(label=_("種類"), choices=lambda: choices_of(IncidentKind))
    people = NumberField(label=_("関わった人数"), most=10_000)
    what = TextField(
        label=_("起きたこと"),
        limit=_LONG,
        long=True,
        required=True,
        help_text=_("氏名は書かず「2年1組の生徒1人」のように"),
    )
    measures = TextField(label=_("とった措置"), limit=_LONG, long=True)
    told = TextField(
        label=_("知らせた先"), limit=_LONG, long=True, help_text=_("例: 22:55 校長、23:10 在外公館、23:30 保護者")
    )

    def incident(self) -> Incident:
        """What was typed."""
        typed = self.cleaned_data
        texts = {name: typed[name] or "" for name in ("what", "measures", "told")}
        return Incident(typed["happened_at"], typed["place"], IncidentKind(typed["kind"]), typed["people"], **texts)


@dataclass(frozen=True)
class Note:
    """One note as the page lists it."""

    id: UUID
    when: str
    kind: str
    incident: Incident


@dataclass(frozen=True)
class Desk:
    """The page with its two forms."""

    request: HttpRequest
    page: TripPage
    cipher: TripCipher
    report_form: ReportForm
    incident_form: IncidentForm
    stale: bool = False

    def show(self, *, status: int = 200) -> HttpResponse:
        page = self.page
        notes = [_note(key, incident) for key, incident in incidents_of(page.trip, self.cipher)]
        gone = [_note(row.pk, incident_of(row, self.cipher)) for row in removed_incidents_of(page.trip)]
        context = page.context(
            "timeline",
            report_form=self.report_form,
            form=self.incident_form if self.incident_form.is_bound else self.report_form,
            incident_form=self.incident_form,
            version=report_of(page.trip, self.cipher)[1],
            stored=report_of(page.trip, self.cipher)[0] if self.stale else None,
            notes=notes,
            gone=gone,
            begun=_has_begun(page),
            crumbs=page.crumbs(gettext("帰国後の記録")),
        )
        return render(self.request, "school/aftermath.html", context, status=status)


@trip_page(STAFF, purpose="帰国報告と旅行中のできごとの記録")
def aftermath(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Report and notes; each form of the page says by ``act`` what it is."""
    acts: dict[str, Callable[[HttpRequest, TripPage, TripCipher], HttpResponseBase]] = {
        "report": _save_report,
        "note": _note_down,
        "away": _put_away,
        "back": _put_back,
    }
    cipher = cipher_for(page.trip.pk)
    act = acts.get(request.POST.get("act", ""))
    if request.method == "POST" and act is not None:
        if _has_begun(page):
            return act(request, page, cipher)
        refuse(request, gettext("出発の日から書けます。"))
        return redirect(page.url("aftermath"))
    return _desk(request, page, cipher).show()


def _save_report(request: HttpRequest, page: TripPage, cipher: TripCipher) -> HttpResponseBase:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _desk(request, page, cipher, report=form).show(status=422)
    base = base_version(request)
    try:
        save_report(page.trip, form.report(), base_version=-1 if base is None else base, by=page.actor, cipher=cipher)
    except StaleReport:
        return _desk(request, page, cipher, report=form, stale=True).show(status=409)
    announce(request, gettext("帰国報告を保存しました。"))
    return redirect(page.url("aftermath"))


def _note_down(request: HttpRequest, page: TripPage, cipher: TripCipher) -> HttpResponseBase:
    form = IncidentForm(request.POST, prefix="incident")
    if not form.is_valid():
        return _desk(request, page, cipher, incident=form).show(status=422)
    note_incident(page.trip, form.incident(), by=page.actor, cipher=cipher)
    announce(request, gettext("できごとを記録しました。"))
    return redirect(f"{page.url('aftermath')}#notes")


def _put_away(request: HttpRequest, page: TripPage, cipher: TripCipher) -> HttpResponseBase:
    return _moved(request, page, away=True, said=gettext("記録を取り消しました。下の一覧から戻せます。"))


def _put_back(request: HttpRequest, page: TripPage, cipher: TripCipher) -> HttpResponseBase:
    return _moved(request, page, away=False, said=gettext("記録を戻しました。"))


def _moved(request: HttpRequest, page: TripPage, *, away: bool, said: str) -> HttpResponseBase:
    note = NoteKey(request.POST)
    if note.is_valid() and put_away_incident(page.trip, note.cleaned_data["note"], by=page.actor, away=away):
        announce(request, said)
    else:
        refuse(request, gettext("この記録は見つかりません。画面を読み込み直してください。"))
    return redirect(f"{page.url('aftermath')}#notes")


class NoteKey(forms.Form):
    note = forms.UUIDField()


def _desk(
    request: HttpRequest,
    page: TripPage,
    cipher: TripCipher,
    *,
    report: ReportForm | None = None,
    incident: IncidentForm | None = None,
    stale: bool = False,
) -> Desk:
    stored = report_of(page.trip, cipher)[0]
    return Desk(
        request,
        page,
        cipher,
        report or ReportForm(initial=vars(stored)),
        incident or IncidentForm(prefix="incident"),
        stale,
    )


def _has_begun(page: TripPage) -> bool:
    """Whether the day of departure has come; a plan without one has not begun."""
    outline: Any = outlines_of([page.trip.pk]).get(page.trip.pk)
    departs: dt.date | None = getattr(outline, "departs_on", None)
    return departs is not None and departs <= clock.today()


def _note(key: UUID, incident: Incident) -> Note:
    at = incident.happened_at
    return Note(key, f"{jday(at)} {jtime(at)}", label_of(incident.kind), incident)
