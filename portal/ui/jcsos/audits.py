"""One audit on the assessors' desk: facts, evidence, verdicts, findings, and the one thing to do next.

Each look at the page is in the school's history. Not here: the school's side (ours), campaigns.
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
from jcsos.actions import note_view
from jcsos.actions.evidence import open_evidence
from jcsos.enums import AuditState, Due, FindingState
from jcsos.models import Finding, TripAudit
from jcsos.queries import audits as queries
from jcsos.rules.criteria import criteria_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.audit.record import Actor
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.files_out import attachment
from portal.ui.jcsos.audit_acts import ACTS, FINDING_ACTS
from portal.ui.jcsos.audit_doors import criteria_shown, due_of, trip_entries
from portal.ui.jcsos.audit_forms import DueForm, MoreForm, MoveForm, VerdictForm
from portal.ui.messages import refuse
from portal.ui.performing import perform
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost

AUDITORS = (Role.JCSOS_AUDITOR,)


@members(AUDITORS, purpose="一つの旅行の監査")
def audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Everything known and said of one audited trip."""
    found = _found(audit_id)
    note_view(found.request, by=actor_at(request))
    return _show(request, found)


@members(AUDITORS, purpose="監査を進める")
@require_POST
def act(request: HttpRequest, audit_id: UUID, act: str) -> HttpResponseBase:
    """One act on the audit, by its name; whatever stops it leaves what was typed in its form."""
    found, by = _found(audit_id), actor_at(request)
    if act not in ACTS:
        raise Http404
    make, do, said = ACTS[act]
    form = prefixed(make(found, request.POST), act)
    return _perform(request, found, act, form, lambda given: do(found, given, by), said())


@members(AUDITORS, purpose="項目を評価する")
@require_POST
def assess(request: HttpRequest, audit_id: UUID, criterion: str) -> HttpResponseBase:
    """The verdict on one criterion."""
    found, by = _found(audit_id), actor_at(request)
    if criterion not in {known.code for known in criteria_of(found.campaign.rule_set)}:
        raise Http404
    form = VerdictForm(request.POST, prefix=criterion)

    def do(given: dict[str, Any]) -> None:
        acts.assess(found, criterion, given["verdict"], note=given["note"] or "", by=by)

    done = gettext("%(code)s の評価を保存しました。") % {"code": criterion}
    return _perform(request, found, criterion, form, do, done, anchor=criterion)


@members(AUDITORS, purpose="監査の指摘を扱う")
@require_POST
def finding(request: HttpRequest, audit_id: UUID, finding_id: UUID, act: str) -> HttpResponseBase:
    """One act on one finding."""
    found, by = _found(audit_id), actor_at(request)
    row = queries.findings_of(found).filter(pk=finding_id).first()
    if row is None or act not in FINDING_ACTS:
        raise Http404
    make, do, said = FINDING_ACTS[act]
    key = f"{act}-{row.pk}"
    form = prefixed(make(request.POST), key)
    return _perform(request, found, key, form, lambda given: do(row, given, by), said(), anchor=f"finding-{row.pk}")


@members(AUDITORS, purpose="監査の資料を開く")
def evidence(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """A file the school gave; the school sees that it was opened."""
    found = _found(audit_id)
    return give_file(request, found, evidence_id, by=actor_at(request), back=_url(found))


def give_file(request: HttpRequest, found: TripAudit, evidence_id: UUID, *, by: Actor, back: str) -> HttpResponseBase:
    """The file of one piece of evidence, to be kept; or back to the page with the reason why not."""
    row = queries.evidence_of(found).filter(pk=evidence_id).select_related("audit__request").first()
    if row is None:
        raise Http404
    try:
        content = open_evidence(row, by=by)
    except FileLost:
        refuse(request, gettext("保存したファイルを読み出せません。学校に、もう一度出してもらってください。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    else:
        return attachment(content, f"{row.criterion}-{row.pk}{_ENDINGS[row.media_type]}", media_type=row.media_type)
    return redirect(back)


def prefixed(form: Any, key: str) -> Any:
    """The form under its own prefix: the page holds many, and each label must find its field."""
    form.prefix = key
    return form


_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


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


def _url(found: TripAudit) -> str:
    return reverse("jcsos:audit", kwargs={"audit_id": found.pk})


def _show(request: HttpRequest, found: TripAudit, *, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound = bound or {}
    criteria = criteria_shown(found)
    entries = trip_entries(found)
    assessing = found.state_kind is AuditState.ASSESSING
    due, drafts = due_of(found), any(one.finding.state == "draft" for one in entries["findings"])
    context = {
        **entries,
        "side": "jcsos",
        "drafts": drafts,
        "overdue": due is not None and due < clock.today(),
        "criteria": [(one, _verdict_form(one, bound) if assessing else None) for one in criteria],
        "assessed": sum(one.assessment is not None for one in criteria),
        "finding_rows": [(one, _finding_forms(one.finding, request, bound)) for one in entries["findings"]],
        "forms": _forms(found, bound, drafts=drafts),
        "finding_form": bound.get("finding")
        or (prefixed(ACTS["finding"][0](found, None), "finding") if assessing else None),
        "bound": list(bound.values()),
        "crumbs": [
            (gettext("監査"), reverse("jcsos:campaigns")),
            (found.campaign.title, reverse("jcsos:campaign", kwargs={"campaign_id": found.campaign_id})),
            (f"{found.school} {found.request.title}", ""),
        ],
    }
    return render(request, "jcsos/audit.html", context, status=422 if bound else 200)


def _verdict_form(one: Any, bound: dict[str, Any]) -> Any:
    if one.code in bound:
        return bound[one.code]
    held = one.assessment
    initial = {"verdict": held.verdict if held else one.proposed, "note": held.note if held else ""}
    return VerdictForm(prefix=one.code, initial=initial)


def _forms(found: TripAudit, bound: dict[str, Any], *, drafts: bool) -> dict[str, Any]:
    """The forms of the audit's own acts that stand open in its state."""
    due = due_of(found)
    open_forms: dict[AuditState, dict[str, Callable[[], Any]]] = {
        AuditState.SAMPLED: {"announce": lambda: DueForm(label=gettext("資料の提出期限"), days=21)},
        AuditState.EVIDENCE: {
            "move": lambda: _move_form(Due.EVIDENCE, due),
            "remind": forms.Form,
            "take_up": forms.Form,
        },
        AuditState.ASSESSING: {
            "ask_more": MoreForm,
            "send": lambda: DueForm(label=gettext("意見の提出期限"), days=14) if drafts else forms.Form(),
        },
        AuditState.REPLY: {"move": lambda: _move_form(Due.REPLY, due), "remind": forms.Form, "settle": forms.Form},
    }
    return {
        name: bound.get(name) or prefixed(make(), name) for name, make in open_forms.get(found.state_kind, {}).items()
    }


def _move_form(due: Due, day: Any) -> MoveForm:
    return MoveForm(initial={"due": due.value, "to": day})


def _finding_forms(row: Finding, request: HttpRequest, bound: dict[str, Any]) -> dict[str, Any]:
    """The acts that stand open for one finding."""
    by, state = actor_at(request), row.state_kind
    names: list[str] = {
        FindingState.DRAFT: ["drop"],
        FindingState.ISSUED: ["uphold", "drop"],
        FindingState.REPLIED: ["uphold", "drop"],
        FindingState.UPHELD: ["move"],
        FindingState.CORRECTED: ["verify", "refuse"] if row.audit.state == AuditState.VERIFYING.value else [],
    }.get(state, [])
    if state is FindingState.DRAFT and row.gravity == "grave" and row.confirmed_at is None:
        names = ["confirm", *names] if row.written_by_id != by.user_id else names
    keys = {name: f"{name}-{row.pk}" for name in names}
    return {name: bound.get(key) or prefixed(FINDING_ACTS[name][0](None), key) for name, key in keys.items()}
