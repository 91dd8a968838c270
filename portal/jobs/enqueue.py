"""Put work and notices into the ledger, in the transaction of the change that causes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.jobs.models import Job, JobState, OutboundMail
from portal.jobs.waking import nudge_soon
from portal.jobs.worker import WORKER
from portal.tenancy.scope import acting_as, current_scope

RUN_JOB = "portal.jobs.tasks.run_job"
SEND_MAIL = "portal.jobs.tasks.send_mail"
_BATCH = 1000


def enqueue(kind: str, *, key: str, subject_id: UUID | None = None, not_before: dt.datetime | None = None) -> None:
    """Ask once for the effect (``kind``, ``key``) in the scope in force; a second asking changes nothing.

    The worker is woken after commit; if the broker cannot be reached, the sweep finds the row. ``not_before`` lets
    the work wait until then.
    """
    scope = current_scope()
    if scope is None or scope.org_id is None:
        raise RuntimeError("work is enqueued on behalf of an organisation: enter its scope first")
    job = Job(
        kind=kind,
        key=key,
        audience=scope.audience.value,
        org_id=scope.org_id,
        user_id=scope.user_id,
        subject_id=subject_id,
        **({"wake_at": not_before} if not_before else {}),
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
    transaction.on_commit(lambda: nudge_soon(RUN_JOB, job.id))


def ask_again(job: Job) -> bool:
    """Put a parked job back into the queue with fresh attempts, for a person who read its problem.

    Returns whether it was parked. ``job`` was read in the asker's own scope, so it is theirs.
    """
    with acting_as(WORKER):
        parked = Job.objects.filter(pk=job.pk, state=JobState.PARKED.value)
        asked = parked.update(
            state=JobState.QUEUED.value, attempts=0, problem="", finished_at=None, wake_at=timezone.now()
        )
    if asked:
        transaction.on_commit(lambda: nudge_soon(RUN_JOB, job.pk))
    return bool(asked)


def post_notice(
    event: str, *, to: int, org_id: UUID, key: str, link: str, counts: Mapping[str, int] | None = None
) -> None:
    """Write one notice to one person (user id) into the outbox; ``link`` is a path of this portal without names.

    ``counts`` are figures that the text names, whole numbers and nothing else.
    """
    figures = {name: int(figure) for name, figure in (counts or {}).items()}
    mail = OutboundMail(recipient_id=to, org_id=org_id, event=event, key=key, link=link, counts=figures)
    OutboundMail.objects.bulk_create([mail], ignore_conflicts=True)
    transaction.on_commit(lambda: nudge_soon(SEND_MAIL, mail.id))


@dataclass(frozen=True)
class Notice:
    """One of many notices: to a person (user id), on behalf of an organisation, known by its key, leading to a path."""

    to: int
    org_id: UUID
    key: str
    link: str


def post_many(event: str, notices: Iterable[Notice]) -> None:
    """Write many notices into the outbox at once.

    Nobody is woken: the sweep carries them in rounds, so that thousands of letters stand in nobody's way.
    """
    mails = [
        OutboundMail(event=event, recipient_id=one.to, org_id=one.org_id, key=one.key, link=one.link) for one in notices
    ]
    OutboundMail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=_BATCH)
