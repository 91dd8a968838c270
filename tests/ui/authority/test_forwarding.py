"""Sending many: numbers, letters, mail and records, each row with its own result; and the mail on one plan's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.packets import store_packet
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import PacketMailState, RequestState, Topic
from mofa_requests.models import Inquiry, LetterRecord, MailOrder, MofaRequest
from portal.dossier.types import Tick, TickResult
from portal.tenancy.models import Org
from tests.factories.cast import Seat, World, world
from tests.ui.authority.conftest import Desk, newest, state_of, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
PAGE = "/inbox/forwarding/"
PDF = b"%PDF-1.7 " + "見本".encode() * 40


def approved(made: World) -> None:
    submitted(made)
    _decided(made)


def _decided(made: World) -> None:
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
        review.save_ticks(newest(made), ticks, base_version=0, by=by)
    with made.approver.at_work() as by:
        review.decide(newest(made), Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(newest(made), Topic.SAFETY, "clear", reasons="", by=by, title="課長")


def neighbour(made: World) -> World:
    """Another school's plan before the same authority."""
    other = world()
    Org.objects.filter(pk=other.principal.org.pk).update(parent=made.officer.org)
    return World(**{**other.__dict__, "officer": made.officer, "approver": made.approver})


def rendered(made: World) -> None:
    letter = LetterRecord.objects.get(request_id=made.request.pk)
    with made.officer.at_work() as by:
        store_packet(letter.pk, Rendered(PDF, 3, f"{letter.pk.int % 10**60:064x}", (), ()), by=by)


def test_many_plans_are_numbered_and_sent_each_with_its_result(here: World, at_desk: AtDesk) -> None:
    second, third = neighbour(here), neighbour(here)
    for made in (here, second, third):
        approved(made)
    desk, ids = at_desk(here, here.officer), [str(made.request.pk) for made in (here, second, third)]
    assert "文書番号を決めてください" in desk.open(PAGE)
    desk.post(PAGE, {"act": "letters", "plan": ids[:1]})
    assert "まだ決まっていません" in desk.page, "no number without a series"
    desk.post(f"{PAGE}series/", {"pattern": "7教高第号", "last": "10"})
    assert "一度だけ" in desk.page
    desk.post(f"{PAGE}series/", {"pattern": "7教高第{n}号", "last": "10"})
    desk.post(PAGE, {"act": "letters", "plan": ids})
    assert desk.page.count("依頼書を確定しました") == 3
    assert set(LetterRecord.objects.values_list("number", flat=True)) == {f"7教高第{n}号" for n in (11, 12, 13)}
    desk.post(PAGE, {"act": "letters", "plan": ids[:1]})
    assert "確定済みです" in desk.page
    assert LetterRecord.objects.count() == 3
    rendered(here)
    rendered(second)
    record = {"act": "record", "plan": ids, "channel": "post", "sent_on": here.on.isoformat(), "evidence": "書留 1"}
    desk.post(PAGE, record)
    assert "2件を処理し、1件はできませんでした" in desk.page
    assert "送付用PDFがまだできていません" in desk.page
    assert [state_of(made) for made in (here, second, third)] == ["forwarded", "forwarded", "approved"]


def test_the_list_takes_the_same_queries_for_one_plan_and_for_three(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open(PAGE)
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            desk.open(PAGE)
        counted.append(len(seen))
        for _ in range(2):
            approved(neighbour(here))
    assert counted[0] == counted[1]


def test_nothing_chosen_or_a_foreign_plan_does_nothing(here: World, at_desk: AtDesk) -> None:
    approved(here)
    foreign = world()
    approved(foreign)
    desk = at_desk(here, here.officer)
    assert str(foreign.request.pk) not in desk.open(PAGE)
    desk.post(PAGE, {"act": "letters"}, status=422)
    assert "一つ以上選んでください" in desk.page
    desk.post(PAGE, {"act": "letters", "plan": [str(foreign.request.pk), "no-id"]}, status=422)
    assert not LetterRecord.objects.exists()


def test_an_empty_list_says_what_will_come(here: World, at_desk: AtDesk) -> None:
    assert "送付を待つ依頼はありません" in at_desk(here, here.officer).open(PAGE)


def test_a_board_that_only_endorses_sends_nothing_itself(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    with there.endorser.at_work() as by:
        review.endorse(queries.get_for(there.request.pk), by=by)
    _decided(there)
    assert "送付を待つ依頼はありません" in at_desk(there, there.endorser).open(PAGE)
    assert str(there.request.pk) in at_desk(there, there.officer).open(PAGE)


def test_mail_is_ordered_taken_back_and_asked_about_on_the_plans_page(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open(PAGE)
    desk.post(f"{PAGE}series/", {"pattern": "7教高第{n}号", "last": "0"})
    desk.post(PAGE, {"act": "letters", "plan": [str(here.request.pk)]})
    rendered(here)
    page = desk.open("sending/")
    assert "ポータルからメールで送る" in page
    typed = {"to": "desk@ministry.example, copy@ministry.example", "subject": "依頼", "body": "別添のとおり"}
    desk.post("sending/mail/", {**typed, "to": ""}, status=422)
    assert "宛先のメールアドレスを書いてください" in desk.page
    desk.post("sending/mail/", typed)
    order = MailOrder.objects.get()
    assert order.recipients == ["desk@ministry.example", "copy@ministry.example"]
    assert "送信を取り消す" in desk.page
    desk.post("sending/mail/undo/")
    assert "外務省には送っていません" in desk.page
    assert state_of(here) == RequestState.APPROVED
    desk.open("sending/")
    desk.post("sending/mail/", typed)
    MailOrder.objects.filter(state="waiting").update(
        state=PacketMailState.UNKNOWN.value, handed_at=here.on.isoformat() + "T00:00Z"
    )
    assert "メールが届いたか確かめられません" in desk.open("sending/")
    desk.post("sending/mail/settle/", {"arrived": "yes", "note": "電話で確かめた"})
    assert state_of(here) == RequestState.FORWARDED


def test_bulk_mail_and_the_specimen_that_never_mails(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open(PAGE)
    desk.post(f"{PAGE}series/", {"pattern": "7教高第{n}号", "last": "0"})
    desk.post(PAGE, {"act": "letters", "plan": [str(here.request.pk)]})
    rendered(here)
    desk.post(PAGE, {"act": "mail", "plan": [str(here.request.pk)]})
    assert "10分間は取り消せます" in desk.page
    assert MailOrder.objects.get().state == PacketMailState.WAITING
    Org.objects.filter(pk=here.officer.org.pk).update(demo=True)
    assert "見本の機関からは" in desk.open(PAGE)


def test_an_exchange_with_the_ministry_is_kept_with_its_answer(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    typed = {
        "ask-kind": "inquiry",
        "ask-desk": "領事局",
        "ask-asked_on": here.on.isoformat(),
        "ask-question": "治安は?",
    }
    desk.post("sending/inquiry/", {**typed, "ask-desk": ""}, status=422)
    assert "問い合わせた先を書いてください" in desk.page
    assert "治安は?</textarea>" in desk.page
    desk.post("sending/inquiry/", typed)
    asked = Inquiry.objects.get()
    desk.post("sending/inquiry/answer/", {"inquiry": str(asked.pk), "answer": "夜間の外出に注意"})
    assert "夜間の外出に注意" in desk.page
    assert MofaRequest.objects.get(pk=here.request.pk).state == RequestState.APPROVED
