"""A small, complete world for tests: organisations of every route, their people, a plan that may be submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from django.db import transaction

from mofa_requests.actions.plan import open_plan, store_dossier
from mofa_requests.models import MofaRequest
from portal.accounts.acting import actor_of, scope_of
from portal.accounts.models import Membership, User
from portal.audit.record import Actor
from portal.demo.story import demo_trips
from portal.directory.kinds import OrgKind
from portal.dossier.shift import shift, weeks_between
from portal.dossier.types import Dossier, FounderType
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as

_number = count(1)


@dataclass(frozen=True)
class Seat:
    """A person in a role at an organisation, with what the product derives from it."""

    membership: Membership

    @property
    def actor(self) -> Actor:
        return actor_of(self.membership)

    @property
    def org(self) -> Org:
        return self.membership.org

    @contextmanager
    def at_work(self) -> Iterator[Actor]:
        """Inside this person's scope, in a transaction, as a request of theirs would be."""
        with acting_as(scope_of(self.membership)), transaction.atomic():
            yield self.actor


def seat(role: Role, org: Org, **fields: Any) -> Seat:
    """A new person with one role."""
    number = next(_number)
    user = User.objects.create_user(f"person{number}@test.example", name=f"髙﨑 {number}")
    return Seat(Membership.objects.create(user=user, org=org, role=role.value, title=role.label, **fields))


def board(name: str = "見本県教育委員会", kind: OrgKind = OrgKind.PREFECTURAL_BOARD, parent: Org | None = None) -> Org:
    """An authority."""
    return Org.objects.create(kind=kind.value, name=name, parent=parent, head_title="教育長", head_name="瀨戸 正道")


def school(
    parent: Org | None, founder: FounderType = FounderType.PREFECTURAL, name: str = "見本県立見本高等学校"
) -> Org:
    """A school under an authority."""
    return Org.objects.create(kind=OrgKind.SCHOOL.value, founder=founder.value, name=name, parent=parent, demo=True)


@cache
def ready_dossier(founder: FounderType) -> tuple[Dossier, dt.date]:
    """A specimen plan of such a school that may be submitted, and the day on which it is judged."""
    for trip in demo_trips():
        dossier = trip.load()
        if dossier.school.founder is founder and trip.submitted_on and not dossier.late_filing_reason:
            return dossier, trip.submitted_on
    raise LookupError(founder)


@dataclass(frozen=True)
class World:
    """One school with its route, everybody needed, and a plan as a draft."""

    principal: Seat
    drafter: Seat
    officer: Seat
    approver: Seat
    endorser: Seat | None
    request: MofaRequest
    on: dt.date
    dossier: Dossier


def world(founder: FounderType = FounderType.PREFECTURAL, *, on: dt.date | None = None) -> World:
    """Build one; call inside a test with database access. ``on`` moves the plan by weeks, to be filed then."""
    forwarder, endorser, parent = _route(founder)
    place = school(parent, founder)
    dossier, day = ready_dossier(founder)
    if on is not None:
        dossier = shift(dossier, weeks_between(day, on))
    on = on or day
    drafter = seat(Role.SCHOOL_DRAFTER, place)
    with drafter.at_work() as actor:
        request = open_plan(place, by=actor, demo=True)
        store_dossier(request.trip, dossier, by=actor)
    return World(
        principal=seat(Role.SCHOOL_PRINCIPAL, place),
        drafter=drafter,
        officer=seat(Role.AUTHORITY_OFFICER, forwarder),
        approver=seat(Role.AUTHORITY_APPROVER, forwarder),
        endorser=seat(Role.AUTHORITY_OFFICER, endorser) if endorser else None,
        request=request,
        on=on,
        dossier=dossier,
    )


def _route(founder: FounderType) -> tuple[Org, Org | None, Org]:
    if founder is FounderType.PRIVATE:
        office = board("見本県私学振興課", OrgKind.GOVERNOR_OFFICE)
        return office, None, office
    prefecture = board()
    if founder is FounderType.MUNICIPAL:
        city = board("見本市教育委員会", OrgKind.MUNICIPAL_BOARD, prefecture)
        return prefecture, city, city
    return prefecture, None, prefecture
