"""The committed estates of the wall tests, and for every tenant table a new row that its owner could write.

A tenant table without a line in ``NEW_ROWS`` fails ``test_rls``. Not here: the estates themselves (tests.access).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from jcsos.actions import leave
from jcsos.models import Campaign
from mofa_requests.models import Dispatch, Packet, Revision
from portal.audit.events import EventName
from portal.audit.record import Subject, record
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.roles import Role
from portal.tenancy.grants import isolation_of
from portal.tenancy.models import Org
from tests.access.estates import Estate, build_estate
from tests.factories.cast import Seat, board, school, seat
from tests.tenancy.fillings import (
    campaign,
    fill_assistance,
    fill_audit,
    fill_cover,
    fill_decision,
    fill_desks,
    fill_elsewhere,
    fill_list,
    fill_news,
    fill_plan,
    fill_rules,
    fill_seminars,
    fill_sending,
    fill_silent_audit,
    memberships_of,
    untold_circular,
)
from tests.tenancy.handbook import fill_handbook, unpublished_release
from tests.tenancy.office import fill_member, fill_office
from tests.tenancy.probe import Array
from trips.models import Participant, Trip


@dataclass(frozen=True)
class Bare:
    """Parents without children, so that one-to-one rows can be added."""

    trip: Trip
    participant: Participant
    revision: Revision
    packet: Packet
    dispatch: Dispatch
    campaign: Campaign


@dataclass(frozen=True)
class Ground:
    """Four schools and their routes, each with a trip that went all the way and one still being drafted.

    ``here`` is endorsed by a town and forwarded by its prefecture, and lets JCSOS read. ``sibling`` has the same route
    and does not let JCSOS read. ``private`` is under the governor's office of the same prefecture and has left JCSOS.
    ``far`` is under boards of its own and never was a member.
    """

    here: Estate
    sibling: Estate
    private: Estate
    far: Estate
    jcsos: Seat
    cases: Seat
    platform: Seat
    bare: Bare
    far_bare: Bare

    @property
    def estates(self) -> tuple[Estate, ...]:
        return (self.here, self.sibling, self.private, self.far)


def build_ground() -> Ground:
    """Commit everything."""
    jcsos = seat(Role.JCSOS_MEMBERS, Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)"))
    platform = seat(Role.PLATFORM_OPERATOR, Org.objects.create(kind=OrgKind.PLATFORM.value, name="運用(見本)"))
    here = _endorsed("鵠", jcsos=jcsos, consents=True)
    sibling = _endorsed("鷲", beside=here, jcsos=jcsos)
    private, far = _lapsed("鷗", jcsos), _endorsed("鸛")
    rounds = [campaign(jcsos, title) for title in ("通知済み", "未通知", "抽出前")]
    for estate in (here, sibling, private, far):
        fill_plan(estate)
        fill_cover(estate)
        fill_desks(estate)
        fill_decision(estate)
        fill_sending(estate)
        fill_audit(estate, rounds[0], by=jcsos)
        fill_member(estate, jcsos)
    fill_silent_audit(here, rounds[1], by=jcsos)
    cases = seat(Role.JCSOS_CASES, jcsos.org)
    for desk in (cases, seat(Role.JCSOS_CASES, Org.objects.create(kind=OrgKind.JCSOS.value, name="別の機関(見本)"))):
        fill_assistance(desk)
        fill_office(desk)
        fill_list(desk)
    fill_news(jcsos, [here, sibling, private, far])
    fill_seminars(jcsos, [here, sibling, private, far])
    other_office = Org.objects.create(kind=OrgKind.JCSOS.value, name="もう一つの機関(見本)")
    fill_elsewhere(seat(Role.JCSOS_NEWS, other_office))
    fill_handbook(jcsos, [here, sibling, private, far])
    with jcsos.at_work() as by:
        record(EventName.TRIP_VIEWED, by=by, about=Subject.of(here.filed.request))
    for authority in (here.board, _town(here), private.board, far.board, _town(far)):
        fill_rules(authority, by=here.officer)
    with transaction.atomic():
        return Ground(
            here, sibling, private, far, jcsos, cases, platform, _bare(here, rounds[2]), _bare(far, rounds[2])
        )


def _endorsed(sign: str, *, beside: Estate | None = None, jcsos: Seat | None = None, consents: bool = False) -> Estate:
    """A municipal school; ``beside`` another one under the same town."""
    prefecture = beside.board if beside else board(f"{sign}県教育委員会(見本)")
    town = _town(beside) if beside else board(f"{sign}町教育委員会(見本)", OrgKind.MUNICIPAL_BOARD, prefecture)
    place = school(town, FounderType.MUNICIPAL, f"{sign}町立学校(見本)")
    return build_estate(place, sign=sign, forwarder=prefecture, endorser=town, jcsos=jcsos, consents=consents)


def _lapsed(sign: str, jcsos: Seat) -> Estate:
    """A private school that let JCSOS read and then left it."""
    office = board(f"{sign}県私学課(見本)", OrgKind.GOVERNOR_OFFICE)
    place = school(office, FounderType.PRIVATE, f"{sign}学園(見本)")
    estate = build_estate(place, sign=sign, forwarder=office, jcsos=jcsos, consents=True)
    assert estate.consent is not None
    with jcsos.at_work():
        leave(estate.consent, on=clock.today())
    return estate


def _town(estate: Estate) -> Org:
    assert estate.endorser is not None
    return estate.endorser.org


def _bare(estate: Estate, campaign: Campaign) -> Bare:
    trip = Trip.objects.create(school=estate.school, trip_no="BARE")
    person = Participant.objects.create(school=estate.school, trip=trip, key="P001", position=0)
    revision = _copy(estate.filed.revision, number=2)
    packet, sent = (_copy(estate.filed.packet, key=digit * 64) for digit in "01")
    dispatch = _copy(Dispatch.objects.get(request=estate.filed.request), packet=sent)
    return Bare(trip, person, revision, packet, dispatch, campaign)


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
    "insurance.Claim": lambda bare: {"number": 99},
    "insurance.ClaimAmount": _as_it_is,
    "insurance.ClaimFile": _as_it_is,
    "insurance.HandoverRecord": _as_it_is,
    "insurance.HandoverSheet": _on_bare_trip,
    "insurance.ListedFirm": lambda bare: {"subject": uuid7()},
    "insurance.ListedProduct": lambda bare: {"subject": uuid7()},
    "insurance.OptOut": lambda bare: {"trip_id": bare.trip.pk, "participant": "new"},
    "insurance.OptOutPaper": lambda bare: {"participant": "new"},
    "insurance.Policy": _new_key,
    "jcsos.Article": _as_it_is,
    "jcsos.Assessment": lambda bare: {"criterion": "AC99"},
    "jcsos.AssistCase": lambda bare: {"number": "J-2099-0001"},
    "jcsos.AssistEntry": _as_it_is,
    "jcsos.AssistReading": _as_it_is,
    "jcsos.Associate": _as_it_is,
    "jcsos.AuditStep": _as_it_is,
    "jcsos.Benchmark": lambda bare: {"year": 2099},
    "jcsos.Campaign": _as_it_is,
    "jcsos.Circular": _as_it_is,
    "jcsos.CircularReceipt": lambda bare: {"circular_id": untold_circular().pk},
    "jcsos.DutyFile": _on_bare_trip,
    "jcsos.DirectoryCheck": _as_it_is,
    "jcsos.EditionRelease": _as_it_is,
    "jcsos.EditionVerdict": lambda bare: {"release_id": unpublished_release().pk},
    "jcsos.Evidence": _as_it_is,
    "jcsos.Finding": _as_it_is,
    "jcsos.MemberPaper": lambda bare: {
        "kind": "letter",
        "code": uuid7(),
        "issued_on": clock.today(),
        "valid_until": clock.today(),
    },
    "jcsos.Membership": lambda bare: {"left_on": dt.date(2100, 1, 1)},
    "jcsos.Ticket": _as_it_is,
    "jcsos.TicketEntry": _as_it_is,
    "jcsos.Seminar": _as_it_is,
    "jcsos.SeminarAttendee": lambda bare: {"state": "waiting", "placed_at": None},
    "jcsos.SeminarMaterial": _as_it_is,
    "jcsos.TripAudit": lambda bare: {"campaign_id": bare.campaign.pk},
    "jcsos.TripFigure": _on_bare_trip,
    "jobs.Job": lambda bare: {"key": "new"},
    "jobs.OutboundMail": lambda bare: {"key": "new"},
    "mofa_requests.AuthoritySettings": lambda bare: {"version": 2},
    "mofa_requests.BoardNotice": _as_it_is,
    "mofa_requests.CalendarFeed": lambda bare: {"token_hash": "f" * 64, "revoked_at": clock.now()},
    "mofa_requests.Condition": _as_it_is,
    "mofa_requests.Decision": _on_revision,
    "mofa_requests.Deputy": _as_it_is,
    "mofa_requests.DigestWish": _as_it_is,
    "mofa_requests.Dispatch": lambda bare: {"channel": "post"},
    "mofa_requests.FaxOrder": lambda bare: {"packet_id": bare.packet.pk},
    "mofa_requests.Inquiry": _as_it_is,
    "mofa_requests.LetterRecord": _as_it_is,
    "mofa_requests.Letterhead": lambda bare: {"version": 2},
    "mofa_requests.MailOrder": lambda bare: {"packet_id": bare.packet.pk},
    "mofa_requests.MofaRequest": lambda bare: {"trip_id": bare.trip.pk},
    "mofa_requests.NoticeReading": lambda bare: {"to_org_id": bare.campaign.org_id},
    "mofa_requests.NumberSeries": lambda bare: {"year": 2099},
    "mofa_requests.Packet": lambda bare: {"key": "f" * 64},
    "mofa_requests.Receipt": lambda bare: {"dispatch_id": bare.dispatch.pk},
    "mofa_requests.Remark": _as_it_is,
    "mofa_requests.Reply": _as_it_is,
    "mofa_requests.Revision": lambda bare: {"number": 3},
    "mofa_requests.RevisionPersons": _on_revision,
    "mofa_requests.SavedView": lambda bare: {"name": "来週"},
    "mofa_requests.TickSheet": _on_revision,
    "trips.Activity": _new_key,
    "trips.Agent": _new_key,
    "trips.AgreedCharacter": _as_it_is,
    "trips.CarriedValue": lambda bare: {"path": "new"},
    "trips.ConductorSheet": _on_bare_trip,
    "trips.Destination": _new_key,
    "trips.EmergencySheet": _on_bare_trip,
    "trips.Group": _new_key,
    "trips.Guardian": _beside,
    "trips.HealthNote": _beside,
    "trips.HomeContact": _new_key,
    "trips.ColumnChoice": lambda bare: {"heading": "new"},
    "trips.HomestaySheet": _on_bare_trip,
    "trips.Host": _new_key,
    "trips.IncidentNote": _as_it_is,
    "trips.FieldChange": _as_it_is,
    "trips.LeaderSheet": _on_bare_trip,
    "trips.GroupingBatch": _as_it_is,
    "trips.ItineraryBatch": _as_it_is,
    "trips.Leg": _new_key,
    "trips.Mission": _new_key,
    "trips.OutlineSheet": _on_bare_trip,
    "trips.Participant": _new_key,
    "trips.PhoneTest": _as_it_is,
    "trips.ReadinessSheet": _on_bare_trip,
    "trips.ReturnReport": _on_bare_trip,
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
        # Django leaves JSON as text: a list is an array.
        values = [Array(value) if isinstance(value, list) else value for value in found]
        return dict(zip([column.name for column in cursor.description], values, strict=True))


def new_row(model: type[models.Model], ground: Ground) -> dict[str, Any]:
    """A second, valid row of ``here``."""
    return {**row_of(model, ground.here), "id": uuid7(), **NEW_ROWS[model._meta.label](ground.bare)}


def owner_column(model: type[models.Model]) -> str:
    """The column that names the tenant: the school, the organisation of a ledger, or a person's membership."""
    names = {field.column for field in model._meta.concrete_fields}
    return next(name for name in ("school_id", "org_id", "membership_id") if name in names)


def owners(estate: Estate) -> list[Any]:
    """Whatever may stand in an owner column of the estate's rows; JCSOS owns its rounds of audits."""
    people = memberships_of(estate)
    organisations = {estate.school.pk, *(membership.org_id for membership in people)}
    jcsos = Org.objects.filter(kind=OrgKind.JCSOS.value).values_list("pk", flat=True)
    return [*organisations, *jcsos, *(membership.pk for membership in people)]
