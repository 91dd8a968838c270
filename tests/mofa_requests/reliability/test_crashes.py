"""A plan's whole way with the process killed everywhere: nothing lost, nothing twice, and a second try ends well.

Each act is killed at points of its talk with PostgreSQL (every fifteenth on a usual run, all under proof), before its
commit and right after it. Before the commit nothing was kept; after it everything was, and pressing again adds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.amend import amend
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RemarkKind, RequestState, Topic
from mofa_requests.models import Dispatch, LetterRecord, MofaRequest, Packet, Remark
from portal.audit.chain import breaks
from portal.audit.record import Actor
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.jobs import worker
from portal.jobs.enqueue import enqueue
from portal.jobs.models import Job, JobState
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import Seat, World, world
from tests.mofa_requests.reliability.killing import AFTER_COMMIT, BEFORE_COMMIT, killed_at
from tests.mofa_requests.reliability.world import assert_world, footprint, stored_files
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True)
STEP = size(15, proof=1)
KIND = "store_a_ready_packet"
PDF = b"%PDF-1.7 " + "見本".encode() * 4000
Act = Callable[[Actor], object]


@worker.handles(KIND)
def store_ready(job: Job) -> Callable[[], None]:
    """The render job without the typesetting: the same claim, lease, file, row and end."""
    letter = LetterRecord.objects.get(pk=job.key)
    actor = Actor(job.user_id, "worker", job.org_id)
    ready = Rendered(PDF, 3, "a" * 64, (), ())
    return lambda: (store_packet(letter.pk, ready, by=actor), None)[1]


@pytest.fixture
def here(servers: None) -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def pressed(hand: Seat, act: Act) -> Callable[[], object]:
    """One press of the button, in a transaction of its own."""

    def press() -> object:
        with hand.at_work() as by:
            return act(by)

    return press


def survives(hand: Seat, act: Act) -> None:
    """Kill the act before its commit wherever it may be, then after it; then press again."""
    press, before = pressed(hand, act), footprint()
    last = killed_at(press, name=BEFORE_COMMIT)
    assert last.killed
    for nth in range(1, last.points, STEP):
        assert killed_at(press, nth=nth).killed
        assert footprint() == before, f"something was kept at point {nth}"
    assert footprint() == before
    assert killed_at(press, name=AFTER_COMMIT).killed
    after = footprint()
    assert after != before, "what was committed is there although the process died"
    assert_world()
    press_again(press)
    assert footprint() == after, "a second press adds nothing"


def press_again(press: Callable[[], object]) -> None:
    """As a person does who saw no answer."""
    with suppress(Refused):
        press()


def request_of(made: World) -> MofaRequest:
    return MofaRequest.objects.get(pk=made.request.pk)


def state_of(made: World) -> str:
    return request_of(made).state


def test_the_whole_way_survives_a_kill_at_every_point(here: World) -> None:
    revision = _submitted(here)
    survives(here.officer, lambda by: review.claim_review(queries.get_for(here.request.pk), by=by))
    with here.officer.at_work() as by:
        review.write_remark(revision, "直してください", kind=RemarkKind.WRONG, by=by)
    survives(here.officer, lambda by: review.return_for_correction(queries.get_for(here.request.pk), by=by))
    assert state_of(here) == RequestState.RETURNED
    with here.principal.at_work() as by:
        review.answer_remark(Remark.objects.get(), "直しました", by=by)
    revision = _submitted(here)
    assert revision.number == 2
    _approved(here)
    _rendered(here)
    _sent(here)
    survives(here.principal, lambda by: amend(request_of(here), by=by))
    assert MofaRequest.objects.filter(kind="amendment").count() == 1
    assert_world()
    assert breaks() == [], "the history is whole"


def _submitted(here: World) -> queries.Revision:
    survives(here.principal, lambda by: submit(request_of(here), by=by, title="校長", on=here.on))
    assert state_of(here) == RequestState.SUBMITTED
    return queries.revision_of(request_of(here))


def _approved(here: World) -> None:
    revision = queries.revision_of(request_of(here))
    ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)
        review.save_ticks(revision, ticks, base_version=0, by=by)
    for topic, verdict in ((Topic.COMPLETENESS, "complete"), (Topic.SAFETY, "clear")):
        survives(
            here.approver,
            lambda by, topic=topic, verdict=verdict: review.decide(  # type: ignore[misc]
                revision, topic, verdict, reasons="", by=by, title="課長"
            ),
        )
    assert state_of(here) == RequestState.APPROVED


def _rendered(here: World) -> None:
    """The worker is killed at every point; each time another one takes over when the lease has run out."""
    text = Letter(number="7教高第1号", dated_on=here.on, channel=Channel.EMAIL, sender_body="見本県教育委員会")
    with here.officer.at_work() as by:
        letter = sending.fix_letter(queries.revision_of(request_of(here)), text, by=by)
        enqueue(KIND, key=str(letter.pk), subject_id=here.request.pk)
    job = Job.objects.get(kind=KIND)
    for nth in range(1, 200):
        Job.objects.filter(pk=job.pk).update(wake_at=_LONG_AGO, attempts=0)
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value).update(lease_until=_LONG_AGO)
        if not killed_at(lambda: worker.run(job.pk), nth=nth).killed:
            break
        assert Packet.objects.count() <= 1
        if Job.objects.get(pk=job.pk).state == JobState.DONE.value:
            break
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    packet = Packet.objects.get()
    mine = {name for name in stored_files() if str(here.request.pk) in name}
    assert mine == {packet.file_name}, "no file without its row"
    assert not worker.run(job.pk)
    assert_world()


def _sent(here: World) -> None:
    packet = Packet.objects.get()
    given = {"channel": Channel.EMAIL, "sent_on": here.on, "evidence": "送信控え"}
    survives(here.officer, lambda by: sending.forward(queries.get_for(here.request.pk), packet, by=by, **given))
    sent = Dispatch.objects.get()
    survives(here.officer, lambda by: sending.acknowledge(sent, received_on=here.on, evidence="受領の返信", by=by))
    assert state_of(here) == RequestState.ACKNOWLEDGED


_LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
