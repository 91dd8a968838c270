"""How far a job is stands in the ledger for whoever asked, and only the worker that has the job writes it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.jobs import worker
from portal.jobs.models import Job
from portal.jobs.progress import Teller

pytestmark = pytest.mark.django_db


def _told(job: Job) -> tuple[int, int, int]:
    row = Job.objects.get(pk=job.pk)
    return row.done, row.total, row.pages


def test_progress_is_written_and_keeps_the_lease_alive(job: Job) -> None:
    mine = worker.claim(job.pk)
    assert mine is not None
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + dt.timedelta(seconds=1))
    teller = Teller(mine)
    teller.tell(done=2, total=12, pages=5)
    assert _told(job) == (2, 12, 5)
    assert Job.objects.get(pk=job.pk).lease_until > timezone.now() + dt.timedelta(seconds=60)
    teller.tell(done=3, total=12, pages=6)
    assert _told(job) == (2, 12, 5), "not more often than anybody looks"
    teller.tell(done=12, total=12, pages=22)
    assert _told(job) == (12, 12, 22), "but the last step at once"


def test_who_lost_the_job_writes_nothing_and_a_new_try_begins_at_nought(job: Job) -> None:
    first = worker.claim(job.pk)
    assert first is not None
    Teller(first).tell(done=2, total=12, pages=5)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert worker.claim(job.pk) is not None
    assert _told(job) == (0, 0, 0)
    Teller(first).tell(done=9, total=12, pages=20)
    assert _told(job) == (0, 0, 0)
