"""Remarks on the plan, and sending it back with them. Not here: the school's answers (portal.ui.school.following)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.review import return_for_correction, write_remark
from mofa_requests.enums import RemarkKind, RequestState
from mofa_requests.models import Remark
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.changes import Changes
from portal.ui.authority.desk_forms import ReturnForm
from portal.ui.authority.doors import RequestPage, refused, request_page, require_newest, revision_seen
from portal.ui.authority.forms import RemarkForm
from portal.ui.authority.places import known_place, place_name, places_of
from portal.ui.authority.words import org_name
from portal.ui.labels import label_of
from portal.ui.messages import announce

_CLOSED = (RequestState.WITHDRAWN.value, RequestState.ACKNOWLEDGED.value)


@request_page(purpose="指摘を書く、読む")
def remarks(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """All remarks with their answers; POST writes one more."""
    at = known_place(request.GET.get("at", ""), page.dossier)
    form = RemarkForm(request.POST or None, places=places_of(page.dossier), at=at)
    if request.method != "POST":
        return _show(request, page, form)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        _write(request, page, form.cleaned_data)
    except Refused as reason:
        return _show(request, refused(request, page, reason), form, status=409)
    internal = form.cleaned_data["audience"] == "internal"
    announce(request, gettext("庁内の控えを残しました。") if internal else gettext("学校への指摘を残しました。"))
    return redirect(page.url("remarks"))


@request_page(purpose="学校へ差し戻す")
def send_back(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Ask once more with the remarks in view, then return the request."""
    mine = [remark for remark in _shown_remarks(page) if remark["current"] and not remark["remark"].internal]
    form = ReturnForm(request.POST or None, on=clock.today(), latest=page.request.receipt_due_on)
    if request.method == "POST" and form.is_valid():
        try:
            require_newest(request, page)
            return_for_correction(page.request, by=page.actor, due_on=form.cleaned_data["due_on"])
            announce(request, gettext("差し戻しました。学校に知らせました。"))
        except Refused as reason:
            refused(request, page, reason)
        return redirect(page.url("remarks"))
    context = page.context("remarks", gettext("学校へ差し戻す"), remarks=mine, revision=page.revision, form=form)
    return render(request, "authority/return.html", context, status=422 if form.is_bound else 200)


def _write(request: HttpRequest, page: RequestPage, given: dict[str, Any]) -> Remark:
    return write_remark(
        revision_seen(request, page),
        given["text"],
        kind=given["kind"],
        by=page.actor,
        pointer=given["pointer"] or "",
        internal=given["audience"] == "internal",
    )


def _show(request: HttpRequest, page: RequestPage, form: RemarkForm, *, status: int = 200) -> HttpResponse:
    shown = _shown_remarks(page)
    context = page.context(
        "remarks",
        gettext("指摘と差戻し"),
        form=form if page.request.state not in _CLOSED else None,
        revision=page.revision,
        open_remarks=[each for each in shown if each["remark"].answered_at is None],
        answered_remarks=[each for each in shown if each["remark"].answered_at is not None],
        to_school=sum(each["current"] and not each["remark"].internal for each in shown),
    )
    return render(request, "authority/remarks.html", context, status=status)


def _shown_remarks(page: RequestPage) -> list[dict[str, Any]]:
    """Every remark in view with its place in words, and whether that place was corrected in a later revision."""
    changes = Changes(page)
    return [_shown(page, remark, changes) for remark in queries.remarks_of(page.request)]


def _shown(page: RequestPage, remark: Remark, changes: Changes) -> dict[str, Any]:
    current = remark.revision.number == page.request.revision_number
    return {
        "remark": remark,
        "kind": label_of(RemarkKind(remark.kind)),
        "about": place_name(remark.pointer, page.dossier if current else None),
        "who": f"{org_name(remark.written_for)} {remark.written_by}",
        "current": current,
        "corrected": changes.corrected(remark),
    }
