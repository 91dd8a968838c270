"""Pages that move a review between hands: handing over, taking a return back, recording that a late item came.

Not here: claiming and releasing (deciding), the acts themselves (mofa_requests.actions).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.conditions import meet_condition
from mofa_requests.actions.handing import hand_over, recall_return
from portal.accounts.models import Membership
from portal.accounts.queries import members_of
from portal.kit.machine import Refused
from portal.ui.authority.desk_forms import ArrivalForm, HandOverForm
from portal.ui.authority.doors import OFFICERS, RequestPage, refused, request_page, require_newest
from portal.ui.messages import announce, refuse


@request_page(purpose="担当を引き継ぐ")
def hand_on(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Choose a colleague; the review goes onto their desk."""
    form = HandOverForm(request.POST or None, colleagues=_colleagues(request, page))
    if request.method == "POST" and form.is_valid():
        try:
            require_newest(request, page)
            hand_over(page.request, to=form.colleague, by=page.actor)
            announce(request, gettext("%(who)sさんに引き継ぎ、知らせました。") % {"who": form.colleague.user})
        except Refused as reason:
            refused(request, page, reason)
        return redirect(page.url("request"))
    context = page.context("request", gettext("担当を引き継ぐ"), form=form, revision=page.revision)
    return render(request, "authority/hand_over.html", context, status=422 if form.is_bound else 200)


@request_page(purpose="差戻しを取り消す")
def recall(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Ask once more, then go on with the version that was returned."""
    if request.method != "POST":
        context = page.context("remarks", gettext("差戻しを取り消す"), revision=page.revision)
        return render(request, "authority/recall.html", context)
    try:
        require_newest(request, page)
        recall_return(page.request, by=page.actor)
        announce(request, gettext("差戻しを取り消しました。学校に知らせました。指摘は残っています。"))
    except Refused as reason:
        refused(request, page, reason)
    return redirect(page.url("remarks"))


@request_page(purpose="条件の履行を記録する")
def meet(request: HttpRequest, page: RequestPage) -> HttpResponse:
    """One late item has come."""
    form = ArrivalForm(request.POST)
    if request.method == "POST" and form.is_valid():
        condition = queries.conditions_of(page.request).filter(pk=form.cleaned_data["condition"]).first()
        if condition is None:
            raise Http404
        try:
            meet_condition(condition, form.cleaned_data["note"], by=page.actor)
            announce(request, gettext("条件の履行を記録しました。"))
        except Refused as reason:
            refused(request, page, reason)
    elif request.method == "POST":
        refuse(request, gettext("何が届いたか、または不要になった理由を書いてください"))
    return redirect(page.url("decision"))


def _colleagues(request: HttpRequest, page: RequestPage) -> list[Membership]:
    """The other officers of the authority, one line a person, without whoever submitted the plan."""
    org = request.membership.org  # type: ignore[attr-defined]
    held = members_of(org).filter(role__in=[role.value for role in OFFICERS])
    others = held.exclude(user_id__in=[page.request.claimed_by_id, page.request.submitted_by_id])
    return list({each.user_id: each for each in others}.values())
