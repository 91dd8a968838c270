"""The committed estates of the wall tests, and for every tenant table a new row that its owner could write.

A tenant table without a line in ``NEW_ROWS`` fails ``test_walls``. Not here: the estates themselves (tests.access).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from mofa_requests.models import Dispatch, MofaRequest, Revision
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit.ids import uuid7
from portal.kit.roles import Role
from portal.tenancy.grants import isolation_of
from portal.tenancy.models import Org
from tests.access.estates import Estate, build_estate
from tests.factories.cast import Seat, board, school, seat
from trips.models import Participant, Trip


@dataclass(frozen=True)
class Bare:
    """Parents without children, so that one-to-one rows can be added."""

    trip: Trip
    participant: Participant
    revision: Revision
    dispatch: Dispatch


@dataclass(frozen=True)
class Ground:
    """``here`` is endorsed by a town and forwarded by its prefecture; ``far`` by boards of its own."""

    here: Estate
    far: Estate
    jcsos: Seat
    platform: Seat
    bare: Bare


def build_ground() -> Ground:
    """Commit everything."""
    jcsos = seat(Role.JCSOS_MEMBERS, Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)"))
    platform = seat(Role.PLATFORM_OPERATOR, Org.objects.create(kind=OrgKind.PLATFORM.value, name="運用(見本)"))
    here, far = _endorsed("鵠", jcsos), _endorsed("鸛", jcsos)
    with transaction.atomic():
        return Ground(here, far, jcsos, platform, _bare(here))


def _endorsed(sign: str, jcsos: Seat) -> Estate:
    prefecture = board(f"{sign}県教育委員会(見本)")
    town = board(f"{sign}町教育委員会(見本)", OrgKind.MUNICIPAL_BOARD, prefecture)
    place = school(town, FounderType.MUNICIPAL, f"{sign}町立学校(見本)")
    return build_estate(place, sign=sign, forwarder=prefecture, endorser=town, jcsos=jcsos, consents=sign == "鵠")


def _bare(estate: Estate) -> Bare:
    trip = Trip.objects.create(school=estate.school, trip_no="BARE")
    person = Participant.objects.create(school=estate.school, trip=trip, key="P001", position=0)
    revision = _copy(estate.filed.revision, number=2)
    packet = _copy(estate.filed.packet, key="0" * 64)
    dispatch = _copy(Dispatch.objects.get(request=estate.filed.request), packet=packet)
    return Bare(trip, person, revision, dispatch)


def _copy(row: Any, **changes: Any) -> Any:
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    return type(row).objects.create(**{**fields, "id": uuid7(), **changes})


Changes = Callable[[Bare], dict[str, Any]]
_on_bare_trip: Changes = lambda bare: {"trip_id": bare.trip.pk}  # noqa: E731
_new_key: Changes = lambda bare: {"trip_id": bare.trip.pk, "key": "new"}  # noqa: E731
_beside: Changes = lambda bare: {"participant_id": bare.participant.pk}  # noqa: E731
_on_revision: Changes = lambda bare: {"revision_id": bare.revision.pk}  # noqa: E731
_as_it_is: Changes = lambda bare: {}  # noqa: E731

NEW_ROWS: dict[str, Changes] = {
    "audit.Event": _as_it_is,
    "insurance.HandoverSheet": _on_bare_trip,
    "insurance.OptOut": lambda bare: {"trip_id": bare.trip.pk, "participant": "new"},
    "insurance.Policy": _new_key,
    "jcsos.Membership": lambda bare: {"left_on": dt.date(2100, 1, 1)},
    "jobs.Job": lambda bare: {"key": "new"},
    "jobs.OutboundMail": lambda bare: {"key": "new"},
    "mofa_requests.Decision": _on_revision,
    "mofa_requests.Dispatch": lambda bare: {"channel": "post"},
    "mofa_requests.LetterRecord": _as_it_is,
    "mofa_requests.MofaRequest": lambda bare: {"trip_id": bare.trip.pk},
    "mofa_requests.Packet": lambda bare: {"key": "f" * 64},
    "mofa_requests.Receipt": lambda bare: {"dispatch_id": bare.dispatch.pk},
    "mofa_requests.Remark": _as_it_is,
    "mofa_requests.Reply": _as_it_is,
    "mofa_requests.Revision": lambda bare: {"number": 3},
    "mofa_requests.RevisionPersons": _on_revision,
    "mofa_requests.TickSheet": _on_revision,
    "trips.Activity": _new_key,
    "trips.Agent": _new_key,
    "trips.ConductorSheet": _on_bare_trip,
    "trips.Destination": _new_key,
    "trips.EmergencySheet": _on_bare_trip,
    "trips.Group": _new_key,
    "trips.Guardian": _beside,
    "trips.HealthNote": _beside,
    "trips.HomeContact": _new_key,
    "trips.HomestaySheet": _on_bare_trip,
    "trips.Host": _new_key,
    "trips.LeaderSheet": _on_bare_trip,
    "trips.Leg": _new_key,
    "trips.Mission": _new_key,
    "trips.OutlineSheet": _on_bare_trip,
    "trips.Participant": _new_key,
    "trips.ReadinessSheet": _on_bare_trip,
    "trips.RosterBatch": _as_it_is,
    "trips.SchoolSheet": _on_bare_trip,
    "trips.Stay": _new_key,
    "trips.Trip": lambda bare: {"trip_no": "NEW"},
    "trips.TripSection": lambda bare: {"code": "new"},
    "vault.TripKey": _on_bare_trip,
}
"""Model → what a copy of one of its rows needs to be a second, valid row."""


def tenant_models() -> list[type[models.Model]]:
    """Every model with row security, by label."""
    found = [model for model in apps.get_models() if isolation_of(model) is not None]
    return sorted(found, key=lambda model: model._meta.label)


def row_of(model: type[models.Model], estate: Estate) -> dict[str, Any]:
    """One stored row of an estate, by column."""
    table, owner = model._meta.db_table, owner_column(model)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM {table} WHERE "{owner}" = ANY(%s) ORDER BY id LIMIT 1', [owners(estate)])
        found = cursor.fetchone()
        assert found is not None, f"the estate has no row in {table}"
        return dict(zip([column.name for column in cursor.description], found, strict=True))


def new_row(model: type[models.Model], ground: Ground) -> dict[str, Any]:
    """A second, valid row of ``here``."""
    return {**row_of(model, ground.here), "id": uuid7(), **NEW_ROWS[model._meta.label](ground.bare)}


def owner_column(model: type[models.Model]) -> str:
    """The column that names the tenant: the school, or for the ledgers the organisation."""
    names = {field.column for field in model._meta.concrete_fields}
    return "school_id" if "school_id" in names else "org_id"


def owners(estate: Estate) -> list[Any]:
    assert estate.endorser is not None
    return [estate.school.pk, estate.board.pk, estate.endorser.org.pk]


def draft_requests(estate: Estate) -> MofaRequest:
    return estate.draft.request
