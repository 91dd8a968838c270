"""How far a piece of work is, in numbers that whoever asked for it may read while it runs.

Not here: claiming and finishing (worker). Each word renews the lease: who tells of progress is alive.
"""

from __future__ import annotations

import time

from django.db import transaction
from django.utils import timezone

from portal.jobs.models import Job, JobState
from portal.jobs.worker import LEASE, WORKER
from portal.tenancy.scope import acting_as

OFTEN_ENOUGH = 0.5
"""Seconds between two writes: a page asks every two."""


class Teller:
    """Writes down how far one job is; more often than ``OFTEN_ENOUGH`` only for the last step."""

    def __init__(self, job: Job) -> None:
        self.job, self._told_at = job, 0.0

    def tell(self, *, done: int, total: int, pages: int) -> None:
        """``done`` of ``total`` steps, with the pages they made. Says nothing for a job that another worker has."""
        now = time.monotonic()
        if now - self._told_at < OFTEN_ENOUGH and done < total:
            return
        self._told_at = now
        with acting_as(WORKER), transaction.atomic():
            mine = Job.objects.filter(id=self.job.id, fence=self.job.fence, state=JobState.RUNNING.value)
            mine.update(done=done, total=total, pages=pages, lease_until=timezone.now() + LEASE)
