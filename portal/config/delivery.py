"""How Celery messages travel: settings shared by those who send (web, clock) and those who work.

Here: delivery. Not here: what is sent regularly (``clock``), what is done (each app's ``tasks``). No Django.
"""

from __future__ import annotations

from typing import Any

SIGN_OF_LIFE = "portal.config.celery.sign_of_life"
LONGEST_TASK = 300
"""Seconds. ``visibility_timeout`` must stay well above twice this, or a long task is started a second time."""

DELIVERY: dict[str, Any] = {
    "accept_content": ["json"],
    "task_serializer": "json",
    "result_serializer": "json",
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_soft_time_limit": LONGEST_TASK - 20,
    "task_time_limit": LONGEST_TASK,
    "worker_max_tasks_per_child": 200,
    "broker_connection_retry_on_startup": True,
    # A frozen broker must not hold up a request: the row in PostgreSQL is found by the sweep anyway.
    "broker_connection_timeout": 2,
    "broker_transport_options": {
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        # Who sends learns at once that nobody is there, instead of pausing two seconds before the last try. Workers
        # and the clock connect by rules of their own and keep trying.
        "max_retries": 0,
    },
    "task_publish_retry": False,
    "timezone": "Asia/Tokyo",
    "enable_utc": True,
}
