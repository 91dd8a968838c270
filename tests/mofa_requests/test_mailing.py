"""A packet by mail: one Message-ID, never twice, taken back until it leaves, a person asked when nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.chasing import chase
from mofa_requests.actions.exchange import record_answer, record_inquiry
from mofa_requests.actions.mailing import UNDO_FOR, order_mail, settle_unknown, take_mail, undo_mail
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.series import business_year, set_series, take_number
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import InquiryKind, PacketMailState, RequestState, Topic
from mofa_requests.models import Dispatch, MailOrder, MofaRequest, Packet
from mofa_requests.tasks import remind
from portal.accounts.models import Membership
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.jobs import worker
from portal.jobs.models import Job, JobState, OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.tenancy.models import Org
from tests.factories.cast import World, world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + "見本".encode() * 40
TO = ["desk@ministry.example"]


@pytest.fixture
def here(servers: None, db: None) -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def approved(made: World, number: str = "7教高第1号") -> Packet:
    """A plan approved and rendered; its packet."""
    with made.principal.at_work() as by:
        revision = submit(made.request, by=by, title="校長", on=made.on)
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
        review.save_ticks(revision, ticks, base_version=0, by=by)
    text = Letter(number=number, dated_on=made.on, channel=Channel.EMAIL, sender_body="見本県教育委員会")
    with made.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
        letter = sending.fix_letter(revision, text, by=by)
        return store_packet(letter.pk, Rendered(PDF, 1, "0" * 64, (), ()), by=by)


def ordered(made: World, packet: Packet) -> MailOrder:
    with made.officer.at_work() as by:
        request = queries.get_for(made.request.pk)
        return order_mail(request, packet, recipients=TO, subject="依頼", body="別添のとおり依頼します。", by=by)


def job_of(order: MailOrder, *, due: bool = True) -> UUID:
    job = Job.objects.get(kind=queries.MAIL_PACKET, key=str(order.pk))
    if due:
        Job.objects.filter(pk=job.pk).update(wake_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return job.pk


def state_of(made: World) -> str:
    return MofaRequest.objects.get(pk=made.request.pk).state


def test_a_packet_is_mailed_once_with_its_fixed_id_and_the_request_forwarded(here: World) -> None:
    order = ordered(here, approved(here))
    waiting = Job.objects.get(pk=job_of(order, due=False))
    assert waiting.wake_at == order.goes_at == clock.now() + UNDO_FOR
    assert worker.run(job_of(order))
    assert len(mail.outbox) == 1
    sent = mail.outbox[0]
    assert sent.to == TO
    assert sent.extra_headers["Message-ID"].startswith(f"<packet-{order.pk}@")
    assert sent.attachments[0][1] == PDF
    assert state_of(here) == RequestState.FORWARDED
    dispatch = Dispatch.objects.get()
    assert str(order.pk) in dispatch.evidence
    assert dispatch.recorded_by_id == here.officer.membership.user_id
    assert not worker.run(job_of(order))
    assert len(mail.outbox) == 1
    for person in here.dossier.participants:
        assert person.name not in sent.subject + sent.body


def test_an_order_is_taken_back_until_it_leaves(here: World) -> None:
    packet = approved(here)
    order = ordered(here, packet)
    with here.officer.at_work() as by:
        with pytest.raises(review.Stale):
            order_mail(queries.get_for(here.request.pk), packet, recipients=TO, subject="依頼", body="x", by=by)
        undo_mail(order, by=by)
        with pytest.raises(review.Stale):
            undo_mail(order, by=by)
    worker.run(job_of(order))
    assert mail.outbox == []
    assert state_of(here) == RequestState.APPROVED
    again = ordered(here, packet)
    assert again.pk != order.pk


def test_while_the_portal_mails_nobody_records_a_second_sending(here: World) -> None:
    packet = approved(here)
    ordered(here, packet)
    with here.officer.at_work() as by, pytest.raises(Refused, match="メール送信が終わっていません"):
        sending.forward(
            queries.get_for(here.request.pk), packet, channel=Channel.POST, sent_on=here.on, evidence="書留", by=by
        )


def test_a_worker_that_died_while_sending_asks_a_person_and_never_repeats(here: World) -> None:
    packet = approved(here)
    order = ordered(here, packet)
    with here.officer.at_work():
        assert take_mail(order.pk) is not None, "handed over, and then the worker dies"
    worker.run(job_of(order))
    order.refresh_from_db()
    assert order.state == PacketMailState.UNKNOWN
    assert mail.outbox == []
    assert OutboundMail.objects.get(event="mail_unknown").recipient_id == here.officer.membership.user_id
    with here.officer.at_work() as by:
        with pytest.raises(Refused, match="どのように"):
            settle_unknown(order, arrived=True, note=" ", by=by)
        settle_unknown(order, arrived=True, note="電話で受信を確かめた", by=by)
        with pytest.raises(review.Stale):
            settle_unknown(order, arrived=False, note="二度目", by=by)
    assert state_of(here) == RequestState.FORWARDED
    assert Dispatch.objects.get().evidence == "電話で受信を確かめた"


def test_a_mail_that_did_not_arrive_may_be_sent_again(here: World) -> None:
    packet = approved(here)
    order = ordered(here, packet)
    with here.officer.at_work() as by:
        take_mail(order.pk)
        take_mail(order.pk)
        settle_unknown(order, arrived=False, note="届いていないとの回答", by=by)
    again = ordered(here, packet)
    worker.run(job_of(again))
    assert len(mail.outbox) == 1
    assert state_of(here) == RequestState.FORWARDED


def test_a_server_that_refuses_leaves_the_mail_waiting_and_the_request_unsent(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered(here, approved(here))

    def refuse(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    job = job_of(order)
    for _ in range(worker.MAX_ATTEMPTS):
        worker.run(job)
        job_of(order)
    order.refresh_from_db()
    assert order.state == PacketMailState.WAITING
    assert Job.objects.get(pk=job).state == JobState.PARKED
    assert state_of(here) == RequestState.APPROVED


def test_what_changed_meanwhile_stops_the_mail(here: World) -> None:
    order = ordered(here, approved(here))
    Membership.objects.filter(pk=here.officer.membership.pk).update(active=False)
    worker.run(job_of(order))
    order.refresh_from_db()
    assert (order.state, mail.outbox) == (PacketMailState.CANCELLED, [])
    assert "役割" in order.settled_note


def test_a_specimen_authority_never_mails(here: World) -> None:
    packet = approved(here)
    Org.objects.filter(pk=here.officer.org.pk).update(demo=True)
    with pytest.raises(Refused, match="見本の機関"):
        ordered(here, packet)


def test_wrong_addresses_are_named(here: World) -> None:
    packet = approved(here)
    with here.officer.at_work() as by, pytest.raises(Refused, match="ministry"):
        order_mail(queries.get_for(here.request.pk), packet, recipients=["ministry"], subject="依頼", body="x", by=by)


def test_numbers_run_through_a_business_year_and_skip_what_was_used(here: World) -> None:
    assert [business_year(dt.date(2027, 3, 31)), business_year(dt.date(2027, 4, 1))] == [2026, 2027]
    with here.officer.at_work() as by:
        with pytest.raises(Refused, match="まだ決まっていません"):
            take_number(here.officer.org.pk, on=here.on)
        with pytest.raises(Refused, match="一度だけ"):
            set_series(here.officer.org, "第号", last=0, on=here.on, by=by)
        set_series(here.officer.org, "7教高第{n}号", last=0, on=here.on, by=by)
    approved(here, number="7教高第1号")
    with here.officer.at_work():
        assert take_number(here.officer.org.pk, on=here.on) == "7教高第2号", "the first one stands on a letter already"
        assert take_number(here.officer.org.pk, on=here.on) == "7教高第3号"


def test_questions_and_answers_are_written_once(here: World) -> None:
    approved(here)
    asked = {"kind": InquiryKind.INQUIRY, "desk": "領事局", "asked_on": here.on}
    with here.officer.at_work() as by:
        request = queries.get_for(here.request.pk)
        first = record_inquiry(request, "治安の情報はあるか", by=by, **asked)
        assert record_inquiry(request, "治安の情報はあるか", by=by, **asked).pk == first.pk
        with pytest.raises(Refused, match="今日より後"):
            record_inquiry(request, "先の話", by=by, **{**asked, "asked_on": here.on + dt.timedelta(days=1)})
        with pytest.raises(Refused, match="問い合わせた日から"):
            record_answer(first, "ある", on=here.on - dt.timedelta(days=1), by=by)
        record_answer(first, "ある", on=here.on, by=by)
        with pytest.raises(Refused, match="記録済み"):
            record_answer(first, "ない", on=here.on, by=by)
    with here.principal.at_work():
        assert queries.inquiries_of(here.request).get().answer == "ある", "the school reads it"


def test_papers_that_should_have_arrived_ask_for_a_call_until_one_is_recorded(here: World) -> None:
    packet = approved(here)
    sent = {"channel": Channel.POST, "sent_on": here.on, "evidence": "書留 123-45"}
    with here.officer.at_work() as by:
        sending.forward(queries.get_for(here.request.pk), packet, by=by, **sent)
    due = MofaRequest.objects.get(pk=here.request.pk).receipt_due_on
    assert due is not None
    with clock.stopped_at(due):
        remind()
        remind()
        calls = OutboundMail.objects.filter(event="call_ministry")
        told = set(calls.values_list("recipient_id", flat=True))
        assert told == {here.officer.membership.user_id, here.approver.membership.user_id}
        assert calls.count() == 2, "each person once"
        with here.officer.at_work() as by:
            record_inquiry(
                queries.get_for(here.request.pk), "届いているか", kind=InquiryKind.RECEIPT, desk="領事局", asked_on=due,
                answer="届いている", by=by,
            )  # fmt: skip
    with clock.stopped_at(due + dt.timedelta(days=1)):
        remind()
    assert calls.count() == 4, "the next day it is past, and nobody called that day"


def test_a_correction_is_chased_when_near_and_when_past_and_then_no_more(here: World) -> None:
    with here.principal.at_work() as by:
        revision = submit(here.request, by=by, title="校長", on=here.on)
    due = here.on + dt.timedelta(days=20)
    with here.officer.at_work() as by:
        review.write_remark(revision, "直してください", kind=review.RemarkKind.WRONG, by=by)
        review.return_for_correction(queries.get_for(here.request.pk), by=by, due_on=due)
    seen = []
    for day in (here.on, due, due + dt.timedelta(days=1), due + dt.timedelta(days=2)):
        with clock.stopped_at(day), here.officer.at_work():
            chase(on=day)
        told = OutboundMail.objects.filter(event="correction_due", recipient=here.principal.membership.user)
        seen.append(told.count())
    assert seen == [0, 1, 2, 2]
