"""Late items are asked for when near and when missed, and no more once they came; a missed one recalls the approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.chasing import chase
from mofa_requests.actions.conditions import LateItem, meet_condition
from mofa_requests.actions.handing import recall_return
from mofa_requests.actions.revoking import revoke_approval
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import Condition, MofaRequest, Remark
from portal.dossier.types import Tick, TickResult
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import Seat, World, world
from tests.ui.authority.conftest import Desk, at_desk, relaxed

__all__ = ["at_desk", "relaxed"]
pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
_WEEK = dt.timedelta(weeks=1)
REASON = "名簿の期限が過ぎたため、承認を取り消します。"


@pytest.fixture
def approved(db: None, relaxed: None) -> Iterator[World]:
    """A plan approved on the condition that a list comes within a week."""
    made = world()
    with clock.stopped_at(made.on):
        with made.principal.at_work() as by:
            revision = submit(made.request, by=by, title="校長", on=made.on)
        with made.officer.at_work() as by:
            review.claim_review(queries.get_for(made.request.pk), by=by)
            ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
            review.save_ticks(revision, ticks, base_version=0, by=by)
        late = [LateItem("受入家庭の一覧", made.on + _WEEK)]
        with made.approver.at_work() as by:
            review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
            review.decide(
                revision, Topic.SAFETY, "conditional", reasons="一覧が届くこと", by=by, title="課長", conditions=late
            )
        yield made


def chased(made: World, *, on: dt.date) -> list[str]:
    """Who was asked for late items up to now, after the reminders of a day went out."""
    with clock.stopped_at(on), made.officer.at_work():
        chase(on=on)
    events = OutboundMail.objects.filter(event__startswith="condition").order_by("id")
    principal, officer = made.principal.membership.user_id, made.officer.membership.user_id
    seen = events.filter(recipient_id__in=(principal, officer)).values_list("event", flat=True)
    return list(seen)


def test_a_late_item_is_asked_for_when_near_and_when_missed(approved: World) -> None:
    due = approved.on + _WEEK
    assert chased(approved, on=approved.on) == []
    assert chased(approved, on=due - dt.timedelta(days=1)) == ["condition_due"]
    assert chased(approved, on=due) == ["condition_due"], "the same reminder goes out once"
    missed = chased(approved, on=due + dt.timedelta(days=1))
    assert sorted(missed) == ["condition_due", "condition_due", "condition_missed"]
    assert chased(approved, on=due + dt.timedelta(days=2)) == missed


def test_nobody_is_asked_for_what_came(approved: World) -> None:
    with approved.officer.at_work() as by:
        meet_condition(Condition.objects.get(), "一覧を受け取った", by=by)
    assert chased(approved, on=approved.on + 2 * _WEEK) == []


def test_an_approval_is_recalled_with_its_reason_and_the_next_version_is_judged_anew(
    approved: World, at_desk: AtDesk
) -> None:
    desk = at_desk(approved, approved.approver)
    assert "承認を取り消して差し戻す" in desk.open("decision/")
    desk.post("revoke/", {"reasons": " "})
    assert "承認を取り消す理由を書いてください" in desk.page
    desk.open("decision/")
    desk.post("revoke/", {"reasons": REASON})
    assert "承認を取り消し、理由を指摘として学校へ差し戻しました" in desk.page
    request = MofaRequest.objects.get(pk=approved.request.pk)
    assert (request.state, request.approved_at) == (RequestState.RETURNED, None)
    assert Remark.objects.get(text=REASON).internal is False
    with approved.officer.at_work() as by, pytest.raises(Refused, match="承認を取り消した差戻し"):
        recall_return(queries.get_for(approved.request.pk), by=by)
    with approved.principal.at_work() as by:
        review.answer_remark(Remark.objects.get(text=REASON), "一覧を付けました", by=by)
        again = submit(request, by=by, title="校長", on=approved.on)
    assert queries.decisions_of(again) == {}


def test_an_officer_alone_recalls_no_approval(approved: World, at_desk: AtDesk) -> None:
    desk = at_desk(approved, approved.officer)
    assert "承認を取り消して差し戻す" not in desk.open("decision/")
    revision = queries.revision_of(MofaRequest.objects.get(pk=approved.request.pk))
    with approved.officer.at_work() as by, pytest.raises(Refused):
        revoke_approval(revision, REASON, by=by)
