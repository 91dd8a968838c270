"""Questions to the ministry and their answers, written down. Not here: cautions it sends by itself (sending)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from mofa_requests.actions.review import lock
from mofa_requests.actions.rows import case_columns
from mofa_requests.enums import InquiryKind
from mofa_requests.models import Inquiry, MofaRequest
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused


@transaction.atomic
def record_inquiry(
    request: MofaRequest,
    question: str,
    *,
    kind: InquiryKind,
    desk: str,
    asked_on: dt.date,
    answer: str = "",
    by: Actor,
) -> Inquiry:
    """Write down what was asked, whom, when, and the answer if there was one; pressed twice, once."""
    request = lock(request)
    if not question.strip() or not desk.strip():
        raise Refused("問い合わせた先と内容を書いてください", "Write whom you asked and what.")
    if asked_on > clock.today():
        raise Refused(
            "問い合わせた日が今日より後になっています。日付を確かめてください", "The day of the question lies ahead."
        )
    known = Inquiry.objects.filter(request_id=request.pk, desk=desk, asked_on=asked_on, question=question)
    if (before := known.first()) is not None:
        return before
    inquiry = Inquiry.objects.create(
        **case_columns(request),
        kind=kind.value,
        desk=desk,
        asked_on=asked_on,
        question=question,
        answer=answer,
        answered_on=clock.today() if answer else None,
        recorded_by_id=by.person_id,
    )
    record(EventName.INQUIRY_RECORDED, by=by, about=Subject.of(request))
    return inquiry


@transaction.atomic
def record_answer(inquiry: Inquiry, answer: str, *, on: dt.date, by: Actor) -> None:
    """The answer that came later; once."""
    if not answer.strip():
        raise Refused("回答の内容を書いてください", "Write the answer.")
    if not inquiry.asked_on <= on <= clock.today():
        raise Refused(
            "回答の日は、問い合わせた日から今日までの日にしてください",
            "The answer came between the question and today.",
        )
    written = Inquiry.objects.filter(pk=inquiry.pk, answer="").update(answer=answer, answered_on=on)
    if not written:
        raise Refused("回答は記録済みです。画面を読み込み直してください", "The answer is on record. Reload the page.")
    record(EventName.INQUIRY_ANSWERED, by=by, about=Subject.of(inquiry))
