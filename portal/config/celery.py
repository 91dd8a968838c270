"""The Celery app: only the wake-up call. What is to be done, and whether it is done, stands in PostgreSQL.

Here: delivery settings, the clock's schedule and the signs of life. Not here: the work (each app's ``tasks``).
"""

from __future__ import annotations

from typing import Any

from celery import Celery, signals
from celery.schedules import schedule

from portal.config.startup import refused_by
from portal.ui.health import SCHEDULER, WORKER, mark_alive

SWEEP_SECONDS = 5
LONGEST_TASK = 300
"""Seconds. ``visibility_timeout`` must stay well above twice this, or a long task is started a second time."""

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=LONGEST_TASK - 20,
    task_time_limit=LONGEST_TASK,
    worker_max_tasks_per_child=200,
    broker_connection_retry_on_startup=True,
    # A frozen broker must not hold up a request: the row in PostgreSQL is found by the sweep anyway.
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
    },
    task_publish_retry=False,
    timezone="Asia/Tokyo",
    enable_utc=True,
    beat_schedule={
        "sweep": {
            "task": "portal.jobs.tasks.sweep",
            "schedule": schedule(SWEEP_SECONDS),
            # A sweep that waited longer than one round is worthless: the next one does its work.
            "options": {"expires": SWEEP_SECONDS * 2},
        },
        "sign_of_life": {
            "task": "portal.config.celery.sign_of_life",
            "schedule": schedule(SWEEP_SECONDS),
            "options": {"expires": SWEEP_SECONDS * 2},
        },
    },
)
app.autodiscover_tasks()


@app.task(name="portal.config.celery.sign_of_life")
def sign_of_life() -> None:
    """Prove the whole chain: the clock sent it, the broker carried it, a worker ran it."""
    mark_alive(SCHEDULER)


@signals.worker_ready.connect
@signals.heartbeat_sent.connect
def _worker_lives(**_: Any) -> None:
    mark_alive(WORKER)


@signals.beat_init.connect
def _clock_lives(**_: Any) -> None:
    mark_alive(SCHEDULER)


@signals.worker_init.connect
def _refuse_unsafe_start(**_: Any) -> None:
    """A worker reads and writes as the same role as the web: the same checks stand before its start."""
    if reasons := refused_by():
        raise SystemExit("\n".join(reasons))


@signals.setup_logging.connect
def _keep_our_logs(**_: Any) -> None:
    """Connected so that Celery leaves logging to Django's LOGGING."""
