"""Two stories at the desk: a plan that goes back to its school, and one that reaches the ministry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mofa_requests import tasks  # noqa: F401 - registers the handler that renders packets
from mofa_requests.enums import RequestState
from mofa_requests.models import Dispatch, LetterRecord, Packet, Receipt, Remark, Reply, TickSheet
from portal.audit.models import Event
from portal.dossier.types import Channel
from portal.jobs import worker
from portal.jobs.models import Job, OutboundMail
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import ALL_PRESENT, LETTER, Desk, newest, state_of, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]


def test_an_officer_takes_a_plan_checks_it_and_sends_it_back(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)

    inbox = desk.open("/inbox/")
    assert here.dossier.outline.title in inbox
    assert f'href="/inbox/{here.request.pk}/"' in inbox
    assert "担当者未定" in inbox

    desk.open()
    assert "照合を保存する" not in desk.page
    desk.post("claim/")
    assert "確認を始めました" in desk.page
    assert state_of(here) == RequestState.IN_REVIEW
    assert 'value="present" id' in desk.page
    assert "checked" not in desk.page, "no tick is made for the officer"

    desk.post("", {"result_1": "present", "result_6": "missing", "note_6": "夜間の番号がない。"})
    assert "あと5項目です" in desk.page
    assert TickSheet.objects.get().ticks == [
        {"item": "1", "result": "present"},
        {"item": "6", "result": "missing", "note": "夜間の番号がない。"},
    ]

    desk.open("remarks/?at=/policies/0/phone")
    assert '<option value="/policies/0/phone" selected>' in desk.page
    desk.open("return/")
    assert "学校への指摘がまだありません" in desk.page
    desk.post("return/", {"revision": 1})
    assert "差し戻すには、学校への指摘を一つ以上書いてください" in desk.page
    assert state_of(here) == RequestState.IN_REVIEW

    note = {"pointer": "/policies/0/phone", "kind": "missing", "audience": "school", "text": "夜間につながる番号を。"}
    desk.post("remarks/", note)
    assert "学校への指摘を残しました" in desk.page
    desk.post("remarks/", {**note, "audience": "internal", "text": "前年も同じ。"})
    assert [remark.internal for remark in Remark.objects.order_by("written_at")] == [False, True]

    desk.open("return/")
    assert "夜間につながる番号を。" in desk.page
    assert "前年も同じ。" not in desk.page, "internal notes are not among what the school gets"
    desk.post("return/")
    assert "差し戻しました" in desk.page
    assert state_of(here) == RequestState.RETURNED
    assert OutboundMail.objects.filter(event="returned").exists()


def test_an_approved_plan_reaches_the_ministry(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    officer, approver = at_desk(here, here.officer), at_desk(here, here.approver)
    officer.open()
    officer.post("claim/")
    officer.post("", ALL_PRESENT)
    assert "7項目とも記入されています" in officer.page
    officer.open("decision/")
    assert "漏れなし" not in officer.page, "an officer is not offered what only an approver may decide"

    approver.open("decision/")
    approver.post("decision/completeness/", {"completeness-verdict": "complete"})
    assert "もう一つの判断も記録すると承認になります" in approver.page
    approver.post("decision/safety/", {"safety-verdict": "conditional", "safety-reasons": "前日に情勢を確かめること。"})
    assert "承認しました" in approver.page
    assert state_of(here) == RequestState.APPROVED

    officer.open("sending/")
    assert "外務省領事局領事サービスセンター" in officer.page
    assert "外務大臣官房領事移住部長" in officer.page, "what the notice itself says stands beside the desk of today"
    officer.post("sending/letter/", {**LETTER, "letter-dated_on": here.on.isoformat()})
    assert "送付用PDFを作っています" in officer.page
    assert 'hx-trigger="every 2s"' in officer.page
    officer.open("sending/packet/")
    assert "送付用PDFを開く" not in officer.page

    for job in Job.objects.all():
        assert worker.run(job.pk)
    finished = officer.open("sending/packet/", status=286)
    assert "送付用PDFを開く" in finished
    assert "hx-trigger" not in finished
    pdf = officer.client.get(officer.url("sending/packet.pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].startswith("inline")

    officer.open("sending/")
    sent = {"channel": "email", "sent_on": here.on.isoformat(), "evidence": "送信控え 15時02分"}
    officer.post("sending/dispatch/", sent)
    assert "送付を記録しました" in officer.page
    assert state_of(here) == RequestState.FORWARDED
    assert Dispatch.objects.get().channel == Channel.EMAIL
    assert Dispatch.objects.get().packet == Packet.objects.get()

    school, timeline = at_desk(here, here.principal), f"/trips/{here.request.trip_id}/timeline/"
    assert "外務省の窓口に連絡してください" in school.open(timeline)
    question = {
        "ask-desk": "領事局領事サービスセンター",
        "ask-asked_on": here.on.isoformat(),
        "ask-question": "1月の治安",
    }
    school.post(f"/trips/{here.request.trip_id}/inquiries/", question)
    assert "外務省の窓口に連絡してください" not in school.open(timeline), "the school has asked"

    officer.post("sending/receipt/", {"received_on": here.on.isoformat(), "evidence": "受領の返信メール"})
    assert "に間に合っています" in officer.page
    assert state_of(here) == RequestState.ACKNOWLEDGED
    assert Receipt.objects.get().received_on == here.on

    reply = {"source": "mission", "source_name": "見本公館", "received_on": here.on.isoformat(), "text": "路面に注意。"}
    officer.post("sending/reply/", reply)
    officer.post("sending/reply/", reply)
    assert Reply.objects.count() == 1, "pressed twice, recorded once"
    assert "学校は未確認" in officer.page

    officer.open("history/")
    for line in ("確認を始めました", "承認しました", "外務省へ送付しました", "外務省の受領を記録しました"):
        assert line in officer.page
    assert newest(here).sha256 in officer.page
    assert LetterRecord.objects.count() == 1
    assert Event.objects.filter(name="packet.opened").count() == 1
