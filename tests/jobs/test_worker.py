"""Lease and fence: whoever comes late, dies or fails, the work is done exactly once or waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from portal.jobs import worker
from portal.jobs.enqueue import ask_again
from portal.jobs.models import Job, JobState
from portal.tenancy.scope import Audience, Scope
from tests.factories.cast import Seat
from tests.jobs.specimen import KIND, PATIENCE, Pause, Work, at_hand, effects_of

pytestmark = pytest.mark.django_db
HANDS = 6


@pytest.fixture
def work() -> Iterator[Work]:
    with at_hand(Work()) as found:
        yield found


def _fail(job: Job) -> None:
    raise ConnectionResetError("鵠﨑 太郎")


def _refuse(job: Job) -> None:
    raise worker.CannotBeDone("日程表の3行目が長すぎます")


def _again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def _let_the_lease_end(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


def _let_it_be_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(wake_at=timezone.now())


def test_work_is_done_once_in_the_scope_of_who_asked(work: Work, job: Job, asker: Seat) -> None:
    assert worker.run(job.pk)
    assert not worker.run(job.pk), "a message that comes twice finds nothing to do"
    assert (_again(job).state, _again(job).attempts, effects_of(job)) == (JobState.DONE.value, 1, 1)
    assert work.scopes == [Scope(Audience.SCHOOL, asker.org.pk, asker.membership.user_id, health=False)]


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(job: Job) -> None:
    first = worker.claim(job.pk)
    assert first is not None
    assert worker.claim(job.pk) is None
    _let_the_lease_end(job)
    second = worker.claim(job.pk)
    assert second is not None
    assert (second.fence, second.attempts) == (first.fence + 1, 2)


def test_a_late_worker_can_neither_finish_nor_park_nor_put_back(job: Job) -> None:
    late = worker.claim(job.pk)
    assert late is not None
    _let_the_lease_end(job)
    assert worker.claim(job.pk) is not None
    with pytest.raises(worker.LostLease):
        worker.hold(late)
    worker.finish(late)
    worker.park(late, problem="遅れました")
    worker.retry_later(late, problem="遅れました")
    held = _again(job)
    assert (held.state, held.fence, held.problem) == (JobState.RUNNING.value, late.fence + 1, "")


def test_what_fails_comes_back_later_and_is_parked_after_three(work: Work, job: Job) -> None:
    work.sudden = _fail
    pauses = []
    for attempt in (1, 2, 3):
        assert worker.run(job.pk)
        left = _again(job)
        assert left.attempts == attempt
        pauses.append((left.wake_at - timezone.now()).total_seconds())
        assert not worker.run(job.pk), "not before its pause is over"
        _let_it_be_due(job)
    assert 0 < pauses[0] < pauses[1]
    assert (left.state, left.problem) == (JobState.PARKED.value, "ConnectionResetError")
    assert effects_of(job) == 0, "the effect and its end are one transaction"


def test_the_ledger_keeps_no_word_that_somebody_typed(work: Work, job: Job, caplog: pytest.LogCaptureFixture) -> None:
    work.slow = _fail
    worker.run(job.pk)
    assert "鵠﨑" not in _again(job).problem


def test_the_impossible_is_parked_at_once_with_its_reason(work: Work, job: Job) -> None:
    work.slow = _refuse
    assert worker.run(job.pk)
    assert (_again(job).state, _again(job).problem) == (JobState.PARKED.value, "日程表の3行目が長すぎます")
    _let_it_be_due(job)
    assert not worker.run(job.pk)


def test_work_that_kills_its_worker_is_parked_and_not_tried_for_ever(job: Job) -> None:
    for _ in range(worker.MAX_ATTEMPTS):
        assert worker.claim(job.pk) is not None
        _let_the_lease_end(job)
    assert worker.claim(job.pk) is None
    assert (_again(job).state, _again(job).problem) == (JobState.PARKED.value, "作業が3回続けて止まりました")


def test_a_person_puts_parked_work_back(work: Work, job: Job, asker: Seat) -> None:
    work.slow = _refuse
    worker.run(job.pk)
    work.slow = lambda job: None
    with asker.at_work():
        assert ask_again(_again(job))
        assert not ask_again(_again(job)), "it is no longer parked"
    assert worker.run(job.pk)
    assert (_again(job).state, effects_of(job)) == (JobState.DONE.value, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_does_the_work(work: Work, job: Job) -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        did = list(hands.map(_run_in_a_thread, [job] * HANDS))
    assert (sum(did), effects_of(job), _again(job).fence) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_overtaken_leaves_no_effect(work: Work, job: Job) -> None:
    """The first one sleeps in the slow part until its lease has ended and another has done the work."""
    first = Pause()
    work.slow = first
    with ThreadPoolExecutor(1) as hand:
        sleeping = hand.submit(_run_in_a_thread, job)
        assert first.reached.wait(PATIENCE)
        work.slow = lambda job: None
        _let_the_lease_end(job)
        assert worker.run(job.pk)
        first.released.set()
        assert sleeping.result(PATIENCE) is False
    assert (_again(job).state, _again(job).fence, effects_of(job)) == (JobState.DONE.value, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_over_while_the_effect_is_being_written(work: Work, job: Job) -> None:
    """The lease may end in the last transaction: the row is locked, so the work is done and not done again."""
    last = Pause()
    work.sudden = last
    with ThreadPoolExecutor(2) as hands:
        writing = hands.submit(_run_in_a_thread, job)
        assert last.reached.wait(PATIENCE)
        other = hands.submit(_run_in_a_thread, job)
        last.released.set()
        assert (writing.result(PATIENCE), other.result(PATIENCE)) == (True, False)
    assert effects_of(job) == 1


def _run_in_a_thread(job: Job) -> bool:
    try:
        return worker.run(job.pk)
    finally:
        connections.close_all()


def test_every_kind_that_is_asked_for_has_a_handler() -> None:
    from mofa_requests.queries import RENDER_PACKET
    from mofa_requests.tasks import render_packet

    assert worker._handlers[RENDER_PACKET] is render_packet
    assert KIND not in worker._handlers
