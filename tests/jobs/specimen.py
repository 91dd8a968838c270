"""A kind of work for these tests: it writes one event, and can be made to fail, to wait or to be overtaken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from portal.audit.events import EventName
from portal.audit.models import Event
from portal.audit.record import Actor, Subject, record
from portal.jobs import worker
from portal.jobs.models import Job
from portal.tenancy.scope import Scope, current_scope

KIND = "specimen"
PATIENCE = 60
"""Seconds until a test gives up waiting for something that should have happened."""


@dataclass
class Work:
    """What was seen while working. ``slow`` runs outside any transaction, ``sudden`` inside the last one."""

    slow: Callable[[Job], None] = lambda job: None
    sudden: Callable[[Job], None] = lambda job: None
    scopes: list[Scope | None] = field(default_factory=list)

    def prepare(self, job: Job) -> Callable[[], None]:
        self.scopes.append(current_scope())
        self.slow(job)

        def effect() -> None:
            by = Actor(job.user_id, "worker", job.org_id)
            record(EventName.PACKET_RENDERED, by=by, about=Subject(school_id=job.org_id, request_id=job.id), pages=1)
            self.sudden(job)

        return effect


@contextmanager
def at_hand(work: Work) -> Iterator[Work]:
    """The kind is known to the worker while the block runs."""
    worker.handles(KIND)(work.prepare)
    try:
        yield work
    finally:
        del worker._handlers[KIND]


def effects_of(job: Job) -> int:
    """How often the work was really done."""
    return Event.objects.filter(request_id=job.pk).count()


class Pause:
    """Stops a worker at one point until it is let go."""

    def __init__(self) -> None:
        self.reached, self.released = threading.Event(), threading.Event()

    def __call__(self, job: Job) -> None:
        self.reached.set()
        assert self.released.wait(PATIENCE), "nobody let the worker go"
