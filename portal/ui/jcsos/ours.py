"""JCSOS as a school sees it: membership and consent, who looked, and the audits of its own trips with what it owes.

Not here: the assessors' desk (audits).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import audits as acts
from jcsos.actions.evidence import Upload, give_evidence, withdraw_evidence
from jcsos.actions.findings import reply_to, report_correction
from jcsos.enums import AuditState, FindingState
from jcsos.machine import AUDIT, FINDING
from jcsos.models import TripAudit
from jcsos.queries import audits as queries
from jcsos.queries.releases import published
from jcsos.queries.window import looks_at, membership_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.dossier.types import Edition
from portal.kit.roles import Role
from portal.ui.history import newest_first
from portal.ui.jcsos.audit_doors import criteria_shown, due_of, trip_entries
from portal.ui.jcsos.audit_forms import CorrectionForm, EvidenceForm, ReasonForm, ReplyForm
from portal.ui.jcsos.audits import give_file
from portal.ui.labels import label_of
from portal.ui.performing import perform

STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
HEAD = (Role.SCHOOL_PRINCIPAL,)


@members(STAFF, purpose="JCSOSとのやり取り")
def ours(request: HttpRequest) -> HttpResponse:
    """Membership, what JCSOS looked at, and the audits."""
    acting = request.membership  # type: ignore[attr-defined]
    rows = [(audit, label_of(audit.state_kind), due_of(audit)) for audit in queries.audits_of_school(acting.org_id)]
    context = {
        "jcsos": membership_of(acting.org_id),
        "may_consent": acting.role_kind in HEAD,
        "rows": rows,
        "looks": newest_first(looks_at(acting.org_id)),
        "editions": [(release, label_of(Edition(release.edition))) for release in published()],
    }
    return render(request, "jcsos/ours.html", context)


@members(STAFF, purpose="自校の旅行の監査")
def our_audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """What is asked of the school, what was found, and where it stands."""
    return _show(request, _found(audit_id))


@members(STAFF, purpose="監査の資料を出す")
@require_POST
def give(request: HttpRequest, audit_id: UUID) -> HttpResponseBase:
    """A statement or a file for one criterion."""
    found, by = _found(audit_id), actor_at(request)
    criterion = request.POST.get("criterion", "")[:10]
    form = EvidenceForm(request.POST, request.FILES, prefix=criterion)

    def do(given: dict[str, Any]) -> None:
        sent = given["file"]
        upload = Upload(sent.name, sent.read()) if sent else None
        give_evidence(found, criterion, statement=given["statement"] or "", upload=upload, by=by)

    done = gettext("資料を出しました。")
    return _perform(request, found, f"give-{criterion}", form, do, done, anchor=criterion)


@members(STAFF, purpose="監査に出した資料を開く")
def our_evidence(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """The school's own file."""
    found = _found(audit_id)
    return give_file(request, found, evidence_id, by=actor_at(request), back=_url(found))


@members(STAFF, purpose="監査に出した資料を取り下げる")
@require_POST
def withdraw(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Take a piece back, with a reason."""
    found, by = _found(audit_id), actor_at(request)
    row = queries.evidence_of(found).filter(pk=evidence_id).select_related("audit").first()
    if row is None:
        raise Http404
    form = ReasonForm(request.POST)
    done = gettext("資料を取り下げました。ファイルは消しました。")
    return _perform(
        request, found, f"withdraw-{row.pk}", form, lambda given: withdraw_evidence(row, by=by, **given), done
    )


@members(STAFF, purpose="監査の資料の提出を終える")
@require_POST
def hand_in(request: HttpRequest, audit_id: UUID) -> HttpResponseBase:
    """Everything that is to be given has been given."""
    found, by = _found(audit_id), actor_at(request)
    done = gettext("資料の提出を終え、JCSOSに知らせました。")
    return _perform(request, found, "hand_in", forms.Form(request.POST), lambda given: acts.hand_in(found, by=by), done)


@members(HEAD, purpose="監査の指摘に意見を述べる")
@require_POST
def reply(request: HttpRequest, audit_id: UUID, finding_id: UUID) -> HttpResponseBase:
    """The head's right of reply."""
    found, by = _found(audit_id), actor_at(request)
    row = _finding(found, finding_id)
    done = gettext("意見を送りました。")
    key = f"reply-{row.pk}"
    return _perform(
        request,
        found,
        key,
        ReplyForm(request.POST, prefix=key),
        lambda given: reply_to(row, given["text"], by=by),
        done,
    )


@members(STAFF, purpose="監査の是正を報告する")
@require_POST
def correct(request: HttpRequest, audit_id: UUID, finding_id: UUID) -> HttpResponseBase:
    """What was mended."""
    found, by = _found(audit_id), actor_at(request)
    row = _finding(found, finding_id)
    done = gettext("是正を報告しました。")
    key = f"correct-{row.pk}"
    form = CorrectionForm(request.POST, prefix=key)
    return _perform(request, found, key, form, lambda given: report_correction(row, given["text"], by=by), done)


def _perform(
    request: HttpRequest, found: TripAudit, key: str, form: Any, do: Callable[[dict[str, Any]], Any],
    said: str, *, anchor: str = "",
) -> HttpResponseBase:  # fmt: skip
    if perform(request, form, lambda given: do(given.cleaned_data), said):
        return redirect(_url(found) + (f"#{anchor}" if anchor else ""))
    return _show(request, _found(found.pk), bound={key: form})


def _found(audit_id: UUID) -> TripAudit:
    try:
        return queries.get_audit(audit_id)
    except TripAudit.DoesNotExist:
        raise Http404 from None


def _finding(found: TripAudit, finding_id: UUID) -> Any:
    row = queries.findings_of(found).filter(pk=finding_id).first()
    if row is None:
        raise Http404
    return row


def _url(found: TripAudit) -> str:
    return reverse("jcsos:our_audit", kwargs={"audit_id": found.pk})


def _show(request: HttpRequest, found: TripAudit, *, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound = bound or {}
    entries, role = trip_entries(found), actor_at(request).role
    gives = found.state_kind in (AuditState.EVIDENCE, AuditState.CORRECTING)
    steps = {step.name for step in AUDIT.allowed(found.state_kind, seat="school", role=role)}
    context = {
        **entries,
        "side": "school",
        "criteria": [(one, _evidence_form(one.code, bound) if gives else None) for one in criteria_shown(found)],
        "finding_rows": [(one, _forms(one.finding, found, role, bound)) for one in entries["findings"]],
        "may_withdraw": found.state_kind is not AuditState.CLOSED,
        "withdraw_form": ReasonForm(),
        "may_hand_in": "hand_in" in steps,
        "bound": list(bound.values()),
        "crumbs": [(gettext("JCSOS"), reverse("jcsos:ours")), (found.request.title, "")],
    }
    return render(request, "jcsos/our_audit.html", context, status=422 if bound else 200)


def _evidence_form(code: str, bound: dict[str, Any]) -> EvidenceForm:
    return bound.get(f"give-{code}") or EvidenceForm(prefix=code)


def _forms(row: Any, found: TripAudit, role: str, bound: dict[str, Any]) -> dict[str, Any]:
    """The acts that stand open to the school for one finding."""
    steps = {step.name for step in FINDING.allowed(FindingState(row.state), seat="school", role=role)}
    open_forms: dict[str, Any] = {}
    if "answer" in steps and found.state_kind is AuditState.REPLY:
        open_forms["reply"] = bound.get(f"reply-{row.pk}") or ReplyForm(prefix=f"reply-{row.pk}")
    if "correct" in steps and found.state_kind is AuditState.CORRECTING:
        open_forms["correct"] = bound.get(f"correct-{row.pk}") or CorrectionForm(prefix=f"correct-{row.pk}")
    return open_forms
