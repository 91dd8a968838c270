"""Find what was lost: queued rows nobody was told of, leases that ran out, mail that waits."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.jobs.enqueue import RUN_JOB, SEND_MAIL
from portal.jobs.mail import due
from portal.jobs.models import Job, JobState, MailState, OutboundMail
from portal.jobs.waking import nudge
from portal.jobs.worker import WORKER
from portal.tenancy.scope import acting_as

GRACE = dt.timedelta(seconds=3)
AT_ONCE = 500
HANDED_OVER = dt.timedelta(minutes=5)


def sweep() -> int:
    """Wake workers for every due row; returns how many were found. Runs every few seconds by the scheduler."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED.value, wake_at__lte=now - GRACE) | Q(
        state=JobState.RUNNING.value, lease_until__lt=now
    )
    with acting_as(WORKER), transaction.atomic():
        # Nobody can tell whether these went out: ask a person rather than mail twice.
        OutboundMail.objects.filter(state=MailState.SENDING.value, taken_at__lt=now - HANDED_OVER).update(
            state=MailState.UNKNOWN.value
        )
        jobs = list(Job.objects.filter(free).order_by("wake_at").values_list("id", flat=True)[:AT_ONCE])
        mails = list(
            OutboundMail.objects.filter(due(now), created_at__lte=now - GRACE)
            .order_by("created_at")
            .values_list("id", flat=True)[:AT_ONCE]
        )
    for job_id in jobs:
        nudge(RUN_JOB, job_id)
    for mail_id in mails:
        nudge(SEND_MAIL, mail_id)
    return len(jobs) + len(mails)
