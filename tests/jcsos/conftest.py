"""A member school with a submitted trip, and JCSOS's people signed in. Everything is invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from jcsos.actions import join, set_consent
from jcsos.models import Membership
from mofa_requests.actions.submit import submit
from mofa_requests.models import Revision
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.models import Org
from tests.factories.cast import Seat, World, seat, world


class Office:
    """JCSOS's hands, one a role, and a second auditor."""

    def __init__(self) -> None:
        self.org = Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)")
        self.members = seat(Role.JCSOS_MEMBERS, self.org)
        self.auditor = seat(Role.JCSOS_AUDITOR, self.org)
        self.second = seat(Role.JCSOS_AUDITOR, self.org)
        self.news = seat(Role.JCSOS_NEWS, self.org)
        self.cases = seat(Role.JCSOS_CASES, self.org)

    @property
    def everybody(self) -> tuple[Seat, ...]:
        return (self.members, self.auditor, self.second, self.news, self.cases)


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """A page in English leaves its language to the thread; the next test begins in Japanese."""
    with translation.override("ja"):
        yield


@pytest.fixture
def relaxed(servers: None, settings: Any) -> Iterator[None]:
    """Second factors have tests of their own; here a sign-in is enough."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def office(db: None, relaxed: None) -> Office:
    return Office()


@pytest.fixture
def here(office: Office) -> Iterator[World]:
    """A school with a plan, still a draft; the clock stands on the day it can be submitted."""
    made = world(FounderType.PRIVATE)
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def member(office: Office, here: World) -> Membership:
    """The school is a member and consents."""
    return consenting(office, here.principal)


@pytest.fixture
def revision(here: World, member: Membership) -> Revision:
    """The plan, submitted."""
    return submitted(here)


def consenting(office: Office, principal: Seat) -> Membership:
    """Join a school and let its head consent."""
    with office.members.at_work():
        held = join(principal.org, on=clock.today())
    with principal.at_work() as by:
        return set_consent(held, consents=True, by=by)


def submitted(made: World) -> Revision:
    with made.principal.at_work() as by:
        return submit(made.request, by=by, title="校長", on=made.on)
