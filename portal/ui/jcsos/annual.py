"""JCSOS's yearly report as a PDF. Not here: the paper (jcsos.documents), the counting (jcsos.queries)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from jcsos.documents.annual import build_annual
from jcsos.queries.annual import annual_of
from portal.accounts.access import members
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.kit.roles import Role
from portal.ui.files_out import pdf_response
from portal.ui.jcsos.dashboard import year_asked
from portal.ui.messages import refuse

READERS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)


@members(READERS, purpose="年次報告書を開く")
def annual(request: HttpRequest) -> HttpResponseBase:
    """A business year without any school's name."""
    org, year = request.membership.org, year_asked(request)  # type: ignore[attr-defined]
    try:
        return pdf_response(build_annual(org, annual_of(org.pk, year), on=clock.today()), f"nenji-{year}.pdf")
    except RenderError as error:
        refuse(request, gettext(str(error)))
        return redirect("jcsos:dashboard")
