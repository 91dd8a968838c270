"""The school's own questions to the ministry (記一なお書) and the answers, shown with those of its authority.

Not here: submitting, remarks (following).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.exchange import record_answer, record_inquiry
from mofa_requests.enums import InquiryKind
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.desk_forms import AnswerForm, InquiryForm
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.typed import sentence_of


class OwnInquiryForm(InquiryForm):
    """A question of the school itself: its kind is settled."""

    kind = None  # type: ignore[assignment]


@trip_page(STAFF, purpose="外務省への問合せの記録")
def inquiries(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Every question about this plan; posting records one of the school's."""
    form = OwnInquiryForm(request.POST or None, on=clock.today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            record_inquiry(
                page.request,
                given["question"],
                kind=InquiryKind.INQUIRY,
                desk=given["desk"],
                asked_on=given["asked_on"],
                answer=given["answer"] or "",
                by=page.actor,
            )
            announce(request, gettext("問合せを記録しました。"))
            return redirect(page.url("inquiries"))
        except Refused as refused:
            refuse(request, sentence_of(refused))
    context = page.context(
        "timeline",
        form=form,
        inquiries=list(queries.inquiries_of(page.request)),
        crumbs=page.crumbs(gettext("外務省への問合せ"), (gettext("経過・連絡"), page.url("timeline"))),
    )
    return render(request, "school/inquiries.html", context, status=422 if form.errors else 200)


@trip_page(STAFF, purpose="問合せの回答を記録する")
def inquiry_answer(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The answer that came later."""
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return redirect(page.url("inquiries"))
    if not form.is_valid():
        refuse(request, gettext("回答の欄が空です。聞いた内容を書いてから記録してください。"))
        return redirect(page.url("inquiries"))
    found = queries.inquiries_of(page.request).filter(pk=form.cleaned_data["inquiry"]).first()
    if found is None:
        raise Http404
    try:
        record_answer(found, form.cleaned_data["answer"], on=clock.today(), by=page.actor)
        announce(request, gettext("回答を記録しました。"))
    except Refused as refused:
        refuse(request, sentence_of(refused))
    return redirect(page.url("inquiries"))
