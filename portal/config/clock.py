"""The clock of ``celery beat``: what is sent when. It knows the broker and nothing else, not even a database role.

Here: the schedule, by names of tasks. Not here: the tasks (each app's ``tasks``), the worker's app (``celery``).
Add a line to ``SCHEDULE`` for each new regular task; ``expires`` keeps a backlog from being worked off twice over.
"""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery, signals
from celery.schedules import schedule

from portal.config.delivery import DELIVERY, SIGN_OF_LIFE
from portal.config.logs import logging_settings

SWEEP_SECONDS = 5

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": {
        "task": "portal.jobs.tasks.sweep",
        "schedule": schedule(SWEEP_SECONDS),
        # A sweep that waited longer than one round is worthless: the next one does its work.
        "options": {"expires": SWEEP_SECONDS * 2},
    },
    "purge_uploads": {
        "task": "portal.jobs.tasks.purge_uploads",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "remind": {
        "task": "mofa_requests.tasks.remind",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "remind_members": {
        "task": "jcsos.tasks.remind",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "freeze_duty_files": {
        "task": "jcsos.tasks.freeze_duty_files",
        "schedule": schedule(6 * 3600),
        "options": {"expires": 6 * 3600},
    },
    "forget_names": {
        "task": "jcsos.tasks.forget_names",
        "schedule": schedule(6 * 3600),
        "options": {"expires": 6 * 3600},
    },
    "remind_claims": {
        "task": "insurance.tasks.remind_claims",
        "schedule": schedule(3600),
        "options": {"expires": 3600},
    },
    "erase_claims": {
        "task": "insurance.tasks.erase_claims",
        "schedule": schedule(6 * 3600),
        "options": {"expires": 6 * 3600},
    },
    "read_trips": {
        "task": "jcsos.tasks.read_trips",
        "schedule": schedule(300),
        "options": {"expires": 300},
    },
    "sign_of_life": {
        "task": SIGN_OF_LIFE,
        "schedule": schedule(SWEEP_SECONDS),
        "options": {"expires": SWEEP_SECONDS * 2},
    },
}

# Without Celery's Django part: the clock needs no model, and costs a third of the memory.
app = Celery("portal", broker=os.environ.get("BROKER_URL"), fixups=set(), set_as_current=False)
app.conf.update(DELIVERY, beat_schedule=SCHEDULE)


@signals.beat_init.connect
def _show_life_at_once(**_: Any) -> None:
    """The first round would come one interval later, and a start waits for it."""
    app.send_task(SIGN_OF_LIFE, expires=SWEEP_SECONDS * 2)


@signals.setup_logging.connect
def _use_our_logs(**_: Any) -> None:
    logging.config.dictConfig(logging_settings(with_messages=False))
