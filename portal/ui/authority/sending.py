"""From approval to receipt: telephone call, letter, packet, dispatch, receipt. One page, one act a form.

Not here: rendering (mofa_requests.tasks), what the ministry answers (replies).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.packets import open_packet
from mofa_requests.actions.sending import (
    acknowledge,
    fix_letter,
    forward,
    record_mofa_call,
    record_reply,
    render_again,
)
from mofa_requests.enums import InquiryKind, PacketMailState, RequestState
from mofa_requests.models import LetterRecord, Packet
from portal.directory.desks import mofa_desk
from portal.dossier.types import Letter
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.pdf.fax import FINE, fax_file
from portal.ui.authority.correspondence import (
    letter_shown,
    mail_proposal,
    packet_state,
    proposed_letter,
    receipt_words,
    routing_note,
)
from portal.ui.authority.desk_forms import AnswerForm, InquiryForm, MailForm, SettleForm
from portal.ui.authority.doors import RequestPage, refused, request_page, revision_seen
from portal.ui.authority.fax_shown import fax_context
from portal.ui.authority.forms import CallForm, ForwardForm, LetterForm, ReceiptForm, ReplyForm
from portal.ui.authority.reading import read
from portal.ui.files_out import attachment, pdf_response
from portal.ui.messages import announce
from portal.vault.files import FileLost

STOP_POLLING = 286


@request_page(purpose="送付文書と送付の記録")
def sending(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Where the sending stands, and the one thing to do next."""
    return _show(request, page)


@request_page(purpose="期限後の依頼について外務省へ電話したことを記録する")
def call(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    def act(form: forms.Form) -> str:
        record_mofa_call(page.request, form.cleaned_data["note"], by=page.actor)
        return gettext("外務省への電話を記録しました。")

    return answer_act(request, page, "call_form", CallForm(request.POST or None), act)


@request_page(purpose="依頼書を確定する")
def letter(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Fix the letter; its packet is made by a worker meanwhile."""
    form = LetterForm(request.POST or None, part=_letter_part(request, page), edition=page.revision.edition)

    def act(form: LetterForm) -> str:
        fix_letter(revision_seen(request, page), form.part, by=page.actor)
        return gettext("依頼書を確定しました。送付用PDFを作っています。このページを離れても作業は続きます。")

    return answer_act(request, page, "letter_form", form, act)


@request_page(purpose="送付用PDFをもう一度作る")
def retry(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Ask for a parked rendering once more."""
    fixed = queries.letter_of(page.revision)
    if request.method == "POST" and fixed is not None:
        try:
            render_again(fixed, by=page.actor)
            announce(request, gettext("送付用PDFをもう一度作っています。"))
        except Refused as reason:
            refused(request, page, reason)
    return redirect(page.url("sending"))


@request_page(purpose="送付用PDFの進み具合")
def packet_status(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The fragment that the page asks for every two seconds; 286 ends the asking."""
    fixed = queries.letter_of(page.revision)
    if fixed is None:
        raise Http404
    context = {"page": page, "mofa_request": page.request, **_packet_context(page, fixed)}
    status = 200 if context["packet_state"] == "under_way" else STOP_POLLING
    return render(request, "authority/_packet.html", context, status=status)


@request_page(purpose="送付用PDFを開く", step_up=True)
@require_safe
def packet_pdf(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The packet made with the letter in force."""
    packet = queries.packet_of(page.revision) if page.forwards else None
    if packet is None:
        raise Http404
    name = f"{page.revision.document.get('trip_no') or 'irai'}-{page.revision.number}.pdf"
    try:
        return pdf_response(open_packet(page.request, packet, by=page.actor), name)
    except FileLost:
        words = gettext("保存したPDFを読み出せません。依頼書を確定し直すと、もう一度作られます。")
        refused(request, page, Refused(words))
        return redirect(page.url("sending"))


@request_page(purpose="送付用PDFをファックスサーバー用の画像で受け取る", step_up=True)
@require_safe
def packet_fax(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The same packet as a fax server takes it: fine resolution, one TIFF."""
    packet = queries.packet_of(page.revision) if page.forwards else None
    if packet is None:
        raise Http404
    try:
        content = fax_file(open_packet(page.request, packet, by=page.actor), resolution=FINE)
    except FileLost:
        words = gettext("保存したPDFを読み出せません。依頼書を確定し直すと、もう一度作られます。")
        refused(request, page, Refused(words))
        return redirect(page.url("sending"))
    name = f"{page.revision.document.get('trip_no') or 'irai'}-{page.revision.number}.tif"
    return attachment(content, name, media_type="image/tiff")


@request_page(purpose="外務省へ送付したことを記録する")
def dispatch(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    def act(form: forms.Form) -> str:
        given = form.cleaned_data
        forward(
            page.request,
            packet_seen(request, page),
            channel=given["channel"],
            sent_on=given["sent_on"],
            evidence=given["evidence"],
            by=page.actor,
        )
        return gettext("送付を記録しました。学校に知らせました。届いたことを確かめたら、受領を記録してください。")

    return answer_act(request, page, "forward_form", ForwardForm(request.POST or None), act)


@request_page(purpose="外務省の受領を記録する")
def receipt(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    def act(form: forms.Form) -> str:
        sent = queries.dispatch_of(page.request)
        if sent is None:
            raise Refused(gettext("まだ送付が記録されていません。先に送付を記録してください。"))
        given = form.cleaned_data
        acknowledge(sent, received_on=given["received_on"], evidence=given["evidence"], by=page.actor)
        return receipt_words(given["received_on"], due_on=page.request.receipt_due_on)

    return answer_act(request, page, "receipt_form", ReceiptForm(request.POST or None), act)


@request_page(purpose="外務省・在外公館からの連絡を記録する")
def reply(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    def act(form: forms.Form) -> str:
        given = form.cleaned_data
        record_reply(
            page.request,
            given["text"],
            source=given["source"],
            source_name=given["source_name"],
            received_on=given["received_on"],
            by=page.actor,
        )
        return gettext("連絡を記録し、学校に知らせました。")

    return answer_act(request, page, "reply_form", ReplyForm(request.POST or None, on=clock.today()), act)


def answer_act(
    request: HttpRequest, page: RequestPage, name: str, form: Any, act: Callable[[Any], str]
) -> HttpResponseBase:
    """Perform one act of the page; whatever stops it leaves what was typed in its form."""
    if request.method != "POST":
        return redirect(page.url("sending"))
    if not form.is_valid():
        return _show(request, page, status=422, **{name: form})
    try:
        done = act(form)
    except Refused as reason:
        return _show(request, refused(request, page, reason), status=409, **{name: form})
    announce(request, done)
    return redirect(page.url("sending"))


def _blank_letter(request: HttpRequest, page: RequestPage) -> LetterForm:
    return LetterForm(part=_letter_part(request, page), edition=page.revision.edition)


def _letter_part(request: HttpRequest, page: RequestPage) -> Any:
    """What the letter's form starts from: the letter in force, else what the portal knows."""
    fixed = queries.letter_of(page.revision)
    return proposed_letter(request.membership, page.revision, fixed)  # type: ignore[attr-defined]


def packet_seen(request: HttpRequest, page: RequestPage) -> Packet:
    """The packet whose button was pressed; a newer one makes the action refuse."""
    found = Packet.objects.filter(request_id=page.request.pk, key=request.POST.get("packet", "")).first()
    if found is None:
        raise Refused(gettext("送付用PDFがまだできていません。できてから送付を記録してください。"))
    return found


def _packet_context(page: RequestPage, fixed: LetterRecord, form: ForwardForm | None = None) -> dict[str, Any]:
    packet = queries.packet_of(page.revision)
    may_send = packet is not None and "forward" in page.steps
    initial = {"channel": fixed.channel, "sent_on": clock.today()}
    return {
        "letter": fixed,
        "packet": packet,
        "job": None if packet else queries.render_job_of(fixed),
        "packet_state": packet_state(packet, queries.render_job_of(fixed)),
        "call_missing": page.request.late and page.request.mofa_called_at is None,
        "forward_form": (form or ForwardForm(initial=initial)) if may_send or form else None,
    }


def _show(request: HttpRequest, page: RequestPage, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The page with every form that stands open; ``bound`` holds the one that was just posted."""
    fixed, sent = queries.letter_of(page.revision), queries.dispatch_of(page.request)
    got = queries.receipt_of(page.request)
    may_send, may_receive = "forward" in page.steps, "acknowledge" in page.steps
    left = page.forwards and sent is not None
    context = page.context(
        "sending",
        gettext("送付"),
        revision=page.revision,
        decided="approved_at" if page.request.approved_at else "",
        letter_entries=letter_shown(fixed) if fixed else [],
        letter_form=bound.get("letter_form") or (_blank_letter(request, page) if may_send else None),
        note=routing_note(page.revision.edition, on=clock.today()),
        call_form=bound.get("call_form") or (CallForm() if may_send and page.request.late else None),
        dispatch=sent,
        receipt=got,
        receipt_words=receipt_words(got.received_on, due_on=page.request.receipt_due_on) if got else "",
        receipt_form=bound.get("receipt_form") or (ReceiptForm() if may_receive else None),
        inquiries=list(queries.inquiries_of(page.request)),
        inquiry_form=bound.get("inquiry_form") or (_inquiry_form(page) if page.forwards else None),
        answer_form=bound.get("answer_form") or AnswerForm(),
        replies=list(queries.replies_of(page.request)),
        reply_form=bound.get("reply_form") or (ReplyForm(on=clock.today()) if left else None),
        bound=[form for form in bound.values() if form is not None],
        rungs=read(page).rungs(),
        **(_packet_context(page, fixed, bound.get("forward_form")) if fixed else {"letter": None}),
        **(_mail_context(page, fixed, bound) if fixed else {}),
        **(fax_context(page, bound) if fixed else {}),
    )
    return render(request, "authority/sending.html", context, status=status)


def _mail_context(page: RequestPage, fixed: LetterRecord, bound: dict[str, Any]) -> dict[str, Any]:
    """The mail of the packet in force: the order there is, or the form to give one."""
    packet = queries.packet_of(page.revision)
    order = queries.mail_order_of(packet) if packet else None
    alive = order is not None and order.state in (PacketMailState.WAITING.value, PacketMailState.HANDING.value)
    asking = order is not None and order.state == PacketMailState.UNKNOWN.value
    may_mail = packet is not None and "forward" in page.steps and not alive and not asking
    own = page.request.forwarder_org
    letter = Letter.model_validate(fixed.content)
    proposal = mail_proposal(letter, str(page.request.school))
    initial = {**proposal, "to": mofa_desk(on=clock.today()).email}
    outside = own is not None and not own.demo
    return {
        "order": order,
        "mail_job": queries.job_of(order) if order else None,
        "mail_form": bound.get("mail_form") or (MailForm(initial=initial) if may_mail and outside else None),
        "settle_form": bound.get("settle_form") or (SettleForm() if asking and page.forwards else None),
        "specimen": not outside,
    }


def _inquiry_form(page: RequestPage) -> InquiryForm:
    """About receipt while papers are on their way, otherwise left open."""
    on_its_way = page.request.state == RequestState.FORWARDED.value
    return InquiryForm(on=clock.today(), kind=InquiryKind.RECEIPT if on_its_way else None)
