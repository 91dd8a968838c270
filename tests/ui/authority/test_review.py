"""The check, the remarks and the decisions: who is refused, in which words, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.plan import store_dossier
from mofa_requests.enums import RemarkKind, RequestState
from mofa_requests.models import Decision, MofaRequest, Remark, TickSheet
from portal.accounts.models import Membership
from portal.audit.models import Event
from portal.dossier.types import Dossier, Edition
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.models import Org
from tests.factories.cast import Seat, World, seat
from tests.ui.authority.conftest import ALL_PRESENT, Desk, state_of, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]


def claimed(made: World) -> None:
    submitted(made)
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)


def to_follow(dossier: Dossier, day: dt.date) -> Dossier:
    """The plan with its first flight number still to come by ``day``."""
    first, *rest = dossier.legs
    return dossier.model_copy(update={"legs": (first.model_copy(update={"number": None, "to_follow_on": day}), *rest)})


def rewrite(made: World, dossier: Dossier) -> None:
    with made.drafter.at_work() as by:
        store_dossier(queries.get_for(made.request.pk).trip, dossier, by=by)


def test_ticks_of_two_officers_at_once_lose_nothing(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    mine, theirs = at_desk(here, here.officer), at_desk(here, here.approver)
    mine.open()
    theirs.open()
    theirs.post("", {"result_2": "missing", "note_2": "郵便番号が違う。"})
    typed = {"result_2": "present", "note_2": "原本で確かめた。髙﨑"}
    mine.post("", typed, status=409)
    assert "ほかの担当者が先に照合を保存しました" in mine.page
    assert "原本で確かめた。髙﨑</textarea>" in mine.page, "what I wrote is still there"
    assert "欠落 郵便番号が違う。" in mine.page, "what is stored stands beside it"
    assert TickSheet.objects.get().ticks[0]["result"] == "missing"

    mine.post("", typed)
    assert TickSheet.objects.get().ticks == [{"item": "2", "result": "present", "note": "原本で確かめた。髙﨑"}]


def test_a_tick_against_a_failing_rule_needs_a_reason(here: World, at_desk: AtDesk) -> None:
    rewrite(here, to_follow(here.dossier, here.on))
    claimed(here)
    desk = at_desk(here, here.officer)
    with clock.stopped_at(here.on + dt.timedelta(days=1)):
        desk.open()
        assert "規則では不備" in desk.page
        desk.post("", {**ALL_PRESENT, "note_4": "フロントに確認済み。"}, status=422)
        assert "それでも「記載あり」とする理由を書いてください" in desk.page
        assert "フロントに確認済み。" in desk.page
        assert not TickSheet.objects.exists()
        desk.post("", {**ALL_PRESENT, "note_1": "旅行会社の確定通知を見た。"})
        assert len(TickSheet.objects.get().ticks) == 7


def test_a_note_without_a_result_is_not_swallowed(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    desk = at_desk(here, here.officer)
    desk.open()
    desk.post("", {"note_3": "夜間の番号を確かめる。"}, status=422)
    assert "照合の結果も選んでください" in desk.page
    assert "夜間の番号を確かめる。</textarea>" in desk.page


def test_whoever_submitted_may_neither_claim_nor_decide(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    person = here.principal.membership.user
    board = here.officer.org
    held = Membership.objects.create(user=person, org=board, role=Role.AUTHORITY_APPROVER.value, title="課長")
    Membership.objects.filter(user=person).exclude(pk=held.pk).update(active=False)
    desk = at_desk(here, Seat(held))
    desk.open()
    assert "あなたが提出した依頼です" in desk.page
    desk.post("claim/")
    assert "提出した本人は、同じ依頼を確認・判断できません" in desk.page
    assert state_of(here) == RequestState.SUBMITTED

    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)
    desk.open("decision/")
    desk.post("decision/safety/", {"safety-verdict": "clear", "safety-reasons": "支障はない。"}, status=409)
    assert "提出した本人は" in desk.page
    assert "支障はない。</textarea>" in desk.page
    assert not Decision.objects.exists()


def test_the_second_decider_is_told_who_was_first(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    second = seat(Role.AUTHORITY_APPROVER, here.approver.org)
    first_desk, second_desk = at_desk(here, here.approver), at_desk(here, second)
    first_desk.open("decision/")
    second_desk.open("decision/")
    first_desk.post("decision/safety/", {"safety-verdict": "clear"})
    second_desk.post("decision/safety/", {"safety-verdict": "refused", "safety-reasons": "情勢が悪い。"}, status=409)
    assert f"{here.approver.membership.user}さんが12時00分に判断しています" in second_desk.page
    assert "情勢が悪い。</textarea>" in second_desk.page
    assert Decision.objects.get().verdict == "clear"
    assert state_of(here) == RequestState.IN_REVIEW


def test_a_stale_revision_is_refused_and_the_text_kept(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    desk = at_desk(here, here.approver)
    desk.open("decision/")
    with here.officer.at_work() as by:
        revision = queries.revision_of(here.request)
        review.write_remark(revision, "直してください", kind=RemarkKind.WRONG, by=by)
        review.return_for_correction(queries.get_for(here.request.pk), by=by)
    renamed = here.dossier.outline.model_copy(update={"title": "第2学年 台湾修学旅行(改)"})
    rewrite(here, here.dossier.model_copy(update={"outline": renamed}))
    submitted(here)
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)

    typed = {"safety-verdict": "conditional", "safety-reasons": "前日に情勢を確かめる。"}
    desk.post("decision/safety/", typed, status=409)
    assert "第2版を提出しています" in desk.page
    assert "前日に情勢を確かめる。</textarea>" in desk.page
    assert not Decision.objects.exists()

    page = desk.open()
    assert "第1版から変わった点 1件" in page
    assert "第2学年 台湾修学旅行(改)</ins>" in page
    desk.open("remarks/")
    assert "第1版への指摘" in desk.page


def test_a_button_of_an_older_revision_does_nothing(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    desk = at_desk(there, there.endorser)
    desk.open()
    with there.endorser.at_work() as by:
        review.write_remark(queries.revision_of(there.request), "日付が違います", kind=RemarkKind.WRONG, by=by)
        review.return_for_correction(queries.get_for(there.request.pk), by=by)
    submitted(there)
    desk.post("endorse/")
    assert "新しい版を確かめてから" in desk.page
    assert MofaRequest.objects.get(pk=there.request.pk).endorsed_at is None


def test_the_municipal_board_endorses_before_anybody_claims(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    city, prefecture = at_desk(there, there.endorser), at_desk(there, there.officer)
    prefecture.open()
    assert "経由の確認が済むと、確認を始められます" in prefecture.page
    assert "/claim/" not in prefecture.page
    prefecture.post("claim/", {"revision": 1})
    assert "経由確認がまだ済んでいません" in prefecture.page
    assert "見本市教育委員会" in prefecture.open("/inbox/"), "whom it waits for"

    city.open()
    assert "照合を保存する" not in city.page
    city.post("endorse/")
    assert "経由を確認しました" in city.page
    assert "/endorse/" not in city.page
    assert "/return/" not in city.page, "after endorsing, only the forwarding authority returns"
    prefecture.open()
    prefecture.post("claim/")
    assert state_of(there) == RequestState.IN_REVIEW


def test_the_municipal_board_returns_with_a_remark_of_its_own(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    city = at_desk(there, there.endorser)
    city.open("remarks/")
    city.post("remarks/", {"pointer": "", "kind": "wrong", "audience": "school", "text": "校長印の日付を直す。"})
    city.open("return/")
    city.post("return/")
    assert state_of(there) == RequestState.RETURNED
    assert Remark.objects.get().written_for == there.endorser.org


def test_an_officer_may_return_by_decision_but_not_approve(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    desk = at_desk(here, here.officer)
    desk.open("decision/")
    desk.post("decision/completeness/", {"completeness-verdict": "complete"}, status=422)
    desk.post("decision/completeness/", {"completeness-verdict": "incomplete"}, status=422)
    assert "理由か条件を書いてください" in desk.page
    wanted = {"completeness-verdict": "incomplete", "completeness-reasons": "保険会社の夜間の番号がない。"}
    desk.post("decision/completeness/", wanted)
    assert "学校へ差し戻しました" in desk.page
    assert state_of(here) == RequestState.RETURNED
    assert Remark.objects.get().text == "保険会社の夜間の番号がない。"


def test_completeness_is_not_decided_before_the_ticks(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    desk = at_desk(here, here.approver)
    desk.open("decision/")
    desk.post("decision/completeness/", {"completeness-verdict": "complete"}, status=409)
    assert "別添三の照合が終わっていません" in desk.page
    assert 'value="complete" id' in desk.page


def test_names_open_on_purpose_and_are_recorded(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)
    named = next(person.name for person in here.dossier.participants if person.name)
    assert named not in desk.open()
    assert named not in desk.open("plan/")
    assert named not in desk.open("roster/")
    desk.post("roster/")
    assert named in desk.page
    assert Event.objects.filter(name="persons.opened", actor_user=here.officer.membership.user).count() == 1
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=21)):
        assert named not in desk.open("roster/"), "after a while the page asks again"
    assert here.approver.membership.user.pk != here.officer.membership.user.pk
    assert named not in at_desk(here, here.approver).open("roster/"), "opened for one person, not for all"


def test_no_names_under_an_edition_that_sends_none(here: World, at_desk: AtDesk) -> None:
    Org.objects.filter(pk=here.officer.org.pk).update(edition=Edition.Y2016.value)
    rewrite(here, here.dossier.model_copy(update={"edition": Edition.Y2016}))
    submitted(here)
    desk = at_desk(here, here.officer)
    desk.open("roster/")
    assert "氏名は表示しません" in desk.page
    desk.post("roster/", {"revision": 1})
    assert "氏名を送付しないため" in desk.page
    assert not Event.objects.filter(name="persons.opened").exists()


def test_a_foreign_authority_finds_nothing(here: World, there: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, there.officer)
    for path in ("", "plan/", "roster/", "remarks/", "return/", "decision/", "sending/", "history/"):
        assert desk.client.get(desk.url(path)).status_code == 404
    for path in ("claim/", "release/", "sending/letter/", "sending/dispatch/", "decision/safety/"):
        assert desk.client.post(desk.url(path), {"revision": 1}).status_code == 404


def test_a_draft_is_not_the_authoritys_to_see(here: World, at_desk: AtDesk) -> None:
    assert at_desk(here, here.officer).client.get(f"/inbox/{here.request.pk}/").status_code == 404


def test_released_work_keeps_ticks_and_waits_for_the_next(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    desk = at_desk(here, here.officer)
    desk.open()
    desk.post("", ALL_PRESENT)
    desk.post("release/")
    assert state_of(here) == RequestState.SUBMITTED
    assert "<strong>照合: 記載あり</strong>" in desk.page
    assert 'name="result_1"' not in desk.page
