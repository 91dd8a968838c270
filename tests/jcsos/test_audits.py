"""A campaign from sample to closed audit, by the hand that may do each step, and everything that must not happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from jcsos.actions import leave, set_consent
from jcsos.actions.audits import ask_more, assess, hand_in, move_deadline, remind, send_result, settle, take_up
from jcsos.actions.campaigns import close_campaign, draw_sample, open_campaign
from jcsos.actions.evidence import MAX_BYTES, Upload, give_evidence, open_evidence, withdraw_evidence
from jcsos.actions.findings import (
    confirm_finding,
    drop_finding,
    move_correction,
    refuse_correction,
    reply_to,
    report_correction,
    uphold,
    verify_correction,
    write_finding,
)
from jcsos.enums import AuditState, CampaignState, Due, FindingState, Gravity, Population, Verdict
from jcsos.models import Assessment, AuditStep, Campaign, Evidence, Finding, Membership, TripAudit
from jcsos.queries.audits import assessments_of, benchmark, evidence_of, findings_of, population_of
from jcsos.rules.sampling import draw
from mofa_requests.models import Revision
from portal.audit.models import Event
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import World
from tests.jcsos.audits import WEEK, Round, plan, started
from tests.jcsos.conftest import Office

PDF = b"%PDF-1.7 " + "事前指導の資料(見本)".encode()


@pytest.fixture
def audit(office: Office, here: World, revision: Revision, settings: Any, tmp_path: Path) -> Round:
    """A drawn campaign; files of this test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return started(office, here)


def later(days: int) -> Any:
    """The clock, so many days after the day it stands on."""
    return clock.stopped_at(clock.today() + dt.timedelta(days=days))


def mails(event: str) -> int:
    return OutboundMail.objects.filter(event=event).count()


def test_a_whole_campaign(audit: Round, office: Office, here: World, django_capture_on_commit_callbacks: Any) -> None:
    audit.announced()
    assert mails("audit_announced") == 2, "drafter and principal"
    with here.drafter.at_work() as by:
        given = give_evidence(audit.audit, "AC01", statement="9月に実施", upload=Upload("指導.pdf", PDF), by=by)
    audit.handed_in()
    with office.auditor.at_work() as by:
        assert open_evidence(Evidence.objects.get(pk=given.pk), by=by) == PDF
    audit.assessed(faults=("AC01",))
    grave = audit.finding(gravity=Gravity.GRAVE)
    with office.second.at_work() as by:
        confirm_finding(grave, by=by)
    audit.sent()
    with here.principal.at_work() as by:
        reply_to(Finding.objects.get(), "補講は12月に行います", by=by)
    with office.auditor.at_work() as by:
        uphold(Finding.objects.get(), correction="補講の記録を残す", owner="教頭", due_on=clock.today() + WEEK, by=by)
        settle(audit.audit, by=by)
    with here.drafter.at_work() as by:
        report_correction(Finding.objects.get(), "12月3日に補講し、出席を記録した", by=by)
    assert audit.again().state_kind is AuditState.VERIFYING
    with office.auditor.at_work() as by:
        refuse_correction(Finding.objects.get(), reason="人数がありません", due_on=clock.today() + WEEK, by=by)
    with here.drafter.at_work() as by:
        report_correction(Finding.objects.get(), "3人が出席した", by=by)
    with office.auditor.at_work() as by:
        verify_correction(Finding.objects.get(), by=by)
    assert audit.again().state_kind is AuditState.CLOSED
    with office.auditor.at_work() as by:
        assert close_campaign(audit.campaign, by=by).state_kind is CampaignState.CLOSED
    told = list(AuditStep.objects.values_list("name", flat=True))
    assert told == [
        "announce", "evidence_given", "hand_in", "send_result", "replied", "upheld", "settle", "reported", "report",
        "refused", "reported", "report", "verified", "close",
    ]  # fmt: skip
    assert (mails("audit_result"), mails("audit_correction"), mails("audit_closed")) == (2, 4, 2)
    with here.drafter.at_work():
        seen = set(Event.objects.filter(trip_id=here.request.trip_id).values_list("name", flat=True))
    assert {"member_audit.step", "member_audit.evidence_opened", "member_audit.finding_confirmed"} <= seen


def test_the_sample_can_be_drawn_again_from_what_is_shown(audit: Round, office: Office) -> None:
    with office.auditor.at_work():
        campaign = Campaign.objects.get(pk=audit.campaign.pk)
        population = [request.pk for request in population_of(campaign)]
    assert (campaign.population_size, campaign.drawn_size, campaign.seed) == (1, 1, 20261122)
    assert draw(population, seed=campaign.seed, size=1) == (audit.audit.request_id,)


def test_a_campaign_is_drawn_once(audit: Round, office: Office) -> None:
    with pytest.raises(Refused, match="抽出は済んで"), office.auditor.at_work() as by:
        draw_sample(audit.campaign, by=by)
    assert TripAudit.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"period_from": dt.date(2030, 1, 1), "period_to": dt.date(2030, 1, 2)},
        {"population": Population.UNIVERSITIES},
        {"population": Population.LATE},
    ],
)
def test_an_empty_population_is_said_and_nothing_is_drawn(
    office: Office, here: World, revision: Revision, changes: dict[str, Any]
) -> None:
    with office.auditor.at_work() as by:
        campaign = open_campaign(office.org.pk, plan(here, **changes), by=by)
    with pytest.raises(Refused, match="当てはまる旅行がありません"), office.auditor.at_work() as by:
        draw_sample(campaign, by=by)
    assert Campaign.objects.get().state_kind is CampaignState.PLANNED


def test_without_consent_there_is_no_population(
    office: Office, here: World, member: Membership, revision: Revision
) -> None:
    with here.principal.at_work() as by:
        set_consent(member, consents=False, by=by)
    with office.auditor.at_work() as by:
        campaign = open_campaign(office.org.pk, plan(here), by=by)
        with pytest.raises(Refused, match="当てはまる旅行がありません"):
            draw_sample(campaign, by=by)


def test_a_period_that_ends_before_it_begins_is_refused(office: Office, here: World) -> None:
    wrong = plan(here, period_from=dt.date(2027, 4, 1), period_to=dt.date(2027, 3, 1))
    with pytest.raises(Refused, match="期間の終わり"), office.auditor.at_work() as by:
        open_campaign(office.org.pk, wrong, by=by)


def test_the_school_learns_of_an_audit_with_its_announcement(audit: Round, here: World) -> None:
    with here.drafter.at_work():
        assert not TripAudit.objects.exists()
        assert not Campaign.objects.exists()
    audit.announced()
    with here.drafter.at_work():
        assert TripAudit.objects.get().state_kind is AuditState.EVIDENCE
        assert Campaign.objects.get().seed == 20261122


def test_drafts_of_findings_and_verdicts_stay_with_the_assessors(audit: Round, here: World) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    audit.finding()
    with here.principal.at_work():
        assert not Finding.objects.exists()
        assert not Assessment.objects.exists()
    audit.sent()
    with here.principal.at_work():
        assert Finding.objects.count() == 1
        assert Assessment.objects.count() == 7


def test_a_lapsed_member_is_out_of_sight_at_once_and_keeps_its_own(
    audit: Round, office: Office, here: World, member: Membership
) -> None:
    audit.announced()
    with office.members.at_work():
        leave(member, on=clock.today())
    with office.auditor.at_work():
        assert not TripAudit.objects.exists()
        assert not AuditStep.objects.exists()
    with pytest.raises(Refused, match="同意していない"), office.auditor.at_work() as by:
        take_up(audit.audit, by=by)
    with here.drafter.at_work():
        assert TripAudit.objects.count() == 1


def test_silence_moves_nothing_before_deadline_reminder_and_grace(audit: Round, office: Office) -> None:
    audit.announced()
    with office.auditor.at_work() as by, pytest.raises(Refused, match="期限がまだ"):
        take_up(audit.audit, by=by)
    with later(15):
        with office.auditor.at_work() as by, pytest.raises(Refused, match="通知なしに"):
            take_up(audit.audit, by=by)
        with office.auditor.at_work() as by:
            remind(audit.audit, by=by)
        with office.auditor.at_work() as by, pytest.raises(Refused, match="もう送りました"):
            remind(audit.audit, by=by)
    with later(22), office.auditor.at_work() as by, pytest.raises(Refused, match="7日間"):
        take_up(audit.audit, by=by)
    with later(23), office.auditor.at_work() as by:
        assert take_up(audit.audit, by=by).state_kind is AuditState.ASSESSING
    assert mails("audit_reminder") == 2


def test_a_moved_deadline_is_announced_and_needs_a_new_reminder(audit: Round, office: Office) -> None:
    audit.announced()
    with later(15):
        with office.auditor.at_work() as by:
            remind(audit.audit, by=by)
            move_deadline(audit.audit, Due.EVIDENCE, to=clock.today() + WEEK, reason="学校行事のため", by=by)
        assert mails("audit_due_moved") == 2
    with later(60), office.auditor.at_work() as by, pytest.raises(Refused, match="通知なしに"):
        take_up(audit.audit, by=by)


@pytest.mark.parametrize(
    ("days", "reason", "message"),
    [(0, "理由", "今日より後"), (14, "理由", "今と同じ日"), (20, "  ", "理由を書いて"), (None, "理由", "日付を入れて")],
)
def test_a_deadline_moves_only_forward_from_today_with_a_reason(
    audit: Round, office: Office, days: int | None, reason: str, message: str
) -> None:
    audit.announced()
    to = None if days is None else clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused, match=message), office.auditor.at_work() as by:
        move_deadline(audit.audit, Due.EVIDENCE, to=to, reason=reason, by=by)
    with pytest.raises(Refused, match="いま動いていない"), office.auditor.at_work() as by:
        move_deadline(audit.audit, Due.REPLY, to=clock.today() + WEEK, reason="理由", by=by)


def test_a_school_moves_no_deadline(audit: Round, here: World) -> None:
    audit.announced()
    with pytest.raises(Refused, match="監査担当だけ"), here.principal.at_work() as by:
        move_deadline(audit.audit, Due.EVIDENCE, to=clock.today() + 5 * WEEK, reason="忙しい", by=by)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x90\x00", "PDF・JPEG・PNG"),
        (b"<svg onload=alert(1)>", "PDF・JPEG・PNG"),
        (b"PK\x03\x04 a sheet", "PDF・JPEG・PNG"),
        (b"", "PDF・JPEG・PNG"),
        (b"%PDF-" + b"0" * MAX_BYTES, "10MB"),
    ],
    ids=["program", "drawing", "sheet", "empty", "huge"],
)
def test_huge_and_hostile_files_are_refused_with_a_reason(
    audit: Round, here: World, content: bytes, message: str
) -> None:
    audit.announced()
    with pytest.raises(Refused, match=message), here.drafter.at_work() as by:
        give_evidence(audit.audit, "AC01", statement="", upload=Upload("資料.pdf", content), by=by)
    assert not Evidence.objects.exists()


def test_evidence_without_anything_or_for_nothing_is_refused(audit: Round, office: Office, here: World) -> None:
    with pytest.raises(Refused, match="閲覧"), here.drafter.at_work() as by:
        give_evidence(audit.audit, "AC01", statement="早すぎる", upload=None, by=by)
    audit.announced()
    with pytest.raises(Refused, match="説明を書くか"), here.drafter.at_work() as by:
        give_evidence(audit.audit, "AC01", statement=" ", upload=None, by=by)
    with pytest.raises(Refused, match="その項目はありません"), here.drafter.at_work() as by:
        give_evidence(audit.audit, "AC99", statement="資料", upload=None, by=by)
    with pytest.raises(Refused, match="受け付けて"), office.auditor.at_work() as by:
        give_evidence(audit.audit, "AC01", statement="監査担当が書く", upload=None, by=by)


def test_a_withdrawn_piece_is_gone_and_its_reason_stays(
    audit: Round, office: Office, here: World, django_capture_on_commit_callbacks: Any
) -> None:
    audit.announced()
    with here.drafter.at_work() as by:
        given = give_evidence(audit.audit, "AC01", statement="", upload=Upload("../../名簿.pdf", PDF), by=by)
    stored = given.stored_name
    assert given.shown_name == "名簿.pdf"
    assert PDF not in Path(default_storage.path(stored)).read_bytes()
    with pytest.raises(Refused, match="理由を書いて"), here.drafter.at_work() as by:
        withdraw_evidence(given, reason="", by=by)
    with django_capture_on_commit_callbacks(execute=True), here.drafter.at_work() as by:
        withdraw_evidence(given, reason="氏名が写っていた", by=by)
    assert not default_storage.exists(stored)
    with office.auditor.at_work() as by:
        seen = evidence_of(audit.audit).get()
        assert (seen.statement, seen.withdrawn_reason, seen.has_file) == ("", "氏名が写っていた", False)
        with pytest.raises(Refused, match="取り下げられました"):
            open_evidence(seen, by=by)
    with pytest.raises(Refused, match="取り下げ済み"), here.drafter.at_work() as by:
        withdraw_evidence(given, reason="もう一度", by=by)


def test_more_evidence_can_be_asked_for(audit: Round, office: Office) -> None:
    audit.announced().handed_in()
    with pytest.raises(Refused, match="どの資料"), office.auditor.at_work() as by:
        ask_more(audit.audit, "", due_on=clock.today() + WEEK, by=by)
    with office.auditor.at_work() as by:
        asked = ask_more(audit.audit, "補講の記録", due_on=clock.today() + WEEK, by=by)
    assert (asked.state_kind, asked.asked_more) == (AuditState.EVIDENCE, "補講の記録")
    assert mails("audit_announced") == 4


def test_a_verdict_keeps_what_it_rested_on(audit: Round, office: Office, here: World) -> None:
    audit.announced()
    with here.drafter.at_work() as by:
        given = give_evidence(audit.audit, "AC04", statement="10月1日夜に掛けてつながった", upload=None, by=by)
    audit.handed_in().assessed()
    with here.drafter.at_work() as by:
        withdraw_evidence(given, reason="誤り", by=by)
    with office.auditor.at_work():
        cites = assessments_of(audit.audit)["AC04"].cites
    assert any(cite["source"].startswith("計画 第1版") for cite in cites)
    assert any(cite["text"] == "10月1日夜に掛けてつながった" for cite in cites)


def test_a_result_needs_every_verdict_a_finding_for_each_fault_and_two_for_a_grave_one(
    audit: Round, office: Office
) -> None:
    audit.announced().handed_in()
    with pytest.raises(Refused, match="まだ評価していない"), office.auditor.at_work() as by:
        send_result(audit.audit, reply_due_on=clock.today() + WEEK, by=by)
    with pytest.raises(Refused, match="理由を書いて"), office.auditor.at_work() as by:
        assess(audit.audit, "AC01", Verdict.NOT_MET, note="", by=by)
    audit.assessed(faults=("AC01", "AC06"))
    grave = audit.finding(gravity=Gravity.GRAVE)
    assert audit.finding(gravity=Gravity.GRAVE).pk == grave.pk, "pressed twice, written once"
    with pytest.raises(Refused, match="AC06"), office.auditor.at_work() as by:
        send_result(audit.audit, reply_due_on=clock.today() + WEEK, by=by)
    audit.finding("AC06", Gravity.MINOR)
    with pytest.raises(Refused, match="別の評価者"), office.auditor.at_work() as by:
        send_result(audit.audit, reply_due_on=clock.today() + WEEK, by=by)
    with pytest.raises(Refused, match="自分の書いた"), office.auditor.at_work() as by:
        confirm_finding(grave, by=by)
    with office.second.at_work() as by:
        confirm_finding(grave, by=by)
        with pytest.raises(Refused, match="確認済み"):
            confirm_finding(grave, by=by)
    assert audit.sent().audit.state_kind is AuditState.REPLY


def test_the_database_refuses_a_second_pair_of_eyes_that_is_the_first(audit: Round) -> None:
    audit.announced().handed_in()
    finding = audit.finding(gravity=Gravity.GRAVE)
    with pytest.raises(IntegrityError, match="second_pair_of_eyes"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(confirmed_at=clock.now(), confirmed_by=finding.written_by)


def test_without_faults_the_school_is_told_that_it_passed(audit: Round) -> None:
    audit.announced().handed_in().assessed().sent()
    assert audit.audit.state_kind is AuditState.CLOSED
    assert mails("audit_result") == 2


def test_every_finding_dropped_closes_with_a_notice(audit: Round, office: Office, here: World) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    audit.finding()
    audit.sent()
    with here.principal.at_work() as by:
        reply_to(Finding.objects.get(), "別紙のとおり補講は済んでいます", by=by)
    with office.auditor.at_work() as by, pytest.raises(Refused, match="決めていない"):
        settle(audit.audit, by=by)
    with office.auditor.at_work() as by:
        drop_finding(Finding.objects.get(), reason="補講を確かめた", by=by)
        assert settle(audit.audit, by=by).state_kind is AuditState.CLOSED
    assert mails("audit_closed") == 2


def test_a_finding_without_reply_is_upheld_only_after_notice_and_grace(audit: Round, office: Office) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    finding = audit.finding()
    audit.sent()
    asked: Callable[..., Finding] = lambda by: uphold(  # noqa: E731
        finding, correction="補講の記録", owner="教頭", due_on=clock.today() + WEEK, by=by
    )
    with office.auditor.at_work() as by, pytest.raises(Refused, match="期限がまだ"):
        asked(by)
    with later(15), office.auditor.at_work() as by:
        remind(audit.audit, by=by)
    with later(23), office.auditor.at_work() as by:
        assert asked(by).state_kind is FindingState.UPHELD


@pytest.mark.parametrize(
    ("correction", "owner", "days", "message"),
    [("", "教頭", 7, "何を直して"), ("記録", " ", 7, "どの役職"), ("記録", "教頭", 0, "今日より後")],
)
def test_a_correction_has_contents_an_owner_and_a_day(
    audit: Round, office: Office, here: World, correction: str, owner: str, days: int, message: str
) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    finding = audit.finding()
    audit.sent()
    with here.principal.at_work() as by:
        reply_to(finding, "異議ありません", by=by)
    due = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused, match=message), office.auditor.at_work() as by:
        uphold(finding, correction=correction, owner=owner, due_on=due, by=by)


def test_the_day_of_a_correction_moves_with_a_notice(audit: Round, office: Office, here: World) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    finding = audit.finding()
    audit.sent()
    with here.principal.at_work() as by:
        reply_to(finding, "異議ありません", by=by)
    with office.auditor.at_work() as by:
        uphold(finding, correction="補講", owner="教頭", due_on=clock.today() + WEEK, by=by)
        settle(audit.audit, by=by)
        moved = move_correction(finding, to=clock.today() + 3 * WEEK, reason="学期末のため", by=by)
    assert moved.correction_due_on == clock.today() + 3 * WEEK
    assert mails("audit_due_moved") == 2


def test_only_the_head_replies_and_only_in_time_of_reply(audit: Round, here: World) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    finding = audit.finding()
    audit.sent()
    with pytest.raises(Refused, match="あなたの役割"), here.drafter.at_work() as by:
        reply_to(finding, "起案者の意見", by=by)
    with pytest.raises(Refused, match="意見を書いて"), here.principal.at_work() as by:
        reply_to(finding, " ", by=by)
    with here.principal.at_work() as by:
        reply_to(finding, "異議ありません", by=by)
        with pytest.raises(Refused, match="いまの状態"):
            reply_to(finding, "やはり異議があります", by=by)


def test_a_step_out_of_turn_is_refused(audit: Round, office: Office, here: World) -> None:
    with pytest.raises(Refused, match="いまの状態"), office.auditor.at_work() as by:
        take_up(audit.audit, by=by)
    with pytest.raises(Refused, match="評価中"), office.auditor.at_work() as by:
        write_finding(audit.audit, "AC01", Gravity.MINOR, "早すぎる", by=by)
    audit.announced().handed_in()
    with pytest.raises(Refused, match="いまの状態"), here.drafter.at_work() as by:
        hand_in(audit.audit, by=by)
    with pytest.raises(Refused, match="終わっていない監査が1件"), office.auditor.at_work() as by:
        close_campaign(audit.campaign, by=by)


def test_shares_of_fewer_than_five_schools_are_hidden(audit: Round, office: Office) -> None:
    audit.announced().handed_in().assessed().sent()
    with office.auditor.at_work():
        assert benchmark(audit.campaign) == {}
        assert findings_of(audit.audit).count() == 0
