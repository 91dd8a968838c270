"""After submission: timeline, remarks to answer, replies to acknowledge, the packet's page images, files out."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.characters import substitutes_of
from mofa_requests.actions.packets import open_packet
from mofa_requests.actions.plan import export_dossier
from mofa_requests.actions.review import Stale, answer_remark
from mofa_requests.actions.sending import see_reply
from mofa_requests.documents.glyphs import foresee
from mofa_requests.documents.substitutes import put_in
from mofa_requests.enums import InquiryKind, RemarkKind, RequestState, Topic
from mofa_requests.machine import MACHINE
from mofa_requests.models import Decision, MofaRequest, Remark
from portal.dossier.files import dump
from portal.dossier.pointers import label_of as label_of_pointer
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.kit.pdf.fax import MISREAD
from portal.lawbook.finding import Severity
from portal.ui.at_desk import in_whose_hands
from portal.ui.files_out import attachment, pdf_response
from portal.ui.findings import anchor_of, section_of
from portal.ui.history import newest_first
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.school.cards import desk_of, next_step
from portal.ui.school.doors import DRAFTERS, STAFF, TripPage, trip_page
from portal.ui.school.forms import AnswerForm
from portal.ui.school.papers import draft_packet, making_of
from portal.ui.school.standing import look_at
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost
from trips.enums import Section


@trip_page(STAFF, purpose="経過、指摘への回答、外務省からの連絡")
def timeline(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Everything that happened, and what the school still owes an answer to."""
    remarks = list(queries.remarks_of(page.request))
    revision = queries.revision_of(page.request) if page.request.revision_number else None
    context = page.context(
        "timeline",
        happenings=newest_first(queries.history_of(page.request)),
        open_remarks=[_shown(page, remark) for remark in remarks if remark.answered_at is None],
        answered_remarks=[_shown(page, remark) for remark in remarks if remark.answered_at is not None],
        replies=list(queries.replies_of(page.request)),
        late_items=list(queries.conditions_of(page.request)),
        inquiries=queries.inquiries_of(page.request).count(),
        inquiry_open=inquiry_open(page.request),
        correction=correction_day(page.request),
        revision=revision,
        packet=queries.packet_of(revision) if revision else None,
        decisions=[_decided(row) for row in queries.decisions_of(revision).values()] if revision else [],
        may_draft=page.role in DRAFTERS,
        transitions=MACHINE.allowed(page.request.state_kind, seat="school", role=page.role.value),
        next_step=next_step(page.request),
        desk=desk_of(page.request),
        hand=in_whose_hands(page.request),
        crumbs=page.crumbs(gettext("経過・連絡")),
    )
    return render(request, "school/timeline.html", context)


def correction_day(request: MofaRequest) -> tuple[dt.date, int] | None:
    """The day by which a returned plan should be back, and the days left until then."""
    day = request.correction_due_on
    return (day, (day - clock.today()).days) if day and request.state == RequestState.RETURNED.value else None


def inquiry_open(request: MofaRequest) -> bool:
    """Whether the papers are at the ministry and the school has not asked there itself (文初高第七五号 記一なお書)."""
    if request.state not in (RequestState.FORWARDED.value, RequestState.ACKNOWLEDGED.value):
        return False
    return not queries.inquiries_of(request).filter(kind=InquiryKind.INQUIRY.value).exists()


@trip_page(STAFF, purpose="指摘に回答する")
def answer(request: HttpRequest, page: TripPage, remark_id: UUID) -> HttpResponseBase:
    """Answer one remark; an empty answer comes back with the page."""
    form = AnswerForm(request.POST or None)
    remark = queries.remarks_of(page.request).filter(pk=remark_id).first()
    if remark is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            answer_remark(remark, form.cleaned_data["answer"], by=page.actor)
            announce(request, gettext("回答しました。"))
        except Stale as stale:
            refuse(request, sentence_of(stale))
    elif request.method == "POST":
        refuse(request, gettext("回答の欄が空です。どう直したかを書いてから送ってください。"))
    return redirect(page.url("timeline") + f"#remark-{remark_id}")


@trip_page(STAFF, purpose="外務省・在外公館からの連絡を確認する")
def reply_seen(request: HttpRequest, page: TripPage, reply_id: UUID) -> HttpResponseBase:
    """The school has read a reply."""
    reply = queries.replies_of(page.request).filter(pk=reply_id).first()
    if reply is None:
        raise Http404
    if request.method == "POST":
        see_reply(reply, by=page.actor)
        announce(request, gettext("確認しました。"))
    return redirect(page.url("timeline"))


@trip_page(STAFF, purpose="送付用PDFの見え方")
@require_safe
def preview(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """What the recipient will see: explanation and the draft to open."""
    standing = look_at(page)
    agreed = substitutes_of(page.trip, cipher=standing.cipher)
    context = page.context(
        "preview",
        blocking=len(standing.report.of(Severity.BLOCK)),
        people=len(standing.dossier.participants),
        glyphs=foresee(put_in(standing.dossier, agreed)),
        agreed=agreed,
        loss=MISREAD,
        **making_of(page),
        crumbs=page.crumbs(gettext("見え方")),
    )
    return render(request, "school/preview.html", context)


@trip_page(STAFF, purpose="送付用PDFの案を開く")
@require_safe
def draft_pdf(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The packet as a draft (案) from the live plan; it is not kept."""
    try:
        packet = draft_packet(page)
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect(page.url("preview"))
    return pdf_response(packet.pdf, f"{page.trip.trip_no}-an.pdf")


@trip_page(STAFF, purpose="送付された送付用PDFを開く", step_up=True)
@require_safe
def packet_pdf(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The packet that the authority made of the last submission."""
    packet = queries.packet_of(queries.revision_of(page.request)) if page.request.revision_number else None
    if packet is None:
        raise Http404
    try:
        return pdf_response(open_packet(page.request, packet, by=page.actor), f"{page.trip.trip_no}.pdf")
    except FileLost:
        refuse(request, gettext("保存したPDFを読み出せません。所管庁に作り直しを頼んでください。"))
        return redirect(page.url("timeline"))


@trip_page(STAFF, purpose="計画をファイルに書き出す", step_up=True)
def export(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The plan as a dossier file."""
    text = dump(export_dossier(page.trip, by=page.actor))
    return attachment(text, f"{page.trip.trip_no}.json", media_type="application/json")


def _decided(row: Decision) -> dict[str, object]:
    return {
        "topic_name": label_of(Topic(row.topic)),
        "verdict": label_of(row.verdict_kind),
        "at": row.decided_at,
        "by": row.decided_by_title,
        "reasons": row.reasons,
    }


def _shown(page: TripPage, remark: Remark) -> dict[str, object]:
    place = label_of_pointer(remark.pointer, "en" if speaks_english() else "ja") if remark.pointer else ""
    return {
        "remark": remark,
        "kind": label_of(RemarkKind(remark.kind)),
        "about": place or gettext("計画の全体"),
        "about_url": _mending_url(page, remark.pointer),
        "answer_url": page.url("answer", remark_id=remark.pk),
        "who": str(remark.written_for),
    }


def _mending_url(page: TripPage, pointer: str) -> str:
    """The page of the section a remark speaks of; its rows count as in the revision, so a list is linked as a whole."""
    section = section_of(pointer) if pointer else None
    if section is None:
        return ""
    if section is Section.ROSTER:
        return page.url("roster")
    return f"{page.url('section', section=section.value)}#{anchor_of(pointer, Dossier())}"
