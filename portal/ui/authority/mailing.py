"""Acts around a packet that the portal mails itself, and the exchange with the ministry: order, undo, settle, ask.

Not here: the page they stand on (sending), the acts themselves (mofa_requests.actions).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.exchange import record_answer, record_inquiry
from mofa_requests.actions.mailing import order_mail, settle_unknown, undo_mail
from mofa_requests.models import MailOrder
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.desk_forms import AnswerForm, InquiryForm, MailForm, SettleForm
from portal.ui.authority.doors import RequestPage, refused, request_page
from portal.ui.authority.sending import answer_act, packet_seen
from portal.ui.messages import announce


@request_page(purpose="送付用PDFのメール送信を指示する")
def mail(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Order the mail; it leaves after ten minutes."""

    def act(form: MailForm) -> str:
        given = form.cleaned_data
        order_mail(
            page.request,
            packet_seen(request, page),
            recipients=form.recipients,
            subject=given["subject"],
            body=given["body"],
            by=page.actor,
        )
        return gettext("メール送信を受け付けました。10分たつと送信します。それまでは取り消せます。")

    return answer_act(request, page, "mail_form", MailForm(request.POST or None), act)


@request_page(purpose="メール送信を取り消す")
def undo(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Take the order back while it waits."""
    if request.method == "POST":
        try:
            undo_mail(_order(page), by=page.actor)
            announce(request, gettext("メール送信を取り消しました。外務省には送っていません。"))
        except Refused as reason:
            refused(request, page, reason)
    return redirect(page.url("sending"))


@request_page(purpose="届いたか不明なメールの結果を記録する")
def settle(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """A person says what became of a mail."""

    def act(form: SettleForm) -> str:
        arrived = form.cleaned_data["arrived"] == "yes"
        settle_unknown(_order(page), arrived=arrived, note=form.cleaned_data["note"], by=page.actor)
        return (
            gettext("送付を記録しました。")
            if arrived
            else gettext("届いていないことを記録しました。もう一度送信できます。")
        )

    return answer_act(request, page, "settle_form", SettleForm(request.POST or None), act)


@request_page(purpose="外務省とのやりとりを記録する")
def inquiry(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """A consultation, an inquiry, or a call about receipt."""

    def act(form: InquiryForm) -> str:
        given = form.cleaned_data
        record_inquiry(
            page.request,
            given["question"],
            kind=given["kind"],
            desk=given["desk"],
            asked_on=given["asked_on"],
            answer=given["answer"] or "",
            by=page.actor,
        )
        return gettext("やりとりを記録しました。")

    form = InquiryForm(request.POST or None, on=clock.today())
    return answer_act(request, page, "inquiry_form", form, act)


@request_page(purpose="外務省の回答を記録する")
def inquiry_answer(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The answer that came later."""

    def act(form: AnswerForm) -> str:
        found = queries.inquiries_of(page.request).filter(pk=form.cleaned_data["inquiry"]).first()
        if found is None:
            raise Http404
        record_answer(found, form.cleaned_data["answer"], on=clock.today(), by=page.actor)
        return gettext("回答を記録しました。")

    return answer_act(request, page, "answer_form", AnswerForm(request.POST or None), act)


def _order(page: RequestPage) -> MailOrder:
    packet = queries.packet_of(page.revision)
    order = queries.mail_order_of(packet) if packet else None
    if order is None:
        raise Refused(gettext("この依頼には、メール送信の手続きがありません。"), "There is no mail of this request.")
    return order
