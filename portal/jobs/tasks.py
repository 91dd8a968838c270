"""What Celery may call. Each message carries one id; everything else is read from the ledger."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from portal.jobs import mail, worker
from portal.jobs import sweep as sweeping


@shared_task(name="portal.jobs.tasks.run_job", acks_late=True)
def run_job(job_id: str) -> None:
    worker.run(UUID(job_id))


@shared_task(name="portal.jobs.tasks.send_mail", acks_late=True)
def send_mail(mail_id: str) -> None:
    mail.send(UUID(mail_id))


@shared_task(name="portal.jobs.tasks.sweep")
def sweep() -> None:
    sweeping.sweep()
