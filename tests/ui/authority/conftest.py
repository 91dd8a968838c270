"""A desk in a test: a plan before an authority, its people signed in, the clock on the day the plan is judged."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.test import Client

from mofa_requests import queries
from mofa_requests.actions.submit import submit
from mofa_requests.models import MofaRequest, Revision
from portal.dossier.types import FounderType
from portal.kit import clock
from tests.factories.cast import Seat, World, world

ALL_PRESENT = {f"result_{item}": "present" for item in range(1, 8)}
LETTER = {
    "letter-number": "7教高第1024号",
    "letter-channel": "email",
    "letter-addressee": "外務省領事局領事サービスセンター",
    "letter-sender_body": "見本県教育委員会",
    "letter-sender_title": "教育長",
    "letter-sender_name": "瀨戸 正道",
    "letter-seal_omitted": "on",
}


@dataclass
class Desk:
    """One person's browser on one request. ``page`` is the text of the last page."""

    client: Client
    request_id: UUID
    page: str = ""

    def open(self, path: str = "", status: int = 200) -> str:
        return self._keep(self.client.get(self.url(path)), status)

    def post(self, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
        """Post with the hidden fields of the page last opened, and follow where it leads."""
        hidden = dict(re.findall(r'name="(revision|base_version|packet)" value="([^"]*)"', self.page))
        return self._keep(self.client.post(self.url(path), {**hidden, **(data or {})}, follow=True), status)

    def url(self, path: str) -> str:
        return path if path.startswith("/") else f"/inbox/{self.request_id}/{path}"

    def _keep(self, answer: Any, status: int) -> str:
        self.page = answer.content.decode()
        assert answer.status_code == status, self.page
        return self.page


@pytest.fixture
def relaxed(servers: None, settings: Any) -> Iterator[None]:
    """Second factors have tests of their own; here a sign-in is enough."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here(db: None, relaxed: None) -> Iterator[World]:
    """A prefectural school's plan, still a draft; the clock stands on the day it can be submitted."""
    made = world()
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def there(db: None, relaxed: None) -> Iterator[World]:
    """The same for a municipal school, whose board endorses first."""
    made = world(FounderType.MUNICIPAL)
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def at_desk() -> Callable[[World, Seat], Desk]:
    """Sign somebody in and put the request before them."""
    return lambda made, seat: Desk(signed_in(seat), made.request.pk)


def signed_in(seat: Seat) -> Client:
    """A browser in which this person proved who they are a moment ago."""
    client = Client()
    client.force_login(seat.membership.user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(seat.membership.user_id)
    session.save()
    return client


def submitted(made: World) -> Revision:
    """The principal submits the plan."""
    with made.principal.at_work() as by:
        return submit(made.request, by=by, title="校長", on=made.on)


def state_of(made: World) -> str:
    return MofaRequest.objects.get(pk=made.request.pk).state


def newest(made: World) -> Revision:
    return queries.revision_of(MofaRequest.objects.get(pk=made.request.pk))
