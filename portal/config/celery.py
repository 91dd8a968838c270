"""The Celery app of web and worker: only the wake-up call. What is to be done, and what is done, stands in PostgreSQL.

Here: the app, its checks at start and its signs of life. Not here: the work (each app's ``tasks``), the ``clock``.
"""

from __future__ import annotations

import gc
from typing import Any

from celery import Celery, signals

from portal.config.delivery import DELIVERY, SIGN_OF_LIFE
from portal.config.startup import refused_by
from portal.ui.health import SCHEDULER, WORKER, mark_alive

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(DELIVERY)
app.autodiscover_tasks()


@app.task(name=SIGN_OF_LIFE)
def sign_of_life() -> None:
    """Prove the whole chain: the clock sent it, the broker carried it, a worker ran it."""
    mark_alive(SCHEDULER)


@signals.worker_ready.connect
@signals.heartbeat_sent.connect
def _worker_lives(**_: Any) -> None:
    mark_alive(WORKER)


@signals.worker_init.connect
def _refuse_unsafe_start(**_: Any) -> None:
    """A worker reads and writes as the same role as the web: the same checks stand before its start."""
    if reasons := refused_by():
        raise SystemExit("\n".join(reasons))


@signals.worker_before_create_process.connect
def _share_memory(**_: Any) -> None:
    """Objects made so far leave the collector's view, so that forked processes keep sharing their pages."""
    gc.collect()
    gc.freeze()


@signals.setup_logging.connect
def _keep_our_logs(**_: Any) -> None:
    """Connected so that Celery leaves logging to Django's LOGGING."""
