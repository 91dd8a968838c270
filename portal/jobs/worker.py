"""Claim, run, finish or park one job. Lease and fence decide who may write; Celery's view does not matter."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.jobs.models import Job, JobState
from portal.tenancy.scope import Audience, Scope, acting_as

log = logging.getLogger(__name__)
LEASE = dt.timedelta(seconds=120)  # longer than the wall time of any renderer, which ends first and says why
MAX_ATTEMPTS = 3
WORKER = Scope(Audience.WORKER)

Prepare = Callable[[Job], Callable[[], None]]
"""Does the slow part outside any transaction and returns the short effect to run inside one."""

_UNTOLD = {"done": 0, "total": 0, "pages": 0}
_handlers: dict[str, Prepare] = {}


class CannotBeDone(Exception):
    """The work itself is impossible as asked: no retry helps; the message is for the person who asked."""


class LostLease(Exception):
    """Another worker has taken over; this one must not write."""


def handles(kind: str) -> Callable[[Prepare], Prepare]:
    """Register the handler of a kind of job."""

    def register(prepare: Prepare) -> Prepare:
        _handlers[kind] = prepare
        return prepare

    return register


def run(job_id: UUID) -> bool:
    """Run one job if it is free; returns whether this call did the work."""
    job = claim(job_id)
    if job is None:
        return False
    scope = Scope(Audience(job.audience), job.org_id, job.user_id)
    try:
        with acting_as(scope):
            effect = _handlers[job.kind](job)
            with transaction.atomic():
                hold(job)
                effect()
                finish(job)
    except LostLease:
        log.warning("job taken over by another worker: %s", job.id)
        return False
    except CannotBeDone as error:
        park(job, problem=str(error))
    except Exception as error:
        # The reason stays in the ledger by type only: messages may carry what people typed.
        log.exception("job failed: %s %s", job.kind, job.id)
        retry_later(job, problem=type(error).__name__)
    return True


def claim(job_id: UUID) -> Job | None:
    """Take the lease by one conditional update, or leave; a job that ran out of attempts is parked instead."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED.value, wake_at__lte=now) | Q(state=JobState.RUNNING.value, lease_until__lt=now)
    with acting_as(WORKER), transaction.atomic():
        rows = Job.objects.filter(free, id=job_id)
        rows.filter(attempts__gte=MAX_ATTEMPTS).update(
            state=JobState.PARKED.value, finished_at=now, problem="作業が3回続けて止まりました"
        )
        taken = rows.filter(attempts__lt=MAX_ATTEMPTS).update(
            state=JobState.RUNNING.value,
            lease_until=now + LEASE,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            **_UNTOLD,
        )
        return Job.objects.get(id=job_id) if taken else None


def hold(job: Job) -> None:
    """Lock the row for the rest of the transaction and make sure the fence is still ours."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT fence FROM jobs_job WHERE id = %s FOR UPDATE", [job.id])
        row = cursor.fetchone()
    if row is None or row[0] != job.fence:
        raise LostLease(str(job.id))


def finish(job: Job) -> None:
    """Mark done, in the transaction of the effect."""
    with acting_as(WORKER):
        _mine(job).update(state=JobState.DONE.value, finished_at=timezone.now(), lease_until=None, problem="")


def park(job: Job, *, problem: str) -> None:
    """Stop trying and say why; a person decides what next."""
    with acting_as(WORKER), transaction.atomic():
        _mine(job).update(state=JobState.PARKED.value, finished_at=timezone.now(), problem=problem[:500])


def retry_later(job: Job, *, problem: str) -> None:
    """Back to the queue with growing pauses; parked after the last attempt."""
    if job.attempts >= MAX_ATTEMPTS:
        park(job, problem=problem or "作業が3回続けて失敗しました")
        return
    pause = dt.timedelta(seconds=5 * 4 ** (job.attempts - 1))
    with acting_as(WORKER), transaction.atomic():
        _mine(job).update(
            state=JobState.QUEUED.value, wake_at=timezone.now() + pause, lease_until=None, problem=problem[:500]
        )


def _mine(job: Job):  # type: ignore[no-untyped-def]
    return Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING.value)
