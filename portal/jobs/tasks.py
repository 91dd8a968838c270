"""What Celery may call. Each message carries one id; everything else is read from the ledger."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from celery import shared_task

from portal.jobs import mail, worker
from portal.jobs import sweep as sweeping
from portal.kit import clock
from portal.vault import files


@shared_task(name="portal.jobs.tasks.run_job", acks_late=True)
def run_job(job_id: str) -> None:
    worker.run(UUID(job_id))


@shared_task(name="portal.jobs.tasks.send_mail", acks_late=True)
def send_mail(mail_id: str) -> None:
    mail.send(UUID(mail_id))


@shared_task(name="portal.jobs.tasks.sweep")
def sweep() -> None:
    sweeping.sweep()


@shared_task(name="portal.jobs.tasks.purge_uploads")
def purge_uploads() -> None:
    """Files that people sent wait a day at most (trust class: raw uploads)."""
    files.purge(files.UPLOADS, older_than=clock.now() - dt.timedelta(days=1))
