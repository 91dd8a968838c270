"""変更届: without a change that bears on the decisions they stay in force and people are told; else they reopen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.amend import amend
from mofa_requests.actions.carrying import carry_decisions
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.plan import store_dossier
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RemarkKind, RequestState, Topic
from mofa_requests.models import MofaRequest, Revision
from portal.dossier.types import Channel, Dossier, Letter, Tick, TickResult
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import Seat, World, world
from tests.ui.authority.conftest import Desk, at_desk, relaxed

__all__ = ["at_desk", "relaxed"]
pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
PDF = b"%PDF-1.7 " + "見本".encode() * 40
LETTER = Letter(number="7教高第1024号", channel=Channel.EMAIL, sender_body="見本県教育委員会")
REASONS = "波浪の注意報が出た日は海に入らないこと。"


@pytest.fixture
def sent(db: None, relaxed: None) -> Iterator[World]:
    """A plan that went to the ministry under a condition."""
    made = world()
    with clock.stopped_at(made.on):
        revision = _claimed(made, made.request)
        ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
        with made.officer.at_work() as by:
            review.save_ticks(revision, ticks, base_version=0, by=by)
        with made.approver.at_work() as by:
            review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
            review.decide(revision, Topic.SAFETY, "conditional", reasons=REASONS, by=by, title="課長")
            letter = sending.fix_letter(revision, LETTER.model_copy(update={"dated_on": made.on}), by=by)
            packet = store_packet(letter.pk, Rendered(PDF, 1, "0" * 64, (), ()), by=by)
            request = queries.get_for(made.request.pk)
            sending.forward(request, packet, channel=Channel.EMAIL, sent_on=made.on, evidence="控え", by=by)
        yield made


def _claimed(made: World, request: MofaRequest) -> Revision:
    with made.principal.at_work() as by:
        revision = submit(request, by=by, title="校長", on=made.on)
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(request.pk), by=by)
    return revision


def amended(made: World, **changes: object) -> Revision:
    """A 変更届 with these parts of the plan replaced, on the officer's desk."""
    with made.drafter.at_work() as by:
        draft = amend(queries.latest_of(made.request.trip), by=by)
        store_dossier(made.request.trip, made.dossier.model_copy(update=changes), by=by)
    return _claimed(made, draft)


def new_mobile(plan: Dossier) -> dict[str, object]:
    return {"leader": plan.leader.model_copy(update={"mobile": "090-0000-7777"})}


def new_flight(plan: Dossier) -> dict[str, object]:
    first, *rest = plan.legs
    return {"legs": (first.model_copy(update={"number": "CI7777"}), *rest)}


def test_a_new_telephone_number_passes_with_the_decisions_there_are(sent: World, at_desk: AtDesk) -> None:
    revision = amended(sent, **new_mobile(sent.dossier))
    desk = at_desk(sent, sent.officer)
    desk.request_id = revision.request_id
    assert "判断に関わる変更はありません" in desk.open()
    desk.post("carry/")
    assert "判断を引き継いで承認しました" in desk.page
    assert MofaRequest.objects.get(pk=revision.request_id).state == RequestState.APPROVED
    with sent.officer.at_work():
        part = queries.request_part(revision.request, revision)
        events = list(queries.history_of(revision.request).values_list("name", flat=True))
    assert (part.decision.reasons, part.decision.decided_by) == (REASONS, "課長")
    assert {tick.item for tick in part.ticks} == {item.value for item in Annex3Item}
    assert "decision.carried" in events
    decided_by = queries.decisions_of(revision)[Topic.SAFETY.value].decided_by
    assert decided_by == sent.approver.membership.user, "the decision keeps its person"
    told = OutboundMail.objects.filter(event="decisions_carried").values_list("recipient_id", flat=True)
    assert sent.approver.membership.user_id in set(told)


def test_a_new_flight_reopens_both_decisions(sent: World, at_desk: AtDesk) -> None:
    revision = amended(sent, **new_flight(sent.dossier), **new_mobile(sent.dossier))
    desk = at_desk(sent, sent.officer)
    desk.request_id = revision.request_id
    page = desk.open()
    assert "判断に関わる変更が1か所あります" in page
    assert page.count(">判断に関わる</span>") == 1
    assert "判断を引き継いで承認する" not in page
    with sent.officer.at_work() as by, pytest.raises(Refused, match="判断に関わる変更が1か所あります"):
        carry_decisions(revision, by=by)
    assert queries.decisions_of(revision) == {}


def test_nothing_is_kept_against_an_open_remark_a_missing_item_or_a_first_filing(sent: World) -> None:
    revision = amended(sent, **new_mobile(sent.dossier))
    with sent.officer.at_work() as by:
        review.write_remark(revision, "番号につながりません", kind=RemarkKind.WRONG, by=by)
    with sent.officer.at_work() as by, pytest.raises(Refused, match="指摘が1件あります"):
        carry_decisions(revision, by=by)
    with sent.officer.at_work() as by:
        review.save_ticks(revision, [Tick(item="3", result=TickResult.MISSING)], base_version=0, by=by)
    with sent.officer.at_work() as by, pytest.raises(Refused, match="「欠落」と照合した"):
        carry_decisions(revision, by=by)
    other = world(on=sent.on)
    first = _claimed(other, other.request)
    with other.officer.at_work() as by, pytest.raises(Refused, match="引き継ぐ判断がありません"):
        carry_decisions(first, by=by)
