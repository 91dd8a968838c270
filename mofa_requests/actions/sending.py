"""Letter, packet, dispatch, receipt, replies: what leaves the house and what comes back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.letterhead import is_older_than_head
from mofa_requests.actions.notices import tell_school
from mofa_requests.actions.review import Stale, fire, lock, require_current, seat_of
from mofa_requests.actions.rows import case_columns
from mofa_requests.enums import FaxState, PacketMailState, ReplySource, RequestState, Seat
from mofa_requests.models import (
    Dispatch,
    FaxOrder,
    LetterRecord,
    MailOrder,
    MofaRequest,
    Packet,
    Receipt,
    Reply,
    Revision,
)
from mofa_requests.queries import RENDER_PACKET
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Channel, Letter
from portal.jobs.enqueue import ask_again, enqueue
from portal.kit import clock
from portal.kit.machine import Refused


@transaction.atomic
def fix_letter(revision: Revision, letter: Letter, *, by: Actor) -> LetterRecord:
    """Fix the covering letter and have its packet rendered; a changed letter is a new record and a new packet.

    The same letter fixed twice (a double press) stays one record, unless the letterhead was saved anew in between.
    """
    request = lock(revision.request)
    require_current(request, revision)
    if request.state != RequestState.APPROVED.value or seat_of(request, by) is not Seat.FORWARDER:
        raise Stale(
            "送付文書を確定できるのは、承認済みでまだ送付していない依頼だけです",
            "A letter can be fixed only for an approved request that was not sent yet.",
        )
    if letter.number is None or letter.dated_on is None or letter.channel is None:
        raise Refused(
            "文書番号・文書日付・送付方法を記入してください", "Fill in number, date and channel of the letter."
        )
    _refuse_taken_number(request, letter)
    content = letter.model_dump(mode="json", exclude_none=True)
    before = queries.letter_of(revision)
    if before is not None and before.content == content and not is_older_than_head(before):
        enqueue(RENDER_PACKET, key=str(before.pk), subject_id=request.pk)
        return before
    fixed = LetterRecord.objects.create(
        **case_columns(request),
        revision=revision,
        number=letter.number,
        dated_on=letter.dated_on,
        channel=letter.channel.value,
        content=content,
        fixed_by_id=by.person_id,
    )
    record(EventName.LETTER_FIXED, by=by, about=Subject.of(request), number=letter.number)
    enqueue(RENDER_PACKET, key=str(fixed.pk), subject_id=request.pk)
    return fixed


@transaction.atomic
def render_again(letter: LetterRecord, *, by: Actor) -> None:
    """A person has read why the packet could not be rendered and wants it tried once more."""
    request = lock(letter.request)
    if seat_of(request, by) is not Seat.FORWARDER or request.state != RequestState.APPROVED.value:
        raise Stale(
            "送付用PDFを作れるのは、承認済みでまだ送付していない依頼だけです",
            "A packet can be made only for an approved request that was not sent yet.",
        )
    job = queries.render_job_of(letter)
    if job is not None:
        ask_again(job)


@transaction.atomic
def record_mofa_call(request: MofaRequest, note: str, *, by: Actor) -> MofaRequest:
    """The authority's telephone call to the ministry, needed before a late request is forwarded."""
    request = lock(request)
    if seat_of(request, by) is not Seat.FORWARDER:
        raise Refused(
            "外務省への電話を記録できるのは、転送する所管庁だけです",
            "Only the forwarding authority records the call to the ministry.",
        )
    if not note.strip():
        raise Refused("電話の相手と内容を書いてください", "Write whom you called and what was said.")
    if request.mofa_called_note == note:
        return request
    request.mofa_called_at, request.mofa_called_by_id, request.mofa_called_note = clock.now(), by.person_id, note
    request.save(update_fields=["mofa_called_at", "mofa_called_by", "mofa_called_note"])
    record(EventName.MOFA_CALLED, by=by, about=Subject.of(request))
    return request


@transaction.atomic
def forward(
    request: MofaRequest, packet: Packet, *, channel: Channel, sent_on: dt.date, evidence: str, by: Actor
) -> Dispatch:
    """Record that the packet went to the ministry: channel, date, person, evidence."""
    request = lock(request)
    state = fire("forward", request, by=by)
    require_ready(request, packet)
    if not evidence.strip():
        raise Refused(
            "送付の証拠(送信日時と宛先、書留番号など)を書いてください",
            "Give the evidence of sending: time and address, registered number or the like.",
        )
    refuse_while_mailing(packet)
    refuse_while_faxing(packet)
    _require_day(
        sent_on, not_before=packet.letter.dated_on, name="送付日", english="The day of sending", earlier="文書日付"
    )
    dispatch = Dispatch.objects.create(
        **case_columns(request),
        packet=packet,
        channel=channel.value,
        sent_on=sent_on,
        evidence=evidence,
        recorded_by_id=by.person_id,
    )
    request.state = state.value
    request.forwarded_at, request.forwarded_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "forwarded_at", "forwarded_by"])
    record(EventName.REQUEST_FORWARDED, by=by, about=Subject.of(request), channel=channel.label)
    tell_school(request, "forwarded", key=str(dispatch.pk))
    return dispatch


@transaction.atomic
def acknowledge(dispatch: Dispatch, *, received_on: dt.date, evidence: str, by: Actor) -> Receipt:
    """Record the day the ministry held the papers, and what shows it."""
    request = lock(dispatch.request)
    state = fire("acknowledge", request, by=by)
    _require_day(
        received_on, not_before=dispatch.sent_on, name="受領日", english="The day of receipt", earlier="送付日"
    )
    if not evidence.strip():
        raise Refused(
            "受領を確かめた方法(返信メール、電話の相手など)を書いてください",
            "Write how the receipt was confirmed: reply by mail, whom you called or the like.",
        )
    receipt = Receipt.objects.create(
        **case_columns(request),
        dispatch=dispatch,
        received_on=received_on,
        evidence=evidence,
        recorded_by_id=by.user_id,
    )
    request.state, request.acknowledged_at, request.received_on = state.value, clock.now(), received_on
    request.save(update_fields=["state", "acknowledged_at", "received_on"])
    record(EventName.REQUEST_ACKNOWLEDGED, by=by, about=Subject.of(request), received_on=received_on.isoformat())
    tell_school(request, "acknowledged", key=str(receipt.pk))
    return receipt


@transaction.atomic
def record_reply(
    request: MofaRequest, text: str, *, source: ReplySource, source_name: str, received_on: dt.date, by: Actor
) -> Reply:
    """Pass a caution of the ministry or a mission on to the school; the same one twice stays one record."""
    request = lock(request)
    if seat_of(request, by) is not Seat.FORWARDER:
        raise Refused(
            "連絡を記録できるのは、転送した所管庁だけです", "Only the authority that forwarded records replies."
        )
    if not text.strip():
        raise Refused("連絡の内容を書いてください", "Write what the reply says.")
    _require_day(received_on, not_before=None, name="連絡を受けた日", english="The day of the reply", earlier="")
    known = Reply.objects.filter(request_id=request.pk, source_name=source_name, received_on=received_on, text=text)
    if (before := known.first()) is not None:
        return before
    reply = Reply.objects.create(
        **case_columns(request),
        source=source.value,
        source_name=source_name,
        received_on=received_on,
        text=text,
        recorded_by_id=by.person_id,
    )
    record(EventName.REPLY_RECORDED, by=by, about=Subject.of(request))
    tell_school(request, "reply", key=str(reply.pk))
    return reply


@transaction.atomic
def see_reply(reply: Reply, *, by: Actor) -> None:
    """The school has read it."""
    seen = Reply.objects.filter(pk=reply.pk, seen_at=None).update(seen_at=clock.now(), seen_by_id=by.person_id)
    if seen:
        record(EventName.REPLY_SEEN, by=by, about=Subject.of(reply.request))


def _refuse_taken_number(request: MofaRequest, letter: Letter) -> None:
    """A number of the authority's series belongs to one request."""
    taken = LetterRecord.objects.filter(
        forwarder_org_id=request.forwarder_org_id,
        number=letter.number,
        dated_on__year=letter.dated_on.year,  # type: ignore[union-attr]
    ).exclude(request_id=request.pk)
    if taken.exists():
        raise Refused(
            f"文書番号「{letter.number}」は別の依頼で使われています。番号を確かめてください",
            f"Number {letter.number} belongs to another request. Check the number.",
        )


def _require_day(day: dt.date, *, not_before: dt.date | None, name: str, english: str, earlier: str) -> None:
    """A day that is recorded as past: not in the future, not before what it follows."""
    if day > clock.today():
        raise Refused(
            f"{name}が今日より後になっています。日付を確かめてください", f"{english} lies after today. Check it."
        )
    if not_before is not None and day < not_before:
        raise Refused(
            f"{name}が{earlier}より前になっています。日付を確かめてください",
            f"{english} lies before what it follows ({not_before.isoformat()}). Check it.",
        )


def require_ready(request: MofaRequest, packet: Packet) -> None:
    """Everything that has to be there before papers leave: the packet in force, the call when late, conditions kept."""
    ready = queries.packet_of(queries.revision_of(request))
    if ready is None or ready.pk != packet.pk:
        raise Stale(
            "送付文書が変わっています。新しい送付用PDFができてから送付してください",
            "The letter has changed. Send once the new packet is ready.",
        )
    if request.late and request.mofa_called_at is None:
        raise Refused(
            "期限後の依頼です。送付の前に外務省へ電話し、その記録を残してください",
            "This request is late. Call the ministry before sending, and record the call.",
        )
    missed = queries.conditions_of(request).filter(met_at=None, due_on__lt=clock.today()).first()
    if missed is not None:
        raise Refused(
            f"期限({missed.due_on.month}月{missed.due_on.day}日)を過ぎた条件が残っています({missed.text})。"
            "届いたことを記録するか、判断のページで承認を取り消してください",
            f"A condition is past its day ({missed.due_on.isoformat()}): {missed.text}. "
            "Record that it was met, or take the approval back.",
        )


def refuse_while_mailing(packet: Packet) -> None:
    """What the portal is mailing itself is not recorded as sent a second time by hand."""
    alive = (PacketMailState.WAITING.value, PacketMailState.HANDING.value, PacketMailState.UNKNOWN.value)
    if MailOrder.objects.filter(packet_id=packet.pk, state__in=alive).exists():
        raise Refused(
            "この送付用PDFは、ポータルからのメール送信が終わっていません。取り消すか、送信の結果を記録してから送付を記録してください",
            "The portal is still mailing this packet. Take that back or record what became of it first.",
        )


def refuse_while_faxing(packet: Packet) -> None:
    """A fax whose outcome nobody knows may have arrived: another way would send the papers twice."""
    if FaxOrder.objects.filter(packet_id=packet.pk, state__in=(FaxState.OUT.value, FaxState.UNKNOWN.value)).exists():
        raise Refused(
            "この送付用PDFのファックスの結果がまだ記録されていません。届いたかどうかを先に記録してください",
            "A fax of this packet is still open. Record first whether it arrived.",
        )
