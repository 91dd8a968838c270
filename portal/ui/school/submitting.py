"""Submitting, withdrawing, amending: the steps that leave the school. Each is named, asked for and recorded."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.amend import amend, reopen_after_withdrawal, withdraw
from mofa_requests.actions.plan import NotEditable, save_late_reason
from mofa_requests.actions.submit import Blocked, submit
from mofa_requests.enums import RequestState
from mofa_requests.machine import MACHINE
from portal.dossier.diff import Change, diff
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.finding import Severity
from portal.lawbook.finding import Standing as Verdict
from portal.ui.authority.values import shown as in_words
from portal.ui.labels import speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.places import city_in_country
from portal.ui.school.calls import untested
from portal.ui.school.doors import DRAFTERS, PRINCIPAL, STAFF, TripPage, trip_page
from portal.ui.school.forms import AttestForm, LateReasonForm, ReasonForm
from portal.ui.school.lines import Names, names_in
from portal.ui.school.standing import Standing, look_at
from portal.ui.shapes import Entry, Task
from portal.ui.templatetags.shown import jdate
from portal.ui.typed import sentence_of


@trip_page(STAFF, purpose="提出前の確認と提出")
def submit_page(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Check-your-answers, late reason, attestation; the principal submits."""
    attest = AttestForm(request.POST or None) if page.role is Role.SCHOOL_PRINCIPAL else None
    if request.method == "POST" and attest is not None and attest.is_valid():
        try:
            revision = submit(page.request, by=page.actor, title=_title(request), on=clock.today())
        except Blocked as blocked:
            refuse(request, sentence_of(blocked))
            return redirect(page.url("check"))
        except Refused as refused:
            return _not_submitted(request, page, refused)
        announce(
            request,
            gettext("第%(number)d版を提出しました。受付の控えは「経過・連絡」で確かめられます。")
            % {"number": revision.number},
        )
        return redirect(page.url("timeline"))
    status = 422 if request.method == "POST" and page.role is Role.SCHOOL_PRINCIPAL else 200
    return render(request, "school/submit.html", _submit_context(page, attest), status=status)


def _not_submitted(request: HttpRequest, page: TripPage, refused: Refused) -> HttpResponseBase:
    """A second press finds the plan handed in already: that is what was wanted. Anything else is told."""
    now = queries.latest_of(page.trip)
    if now.revision_number and now.state not in queries.EDITABLE:
        announce(request, gettext("第%(number)d版は、すでに提出されています。") % {"number": now.revision_number})
        return redirect(page.url("timeline"))
    refuse(request, sentence_of(refused))
    return redirect(page.url("submit"))


@trip_page(DRAFTERS, purpose="期限後提出の理由を書く")
def late_reason(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Keep the reason for filing after the deadline."""
    form = LateReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_late_reason(page.trip, form.cleaned_data["reason"], by=page.actor)
            announce(request, gettext("期限後提出の理由を保存しました。"))
        except NotEditable:
            refuse(request, gettext("いまは書き換えられません。経過のページで状態を確かめてください。"))
    return redirect(page.url("submit"))


@trip_page(PRINCIPAL, purpose="依頼を取り下げる")
def withdraw_page(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Ask for the reason, then take the request back."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(page.request, reason=form.cleaned_data["reason"], by=page.actor)
            announce(request, gettext("取り下げました。所管庁に知らせました。"))
        except Refused as refused:
            refuse(request, sentence_of(refused))
        return redirect(page.url("timeline"))
    context = page.context("timeline", form=form, crumbs=page.crumbs(gettext("取下げ")))
    return render(request, "school/withdraw.html", context, status=422 if form.errors else 200)


@trip_page(DRAFTERS, purpose="変更届を起こす、取下げ後に始め直す")
def amend_page(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Explain what an amendment does to what was forwarded, then open it."""
    withdrawn = page.request.state == RequestState.WITHDRAWN.value
    if request.method == "POST":
        try:
            (reopen_after_withdrawal if withdrawn else amend)(page.request, by=page.actor)
            announce(request, gettext("書き換えられるようにしました。直してから、もう一度提出してください。"))
            return redirect(page.url("workspace"))
        except Refused as refused:
            refuse(request, sentence_of(refused))
            return redirect(page.url("timeline"))
    context = page.context("timeline", withdrawn=withdrawn, crumbs=page.crumbs(gettext("変更届")))
    return render(request, "school/amend.html", context)


def _submit_context(page: TripPage, attest: AttestForm | None) -> dict[str, object]:
    standing = look_at(page)
    report = standing.report
    return page.context(
        "submit",
        form=attest,
        report=report,
        late=report.verdict is Verdict.LATE,
        blocking=len(report.of(Severity.BLOCK)) if report.verdict is Verdict.BLOCKED else 0,
        may_submit=report.may_submit and page.editable,
        reason_form=LateReasonForm(initial={"reason": page.trip.late_filing_reason or ""}),
        is_principal=page.role is Role.SCHOOL_PRINCIPAL,
        may_draft=page.role in DRAFTERS,
        answers=_answers(standing, may_change=page.editable),
        unconfirmed=_unconfirmed(standing),
        rungs=standing.rungs(),
        untested=untested(standing),
        changes=_changes(page, standing),
        next_desk=_first_desk(page),
        transitions=MACHINE.allowed(page.request.state_kind, seat="school", role=page.role.value),
        crumbs=page.crumbs(gettext("提出")),
    )


def _answers(standing: Standing, *, may_change: bool) -> list[Entry]:
    """The figures a principal wants to see once more, each with the way to change it while the plan is open."""
    d = standing.dossier

    def url(pointer: str) -> str:
        return standing.field_url(pointer) if may_change else ""

    separator = gettext("、")
    places = [city_in_country(place.country, place.city) for place in d.destinations if not place.transit]
    nights = [stay.name or gettext("(名称未入力)") for stay in d.stays]
    contacts = [contact.name or gettext("(氏名未入力)") for contact in d.home_contacts]
    return [
        Entry(gettext("旅行名"), d.outline.title, url("/outline/title")),
        Entry(gettext("行き先"), separator.join(places), url("/destinations")),
        Entry(gettext("出発日"), jdate(d.outline.departs_on), url("/outline/departs_on")),
        Entry(gettext("帰国日"), jdate(d.outline.returns_on), url("/outline/returns_on")),
        Entry(gettext("参加者"), gettext("%(n)d人") % {"n": len(d.participants)}, url("/participants")),
        Entry(gettext("便"), separator.join(leg.number for leg in d.legs if leg.number), url("/legs")),
        Entry(gettext("宿泊先"), separator.join(nights), url("/stays")),
        Entry(gettext("留守校の連絡責任者"), separator.join(contacts), url("/home_contacts")),
        Entry(gettext("保険"), separator.join(p.insurer for p in d.policies if p.insurer), url("/policies")),
    ]


def _unconfirmed(standing: Standing) -> list[Task]:
    """Sections a travel agent entered and no teacher confirmed."""
    return [
        task
        for task in standing.tasks()
        if (saved := standing.saved.get(task.key)) and saved.entered_by == "agent" and saved.confirmed_on is None
    ]


@dataclass(frozen=True)
class ShownChange:
    """One difference from what was handed in before."""

    place: str
    before: str
    after: str


def _changes(page: TripPage, standing: Standing) -> list[ShownChange]:
    """What changed since the last submission, or for an amendment since what was forwarded."""
    request = page.request
    before = queries.revision_of(request) if request.revision_number else queries.last_forwarded(request)
    if before is None:
        return []
    old = queries.open_dossier(before, cipher=standing.cipher).model_copy(update={"revision": None})
    keys = names_in(old) | names_in(standing.dossier)
    return [_shown(change, keys) for change in diff(old, standing.dossier)]


def _shown(change: Change, keys: Names) -> ShownChange:
    name = change.pointer.rpartition("/")[2]
    place = change.label_en if speaks_english() else change.label
    return ShownChange(place, in_words(change.old, name, keys=keys), in_words(change.new, name, keys=keys))


def _first_desk(page: TripPage) -> str:
    request = page.request
    return str(request.endorser_org or request.forwarder_org or "")


def _title(request: HttpRequest) -> str:
    membership = request.membership  # type: ignore[attr-defined]
    return membership.title or membership.role_kind.label
