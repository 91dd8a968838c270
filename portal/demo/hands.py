"""The demo's people at work: a membership's window and transaction, and the day on which they act. Not here: what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from portal.accounts.acting import actor_of, scope_of
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.kit import clock
from portal.tenancy.scope import acting_as

MORNING = dt.time(10)


@contextmanager
def acting(seat: Membership, *, health: bool = False) -> Iterator[Actor]:
    """One transaction in the window of a membership; ``health`` as the pages that open special-care data."""
    with acting_as(scope_of(seat, health=health)), transaction.atomic():
        yield actor_of(seat)


@contextmanager
def on_day(day: dt.date, at: dt.time = MORNING) -> Iterator[None]:
    """The clock stands at ``at`` of ``day`` in Tokyo."""
    with clock.stopped_at(dt.datetime.combine(day, at, clock.TOKYO)):
        yield
