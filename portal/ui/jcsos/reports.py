"""The audit report as a PDF, for the assessors and for the audited school. Not here: the paper (jcsos.documents)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from jcsos.actions import note_view
from jcsos.documents.report import build_report
from jcsos.models import TripAudit
from jcsos.queries.audits import get_audit
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.kit.pdf import RenderError
from portal.kit.roles import Role
from portal.ui.files_out import pdf_response
from portal.ui.messages import refuse

AUDITORS = (Role.JCSOS_AUDITOR,)
STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)


@members(AUDITORS, purpose="監査報告書を開く")
@require_safe
def report(request: HttpRequest, audit_id: UUID) -> HttpResponseBase:
    """The report for the assessors; the school sees that it was made."""
    audit = _with_result(audit_id)
    note_view(audit.request, by=actor_at(request))
    return _give(request, audit, back="jcsos:audit")


@members(STAFF, purpose="自校の監査報告書を開く")
@require_safe
def our_report(request: HttpRequest, audit_id: UUID) -> HttpResponseBase:
    """The same report for the school."""
    return _give(request, _with_result(audit_id), back="jcsos:our_audit")


def _with_result(audit_id: UUID) -> TripAudit:
    try:
        return get_audit(audit_id)
    except TripAudit.DoesNotExist:
        raise Http404 from None


def _give(request: HttpRequest, audit: TripAudit, *, back: str) -> HttpResponseBase:
    try:
        if audit.result_at is None:
            refuse(request, gettext("監査報告書は、結果を学校に送った後に作れます。"))
            return redirect(back, audit_id=audit.pk)
        return pdf_response(build_report(audit), f"kansa-{audit.pk}.pdf")
    except RenderError as error:
        refuse(request, gettext(str(error)))
        return redirect(back, audit_id=audit.pk)
