"""Letter, packet, call, dispatch, receipt: what is asked before what, and in which words it is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.plan import open_plan
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import LetterRecord, MofaRequest, Packet
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.jobs.models import Job, JobState
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.lawbook.edition import RosterForm, load_edition
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import LETTER, Desk, state_of, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
TICKS = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]


def approved(made: World) -> None:
    revision = submitted(made)
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        review.save_ticks(revision, TICKS, base_version=0, by=by)
    with made.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")


def fixed(made: World, **other: object) -> LetterRecord:
    given = Letter(number="7教高第1号", dated_on=made.on, channel=Channel.EMAIL, addressee="外務省")
    with made.officer.at_work() as by:
        revision = queries.revision_of(queries.get_for(made.request.pk))
        return sending.fix_letter(revision, given.model_copy(update=other), by=by)


def rendered(made: World, letter: LetterRecord, key: str = "a" * 64) -> Packet:
    """A packet of this letter, as the worker keeps it."""
    with made.officer.at_work() as by:
        paper = Rendered(pdf=b"%PDF-1.7 mihon", pages=3, key=key, parts=(), missing=())
        return store_packet(letter.pk, paper, by=by)


def test_nothing_is_sent_before_approval(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    assert "まだ送付に進めません" in desk.page
    desk.post("sending/letter/", {**LETTER, "letter-dated_on": here.on.isoformat(), "revision": 1}, status=409)
    assert "承認済みでまだ送付していない依頼だけ" in desk.page
    assert "7教高第1024号" in desk.page, "what was typed stays"
    assert not LetterRecord.objects.exists()


def test_the_letter_is_filled_with_what_is_known(here: World, at_desk: AtDesk) -> None:
    approved(here)
    page = at_desk(here, here.officer).open("sending/")
    for known in ("瀨戸 正道", "教育長", "外務省領事局領事サービスセンター", str(here.officer.membership.user)):
        assert f'value="{known}"' in page
    channel = re.search(r'<input type="radio" name="letter-channel" value="(\w+)"[^>]*checked', page)
    assert channel is not None
    assert channel[1] == load_edition(here.dossier.edition.value).usual_channel
    assert re.search(r'name="letter-number"(?![^>]*value=)', page), "no number is proposed"


def test_a_letter_without_number_or_date_is_refused_beside_its_fields(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    desk.post("sending/letter/", {**LETTER, "letter-number": "", "letter-dated_on": "2026年13月1日"}, status=422)
    assert "依頼書に必要です" in desk.page
    assert "2026年13月1日" in desk.page
    assert not LetterRecord.objects.exists()


def test_a_letter_may_send_less_of_the_roster(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    page = desk.open("sending/")
    assert RosterForm.COUNTS.label in page
    assert f"通知のとおり({RosterForm.NAMED.label})" in page
    assert f'value="{RosterForm.NAMED.value}"' not in page, "as the notice asks, or less"
    typed = {**LETTER, "letter-dated_on": here.on.isoformat()}
    desk.post("sending/letter/", {**typed, "letter-roster": RosterForm.NAMED.value}, status=422)
    assert not LetterRecord.objects.exists()
    desk.post("sending/letter/", {**typed, "letter-roster": RosterForm.COUNTS.value})
    assert LetterRecord.objects.get().content["roster"] == "counts"
    assert "氏名は表示しません" in desk.open("roster/"), "names that stay here are opened by nobody"
    assert "氏名を送付しないため" in desk.post("roster/", {"revision": 1})


def test_a_taken_number_is_refused(here: World, at_desk: AtDesk) -> None:
    approved(here)
    with here.drafter.at_work() as by:
        other = open_plan(here.drafter.org, by=by, demo=True)
    person, board = here.officer.membership.user, here.officer.org
    MofaRequest.objects.filter(pk=other.pk).update(
        state="submitted", forwarder_org=board, revision_number=1, submitted_at=clock.now(), submitted_by=person
    )
    theirs = queries.revision_of(here.request)
    theirs.pk, theirs.request_id = uuid7(), other.pk
    theirs.save(force_insert=True)
    LetterRecord.objects.create(
        school_id=other.school_id,
        request_id=other.pk,
        forwarder_org=board,
        revision=theirs,
        number=LETTER["letter-number"],
        dated_on=here.on,
        channel="email",
        content={},
        fixed_by=person,
    )
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    desk.post("sending/letter/", {**LETTER, "letter-dated_on": here.on.isoformat()}, status=409)
    assert "別の依頼で使われています" in desk.page
    assert f'value="{LETTER["letter-number"]}"' in desk.page


def test_the_same_letter_twice_is_one_record(here: World) -> None:
    approved(here)
    first = fixed(here)
    assert fixed(here) == first
    assert Job.objects.count() == 1
    assert fixed(here, wanted="治安情勢") != first
    assert Job.objects.count() == 2


def test_a_letter_changed_and_changed_back_finds_its_packet(here: World) -> None:
    approved(here)
    packet = rendered(here, fixed(here))
    fixed(here, wanted="治安情勢")
    revision = queries.revision_of(here.request)
    assert queries.packet_of(revision) is None, "the letter in force has no packet yet"
    fixed(here)
    assert queries.packet_of(revision) == packet


def test_a_stuck_packet_says_why_and_can_be_asked_for_again(here: World, at_desk: AtDesk) -> None:
    approved(here)
    fixed(here)
    Job.objects.update(
        state=JobState.PARKED.value, attempts=3, finished_at=timezone.now(), problem="日程表: 時間内に作れませんでした"
    )
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    assert "送付用PDFを作れませんでした" in desk.page
    assert "日程表: 時間内に作れませんでした" in desk.page
    assert desk.open("sending/packet/", status=286)
    desk.post("sending/packet/retry/")
    assert "もう一度作っています" in desk.page
    job = Job.objects.get()
    assert (job.state, job.attempts, job.problem) == (JobState.QUEUED.value, 0, "")
    assert desk.open("sending/packet/", status=200)


def test_a_late_request_waits_for_the_call(here: World, at_desk: AtDesk) -> None:
    approved(here)
    MofaRequest.objects.filter(pk=here.request.pk).update(late=True)
    packet = rendered(here, fixed(here))
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    assert "先に外務省へ電話してください" in desk.page
    sent = {"channel": "email", "sent_on": here.on.isoformat(), "evidence": "送信控え 髙"}
    desk.post("sending/dispatch/", {**sent, "packet": packet.key}, status=409)
    assert "送付の前に外務省へ電話し" in desk.page
    assert "送信控え 髙</textarea>" in desk.page
    assert state_of(here) == RequestState.APPROVED

    desk.post("sending/call/", {"note": ""}, status=422)
    assert "電話の相手と内容を書いてください" in desk.page
    desk.post("sending/call/", {"note": "領事サービスセンターに事情を伝え、受け付けるとの返事。"})
    assert "外務省への電話を記録しました" in desk.page
    desk.post("sending/dispatch/", sent)
    assert state_of(here) == RequestState.FORWARDED


def test_sending_twice_is_told_and_recorded_once(here: World, at_desk: AtDesk) -> None:
    approved(here)
    packet = rendered(here, fixed(here))
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    sent = {"channel": "email", "sent_on": here.on.isoformat(), "evidence": "控え", "packet": packet.key}
    desk.post("sending/dispatch/", sent)
    desk.post("sending/dispatch/", sent, status=409)
    assert "あなたが「転送済」にしています" in desk.page
    assert queries.dispatch_of(here.request) is not None
    assert MofaRequest.objects.get(pk=here.request.pk).dispatchs.count() == 1


def test_days_that_cannot_be_are_refused(here: World, at_desk: AtDesk) -> None:
    approved(here)
    packet = rendered(here, fixed(here))
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    sent = {"channel": "email", "evidence": "控え", "packet": packet.key}
    tomorrow, yesterday = here.on + dt.timedelta(days=1), here.on - dt.timedelta(days=1)
    desk.post("sending/dispatch/", {**sent, "sent_on": tomorrow.isoformat()}, status=409)
    assert "送付日が今日より後" in desk.page
    desk.post("sending/dispatch/", {**sent, "sent_on": yesterday.isoformat()}, status=409)
    assert "送付日が文書日付より前" in desk.page
    desk.post("sending/dispatch/", {**sent, "sent_on": here.on.isoformat()})
    desk.post("sending/receipt/", {"received_on": yesterday.isoformat(), "evidence": "電話"}, status=409)
    assert "受領日が送付日より前" in desk.page


def test_a_receipt_after_the_due_day_is_called_late(here: World, at_desk: AtDesk) -> None:
    approved(here)
    MofaRequest.objects.filter(pk=here.request.pk).update(receipt_due_on=here.on + dt.timedelta(days=2))
    packet = rendered(here, fixed(here))
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    desk.post(
        "sending/dispatch/",
        {"channel": "post", "sent_on": here.on.isoformat(), "evidence": "書留", "packet": packet.key},
    )
    with clock.stopped_at(here.on + dt.timedelta(days=5)):
        late = (here.on + dt.timedelta(days=5)).isoformat()
        desk.post("sending/receipt/", {"received_on": late, "evidence": "電話で確かめた"})
    assert "3日過ぎています" in desk.page
    assert state_of(here) == RequestState.ACKNOWLEDGED


def test_the_packet_asks_for_a_fresh_proof(here: World, at_desk: AtDesk) -> None:
    approved(here)
    rendered(here, fixed(here))
    person = here.officer.membership.user
    person.set_password("渡り鳥は南の島へ2027年")
    person.save()
    desk = at_desk(here, here.officer)
    session = desk.client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0}]
    session.save()
    answer = desk.client.get(desk.url("sending/packet.pdf"))
    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer["Location"]


def test_a_request_only_the_forwarder_may_open_the_packet_of(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    city = at_desk(there, there.endorser)
    assert city.client.get(city.url("sending/packet.pdf")).status_code == 404
    city.open("sending/")
    assert "依頼書を確定する" not in city.page
