"""Waking workers from the side: whoever changed something never waits for the broker.

Here: the messenger of each process, and what it does when nobody answers. Not here: the ledger (enqueue, sweep).
"""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from uuid import UUID

from celery import current_app
from kombu.exceptions import OperationalError
from redis import RedisError

log = logging.getLogger(__name__)
LEFT_ALONE = 5.0
"""Seconds for which a broker that did not answer is not asked again; the sweep's own round."""
_silent_until: dict[str, float] = {}


def _messenger_of_this_process() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="messenger")


_messenger = _messenger_of_this_process()


def _send_an_own_messenger() -> None:
    """A fork has the messenger's errands without its thread."""
    global _messenger
    _messenger = _messenger_of_this_process()


os.register_at_fork(after_in_child=_send_an_own_messenger)


def nudge_soon(task: str, row_id: UUID) -> None:
    """Let the messenger nudge: a frozen broker takes two seconds to be found out, and no request waits for that."""
    _messenger.submit(nudge, task, row_id)


def nudge(task: str, row_id: UUID) -> None:
    """Wake a worker. A silent broker is no error here: the row is the truth and the sweep comes every few seconds."""
    broker = str(current_app.conf.broker_url)
    if monotonic() < _silent_until.get(broker, 0.0):
        return
    try:
        current_app.send_task(task, args=[str(row_id)], retry=False, ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        _silent_until[broker] = monotonic() + LEFT_ALONE
        log.warning("broker not reached, the sweep will deliver: %s %s (%s)", task, row_id, type(error).__name__)
