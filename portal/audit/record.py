"""Write one event in the transaction of the change it describes. Not here: reading (queries of each screen)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.audit.events import EventName
from portal.audit.models import Event
from portal.kit.machine import Refused

Primitive = str | int | bool | None


@dataclass(frozen=True)
class Actor:
    """The person, the role used, and the organisation acted for."""

    user_id: int | None
    role: str
    org_id: UUID | None

    @property
    def person_id(self) -> int:
        """The person whose signature a step carries. Raises ``Refused`` for a machine, which cannot sign."""
        if self.user_id is None:
            raise Refused("この操作は、人のアカウントで行ってください")
        return self.user_id


@dataclass(frozen=True)
class Subject:
    """What the event is about, and which organisations may read of it."""

    school_id: UUID | None = None
    trip_id: UUID | None = None
    request_id: UUID | None = None
    endorser_org_id: UUID | None = None
    forwarder_org_id: UUID | None = None

    @classmethod
    def of(cls, row: Any) -> Subject:
        """Built from any row that carries these columns (a trip, a request, a revision …)."""
        known = {name: getattr(row, name, None) for name in cls.__dataclass_fields__}
        kind = type(row).__name__
        if kind == "Trip":
            known["trip_id"] = row.pk
        if kind == "MofaRequest":
            known["request_id"] = row.pk
        return cls(**known)


def record(name: EventName, *, by: Actor, about: Subject, **facts: Primitive) -> Event:
    """Append ``name`` to the history. Must run inside the transaction of the change; facts are ids and figures."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event belongs into the transaction of its change")
    event = Event(
        name=name.value,
        actor_user_id=by.user_id,
        actor_role=by.role,
        actor_org_id=by.org_id,
        school_id=about.school_id,
        trip_id=about.trip_id,
        request_id=about.request_id,
        endorser_org_id=about.endorser_org_id,
        forwarder_org_id=about.forwarder_org_id,
        facts=facts,
    )
    event.save(force_insert=True)
    return event
