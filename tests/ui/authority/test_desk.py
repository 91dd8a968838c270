"""The desk's own steps: correction days, late items, handing over, taking back, two people, what changed since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.authority import save_authority_rules
from mofa_requests.actions.conditions import LateItem, meet_condition
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.plan import store_dossier
from mofa_requests.actions.sending import fix_letter, forward
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RemarkKind, RequestState, Topic
from mofa_requests.facts import AuthorityRules
from mofa_requests.models import Condition, MofaRequest, Remark
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat
from tests.ui.authority.conftest import Desk, newest, state_of, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
TICKS = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
LETTER = Letter(number="7教高第1024号", channel=Channel.EMAIL, sender_body="見本県教育委員会", sender_title="教育長")
CONDITIONAL = {"safety-verdict": "conditional", "safety-reasons": "名簿がそろうこと。"}


def claimed(made: World, by: Seat | None = None) -> None:
    submitted(made)
    with (by or made.officer).at_work() as actor:
        review.claim_review(queries.get_for(made.request.pk), by=actor)


def ticked(made: World, by: Seat) -> None:
    with by.at_work() as actor:
        review.save_ticks(newest(made), TICKS, base_version=0, by=actor)


def remarked(
    made: World, text: str = "夜間の番号を確かめてください", pointer: str = "/home_contacts/0/night_phone"
) -> None:
    with made.officer.at_work() as by:
        review.write_remark(newest(made), text, kind=RemarkKind.WRONG, by=by, pointer=pointer)


def answered(made: World) -> None:
    with made.principal.at_work() as by:
        for remark in Remark.objects.filter(request_id=made.request.pk, answered_at=None, internal=False):
            review.answer_remark(remark, "直しました", by=by)


def resubmitted(made: World, **changes: object) -> None:
    with made.drafter.at_work() as by:
        store_dossier(made.request.trip, made.dossier.model_copy(update=changes), by=by)
    with made.principal.at_work() as by:
        submit(made.request, by=by, title="校長", on=made.on)


def test_a_return_carries_the_day_it_is_wanted_back(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    remarked(here)
    desk = at_desk(here, here.officer)
    assert "直しの期限" in desk.open("return/")
    desk.post("return/", {"due_on": (here.on - dt.timedelta(days=1)).isoformat()}, status=422)
    assert "今日か、今日より後の日を書いてください" in desk.page
    assert state_of(here) == RequestState.IN_REVIEW
    day = here.on + dt.timedelta(days=4)
    desk.post("return/", {"due_on": day.isoformat()})
    assert MofaRequest.objects.get(pk=here.request.pk).correction_due_on == day
    assert "直しの期限" in desk.open()
    resubmitted(here)
    assert MofaRequest.objects.get(pk=here.request.pk).correction_due_on is None


def test_a_return_is_taken_back_and_its_text_stays(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    remarked(here)
    with here.officer.at_work() as by:
        review.return_for_correction(queries.get_for(here.request.pk), by=by)
    desk = at_desk(here, here.approver)
    assert "差戻しを取り消す" in desk.open("recall/")
    desk.post("recall/")
    assert "差戻しを取り消しました" in desk.page
    assert state_of(here) == RequestState.IN_REVIEW
    assert "夜間の番号を確かめてください" in desk.open("remarks/")
    told = OutboundMail.objects.filter(event="recalled").values_list("recipient_id", flat=True)
    assert here.principal.membership.user_id in set(told)
    with here.officer.at_work() as by:
        review.return_for_correction(queries.get_for(here.request.pk), by=by)
    twice = OutboundMail.objects.filter(event="returned", recipient=here.principal.membership.user)
    assert twice.count() == 2, "the second return of the same version is told as well"


def test_a_corrected_place_comes_back_with_its_badge(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    remarked(here, "校長の電話ではなく担当の番号を書いてください")
    remarked(here, "日程の記載を確かめてください", pointer="/outline/purpose")
    with here.officer.at_work() as by:
        review.return_for_correction(queries.get_for(here.request.pk), by=by)
    first, *rest = here.dossier.home_contacts
    changed = first.model_copy(update={"night_phone": "090-0000-1234", "night_phone_is_24h": None})
    resubmitted(here, home_contacts=(changed, *rest))
    page = at_desk(here, here.officer).open("remarks/")
    assert page.count("修正済") == 1, "one place was changed, the other was not"
    inbox = at_desk(here, here.officer).open("/inbox/?mark=corrected")
    assert "再提出 第2版" in inbox


def test_the_changes_can_be_counted_from_the_filing_or_switched_off(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    ticked(here, here.officer)
    for number, title in ((1, "題を改めた旅行"), (2, "もう一度改めた旅行")):
        remarked(here, f"{number}回目の指摘", pointer="/outline/title")
        with here.officer.at_work() as by:
            review.return_for_correction(queries.get_for(here.request.pk), by=by)
        resubmitted(here, outline=here.dossier.outline.model_copy(update={"title": title}))
        if number == 1:
            with here.officer.at_work() as by:
                review.claim_review(queries.get_for(here.request.pk), by=by)
    desk = at_desk(here, here.officer)
    page = desk.open()
    assert "前回確認した第2版から変わった点 1件" in page
    assert "<del>題を改めた旅行</del>" in page
    first = desk.open("?since=first")
    assert "最初に提出された第1版から変わった点 1件" in first
    assert f"<del>{here.dossier.outline.title}</del>" in first
    off = desk.open("?since=none")
    assert "版の違いを出していません" in off
    assert "<del>" not in off


def test_an_unanswered_remark_stands_in_the_way_of_every_favourable_decision(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    ticked(here, here.officer)
    remarked(here)
    desk = at_desk(here, here.approver)
    desk.open("decision/")
    desk.post("decision/completeness/", {"completeness-verdict": "complete"}, status=409)
    assert "回答を待っている指摘が1件あります" in desk.page
    answered(here)
    desk.open("decision/")
    desk.post("decision/completeness/", {"completeness-verdict": "complete"})
    assert "もう一つの判断も記録すると承認になります" in desk.page


def test_late_items_are_named_waited_for_and_recorded(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    ticked(here, here.officer)
    desk, day = at_desk(here, here.approver), here.on + dt.timedelta(days=5)
    desk.open("decision/")
    half = {**CONDITIONAL, "safety-late1_text": "受入家庭の一覧"}
    desk.post("decision/safety/", half, status=422)
    assert "届くものと期限は、両方書いてください" in desk.page
    clear = {"safety-verdict": "clear", "safety-late1_text": "一覧", "safety-late1_on": day.isoformat()}
    desk.post("decision/safety/", clear, status=422)
    assert "「条件付き」のときだけです" in desk.page
    assert not Condition.objects.exists()
    desk.post("decision/safety/", {**half, "safety-late1_on": day.isoformat()})
    assert "受入家庭の一覧" in desk.open("decision/")
    assert "待っています" in desk.page
    with clock.stopped_at(day + dt.timedelta(days=1)):
        assert "期限を過ぎています" in desk.open("decision/")
    condition = Condition.objects.get()
    desk.post("conditions/", {"condition": str(condition.pk), "note": ""})
    assert "何が届いたか" in desk.page
    desk.post("conditions/", {"condition": str(condition.pk), "note": "5月1日にメールで届いた"})
    desk.post("conditions/", {"condition": str(condition.pk), "note": "二度目"})
    assert "この条件は記録済みです" in desk.page
    condition.refresh_from_db()
    assert condition.met_note == "5月1日にメールで届いた"


def test_a_missed_condition_stops_the_sending(here: World) -> None:
    claimed(here)
    ticked(here, here.officer)
    late = [LateItem("受入家庭の一覧", here.on)]
    with here.approver.at_work() as by:
        review.decide(newest(here), Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(
            newest(here), Topic.SAFETY, "conditional", reasons="一覧が届くこと", by=by, title="課長", conditions=late
        )
        letter = fix_letter(newest(here), LETTER.model_copy(update={"dated_on": here.on}), by=by)
        packet = store_packet(letter.pk, Rendered(b"%PDF-1.7 x", 1, "0" * 64, (), ()), by=by)
    tomorrow = here.on + dt.timedelta(days=1)
    sent = {"channel": Channel.EMAIL, "sent_on": tomorrow, "evidence": "送信控え"}
    with clock.stopped_at(tomorrow), here.officer.at_work() as by:
        with pytest.raises(Refused, match="受入家庭の一覧"):
            forward(queries.get_for(here.request.pk), packet, by=by, **sent)
        meet_condition(Condition.objects.get(), "メールで届いた", by=by)
        forward(queries.get_for(here.request.pk), packet, by=by, **sent)
    assert state_of(here) == RequestState.FORWARDED


def test_a_review_is_handed_to_a_colleague_who_is_told(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    colleague, stranger = seat(Role.AUTHORITY_OFFICER, here.officer.org), seat(Role.SCHOOL_DRAFTER, here.principal.org)
    desk = at_desk(here, here.officer)
    page = desk.open("hand-over/")
    assert str(colleague.membership.pk) in page
    assert str(stranger.membership.pk) not in page
    desk.post("hand-over/", {"to": str(stranger.membership.pk)}, status=422)
    assert "引き継ぐ相手を選んでください" in desk.page or "正しく選択" in desk.page
    desk.open("hand-over/")
    desk.post("hand-over/", {"to": str(colleague.membership.pk)})
    assert f"{colleague.membership.user}さんに引き継ぎ、知らせました" in desk.page
    assert MofaRequest.objects.get(pk=here.request.pk).claimed_by_id == colleague.membership.user_id
    assert OutboundMail.objects.get(event="handed_over").recipient_id == colleague.membership.user_id


def test_where_two_decide_the_one_who_ticked_does_not_approve(here: World, at_desk: AtDesk) -> None:
    with here.approver.at_work() as by:
        save_authority_rules(
            here.approver.org, AuthorityRules(two_person=True), dated_from=here.on, base_version=0, by=by
        )
    claimed(here, here.approver)
    ticked(here, here.approver)
    desk = at_desk(here, here.approver)
    desk.open("decision/")
    desk.post("decision/completeness/", {"completeness-verdict": "complete"}, status=409)
    assert "二人で確かめる決まりです" in desk.page
    second = at_desk(here, seat(Role.AUTHORITY_APPROVER, here.approver.org))
    second.open("decision/")
    second.post("decision/completeness/", {"completeness-verdict": "complete"})
    second.post("decision/safety/", {"safety-verdict": "clear"})
    assert state_of(here) == RequestState.APPROVED
