"""Submitting, withdrawing, amending: the steps that leave the school. Each is named, asked for and recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.amend import amend, reopen_after_withdrawal, withdraw
from mofa_requests.actions.plan import NotEditable, save_late_reason
from mofa_requests.actions.submit import Blocked, submit
from mofa_requests.enums import RequestState
from mofa_requests.machine import MACHINE
from portal.dossier.diff import diff
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.finding import Severity
from portal.lawbook.finding import Standing as Verdict
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import DRAFTERS, PRINCIPAL, STAFF, TripPage, trip_page
from portal.ui.school.forms import AttestForm, LateReasonForm, ReasonForm
from portal.ui.school.standing import Standing, look_at
from portal.ui.shapes import Entry


@trip_page(STAFF, purpose="提出前の確認と提出")
def submit_page(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Check-your-answers, late reason, attestation; the principal submits."""
    attest = AttestForm(request.POST or None) if page.role is Role.SCHOOL_PRINCIPAL else None
    if request.method == "POST" and attest is not None and attest.is_valid():
        try:
            revision = submit(page.request, by=page.actor, title=_title(request), on=clock.today())
        except Blocked as blocked:
            refuse(request, str(blocked))
            return redirect(page.url("check"))
        except Refused as refused:
            refuse(request, str(refused))
            return redirect(page.url("submit"))
        announce(
            request,
            gettext("第%(number)d版を提出しました。受付の控えは「経過・連絡」で確かめられます。")
            % {"number": revision.number},
        )
        return redirect(page.url("timeline"))
    status = 422 if request.method == "POST" and page.role is Role.SCHOOL_PRINCIPAL else 200
    return render(request, "school/submit.html", _submit_context(page, attest), status=status)


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
            refuse(request, str(refused))
        return redirect(page.url("timeline"))
    return render(
        request, "school/withdraw.html", page.context("timeline", form=form), status=422 if form.errors else 200
    )


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
            refuse(request, str(refused))
            return redirect(page.url("timeline"))
    return render(request, "school/amend.html", page.context("timeline", withdrawn=withdrawn))


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
        answers=_answers(standing),
        unconfirmed=_unconfirmed(standing),
        rungs=standing.rungs(),
        changes=_changes(page, standing),
        next_desk=_first_desk(page),
        transitions=MACHINE.allowed(page.request.state_kind, seat="school", role=page.role.value),
        crumbs=[
            (gettext("旅行"), reverse("trips:home")),
            (standing.dossier.outline.title or page.trip.trip_no, page.url("workspace")),
            (gettext("提出"), ""),
        ],
    )


def _answers(standing: Standing) -> list[Entry]:
    """The figures a principal wants to see once more, each with the way to change it."""
    d, url = standing.dossier, standing.field_url
    nights = "、".join(stay.name or gettext("(名称未入力)") for stay in d.stays)
    flights = "、".join(leg.number for leg in d.legs if leg.number)
    contacts = "、".join(contact.name or gettext("(氏名未入力)") for contact in d.home_contacts)
    return [
        Entry(gettext("旅行名"), d.outline.title, url("/outline/title")),
        Entry(gettext("出発日"), d.outline.departs_on, url("/outline/departs_on")),
        Entry(gettext("帰国日"), d.outline.returns_on, url("/outline/returns_on")),
        Entry(gettext("参加者"), gettext("%(n)d人") % {"n": len(d.participants)}, url("/participants")),
        Entry(gettext("便"), flights, url("/legs")),
        Entry(gettext("宿泊先"), nights, url("/stays")),
        Entry(gettext("留守校の連絡責任者"), contacts, url("/home_contacts")),
        Entry(gettext("保険"), "、".join(p.insurer or "" for p in d.policies), url("/policies")),
    ]


def _unconfirmed(standing: Standing) -> list[str]:
    """Sections a travel agent entered and no teacher confirmed."""
    return [
        task.title
        for task in standing.tasks()
        if (saved := standing.saved.get(task.key)) and saved.entered_by == "agent" and saved.confirmed_on is None
    ]


def _changes(page: TripPage, standing: Standing) -> list[object]:
    """What changed since the last submission, or for an amendment since what was forwarded."""
    request = page.request
    before = queries.revision_of(request) if request.revision_number else queries.last_forwarded(request)
    if before is None:
        return []
    old = queries.open_dossier(before, cipher=standing.cipher).model_copy(update={"revision": None})
    return list(diff(old, standing.dossier))


def _first_desk(page: TripPage) -> str:
    request = page.request
    return str(request.endorser_org or request.forwarder_org or "")


def _title(request: HttpRequest) -> str:
    membership = request.membership  # type: ignore[attr-defined]
    return membership.title or membership.role_kind.label
