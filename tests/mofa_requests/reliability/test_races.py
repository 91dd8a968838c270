"""Two hands at the same moment: one winner, the other is told who and when, and the world holds one effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection, connections

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import Decision, Dispatch, MofaRequest, Packet
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.audit.record import Actor
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat, world
from tests.mofa_requests.reliability.world import assert_world
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = size(4, proof=200)
PDF = b"%PDF-1.7 " + "見本".encode() * 40
Act = Callable[[Actor], object]


@pytest.fixture
def here(servers: None) -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def raced(*hands: tuple[Seat, Act]) -> tuple[int, list[str]]:
    """All at once; how many went through, and what the others were told."""
    start = Barrier(len(hands))

    def run(hand: Seat, act: Act) -> str:
        try:
            start.wait()
            with hand.at_work() as by:
                act(by)
        except Refused as told:
            return str(told)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(hands)) as pool:
        running = [pool.submit(copy_context().run, run, *hand) for hand in hands]
        answers = [each.result() for each in running]
    return sum(not told for told in answers), [told for told in answers if told]


def in_review(made: World) -> queries.Revision:
    with made.principal.at_work() as by:
        revision = submit(made.request, by=by, title="校長", on=made.on)
    ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        review.save_ticks(revision, ticks, base_version=0, by=by)
    with made.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
    return revision


def many(name: EventName) -> int:
    return Event.objects.filter(name=name.value).count()


def state_of(made: World) -> str:
    return MofaRequest.objects.get(pk=made.request.pk).state


def undo_approval(made: World) -> None:
    """As the owner of the tables: back to the moment before the race."""
    Decision.objects.filter(request_id=made.request.pk, topic=Topic.SAFETY.value).delete()
    Event.objects.filter(name__in=(EventName.REQUEST_APPROVED.value, EventName.DECIDED_SAFETY.value)).delete()
    MofaRequest.objects.filter(pk=made.request.pk).update(
        state=RequestState.IN_REVIEW.value, approved_at=None, approved_by=None
    )


def test_two_approvers_decide_at_once(here: World) -> None:
    revision = in_review(here)
    second = seat(Role.AUTHORITY_APPROVER, here.approver.org)

    def clear(by: Actor) -> object:
        return review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")

    for _ in range(ROUNDS):
        undo_approval(here)
        won, told = raced((here.approver, clear), (second, clear))
        assert won == 1
        winner = MofaRequest.objects.get(pk=here.request.pk).approved_by
        assert [f"{winner}さん" in words and "記録していません" in words for words in told] == [True]
        assert Decision.objects.filter(topic=Topic.SAFETY.value).count() == 1
        assert many(EventName.REQUEST_APPROVED) == 1
        assert_world()


def test_one_approves_while_another_refuses(here: World) -> None:
    revision = in_review(here)
    second = seat(Role.AUTHORITY_APPROVER, here.approver.org)

    def act(verdict: str, reasons: str) -> Act:
        return lambda by: review.decide(revision, Topic.SAFETY, verdict, reasons=reasons, by=by, title="課長")

    won, told = raced((here.approver, act("clear", "")), (second, act("refused", "情勢が悪い")))
    assert won == 1
    assert len(told) == 1
    assert Decision.objects.filter(topic=Topic.SAFETY.value).count() == 1
    decided = Decision.objects.get(topic=Topic.SAFETY.value).verdict
    assert state_of(here) == {"clear": RequestState.APPROVED, "refused": RequestState.RETURNED}[decided]


def test_two_officers_forward_at_once(here: World) -> None:
    revision = in_review(here)
    text = Letter(number="7教高第1号", dated_on=here.on, channel=Channel.EMAIL, sender_body="見本県教育委員会")
    with here.approver.at_work() as by:
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
        letter = sending.fix_letter(revision, text, by=by)
        packet = store_packet(letter.pk, Rendered(PDF, 1, "0" * 64, (), ()), by=by)
    given = {"channel": Channel.EMAIL, "sent_on": here.on, "evidence": "送信控え"}

    def forward(by: Actor) -> object:
        return sending.forward(queries.get_for(here.request.pk), Packet.objects.get(pk=packet.pk), by=by, **given)

    for _ in range(ROUNDS):
        Dispatch.objects.all().delete()
        Event.objects.filter(name=EventName.REQUEST_FORWARDED.value).delete()
        MofaRequest.objects.filter(pk=here.request.pk).update(
            state=RequestState.APPROVED.value, forwarded_at=None, forwarded_by=None
        )
        won, told = raced((here.officer, forward), (here.approver, forward))
        assert won == 1
        assert [words for words in told if "転送済" in words] == told
        assert Dispatch.objects.count() == 1
        assert_world()


def test_one_person_presses_twice(here: World) -> None:
    submits: Act = lambda by: submit(here.request, by=by, title="校長", on=here.on)  # noqa: E731
    won, told = raced((here.principal, submits), (here.principal, submits))
    assert (won, len(told)) == (1, 1)
    assert MofaRequest.objects.get(pk=here.request.pk).revision_number == 1
    claims: Act = lambda by: review.claim_review(queries.get_for(here.request.pk), by=by)  # noqa: E731
    for _ in range(ROUNDS):
        MofaRequest.objects.filter(pk=here.request.pk).update(
            state=RequestState.SUBMITTED.value, claimed_at=None, claimed_by=None
        )
        won, told = raced((here.officer, claims), (here.officer, claims))
        assert won == 1
        assert ["二度目の操作は記録していません" in words for words in told] == [True]
    assert connection.vendor == "postgresql"
    assert_world()
