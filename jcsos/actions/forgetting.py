"""Names of people that JCSOS keeps no longer than it may: those of seminars go with the business year.

Not here: how long each class is kept (portal.vault.registry), when this runs (portal.config.clock).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from uuid import UUID

from django.db import transaction

from jcsos.models import Seminar, SeminarAttendee
from jcsos.rules.seminars import names_go_before
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.tenancy.scope import Audience, Scope, acting_as


@transaction.atomic
def forget_attendees(org_id: UUID, *, on: dt.date, by: Actor) -> int:
    """Take away the names of everybody who was registered for a seminar of a year that is over; how many.

    What stays is the duty, whether somebody came, and the number of the certificate: a school's record of training.
    """
    begins = dt.datetime.combine(names_go_before(on), dt.time(), clock.TOKYO)
    over = list(Seminar.objects.filter(org_id=org_id, ends_at__lt=begins).order_by().values_list("pk", flat=True))
    forgotten = _forget(over)
    for school_id, people in sorted(forgotten.items()):
        record(EventName.SEMINAR_NAMES_FORGOTTEN, by=by, about=Subject(school_id=school_id), people=people)
    return forgotten.total()


def _forget(seminar_ids: list[UUID]) -> Counter[UUID]:
    """School → names taken away, in the worker's scope: a school that left JCSOS is out of its sight, not forgotten."""
    with acting_as(Scope(Audience.WORKER)):
        named = SeminarAttendee.objects.filter(seminar_id__in=seminar_ids).exclude(name="").order_by()
        found = Counter(named.values_list("school_id", flat=True))
        named.update(name="", forgotten_at=clock.now())
    return found
