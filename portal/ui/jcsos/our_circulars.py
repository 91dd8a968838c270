"""JCSOS's circulars as a member school reads them: the archive, one circular, and the member's own link of the mail.

The first opening by anybody of the school is the receipt that JCSOS sees. Not here: the desk (circulars).
"""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.actions.circulars import note_opening
from jcsos.models import Circular, CircularReceipt
from jcsos.queries import circulars as queries
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.kit.roles import Role
from portal.ui.jcsos.circular_forms import ArchiveForm
from portal.ui.jcsos.circular_shown import row_of

READERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_HOME_CONTACT, Role.SCHOOL_ESCORT)
_PAGE = 20


@members(READERS, purpose="JCSOSのお知らせの一覧と検索")
def our_circulars(request: HttpRequest) -> HttpResponse:
    """What JCSOS sent its members, newest first; what the school has not opened is marked."""
    acting = request.membership  # type: ignore[attr-defined]
    form = ArchiveForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    found = queries.archive(query=given.get("q") or "", country=given.get("country") or "")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    receipts = queries.receipts_by_circular(acting.org_id)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(circular, receipt=receipts.get(circular.pk)) for circular in page],
        "searched": bool(given.get("q") or given.get("country")),
        "query": query.urlencode(),
    }
    return render(request, "jcsos/our_circulars.html", context)


@members(READERS, purpose="JCSOSのお知らせを読む")
def our_circular(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """One circular; reading it is the receipt where the school was told of it."""
    acting = request.membership  # type: ignore[attr-defined]
    try:
        found = queries.get_circular(circular_id)
    except Circular.DoesNotExist:
        raise Http404 from None
    receipt = queries.receipt_of(found, acting.org_id)
    if receipt is not None and note_opening(receipt, by=actor_of(acting)):
        receipt = queries.receipt_of(found, acting.org_id)
    parent = (gettext("JCSOSのお知らせ"), reverse("jcsos:our_circulars"))
    context = {"circular": found, "row": row_of(found, receipt=receipt), "crumbs": [parent, (found.title, "")]}
    return render(request, "jcsos/our_circular.html", context)


@members(READERS, purpose="メールのリンクからJCSOSのお知らせを開く")
def told(request: HttpRequest, receipt_id: UUID) -> HttpResponseBase:
    """The member's own link; another school's link opens nothing."""
    acting = request.membership  # type: ignore[attr-defined]
    receipt = CircularReceipt.objects.filter(pk=receipt_id, school_id=acting.org_id).first()
    if receipt is None:
        raise Http404
    return redirect("jcsos:our_circular", circular_id=receipt.circular_id)
