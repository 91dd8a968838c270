"""A school's desk in a test: a plan that may be submitted, its people signed in, as a client or as a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page

from mofa_requests import queries
from portal.dossier.types import Dossier, FounderType
from portal.kit import clock
from tests.factories.cast import Seat, World, world
from tests.ui.authority.conftest import signed_in
from tests.ui.posting import posted


@dataclass
class Desk:
    """One person at one plan. ``page`` is the text of the last page, ``status`` its status."""

    client: Client
    base: str
    page: str = ""
    status: int = 0
    answer: Any = field(default=None, repr=False)

    def open(self, path: str = "") -> str:
        return self._keep(self.client.get(self.base + path))

    def post(self, path: str, data: Any = None, *, follow: bool = False, **headers: str) -> str:
        return self._keep(self.client.post(self.base + path, data or {}, follow=follow, headers=headers))

    def send(self, path: str, *, follow: bool = False, **typed: str) -> str:
        """Post the form of the page last opened as a browser without scripts would, with ``typed`` written into it."""
        data = posted(_form(self.page), **typed)
        body = data.urlencode()
        kind = "application/x-www-form-urlencoded"
        return self._keep(self.client.post(self.base + path, body, content_type=kind, follow=follow))

    def _keep(self, answer: Any) -> str:
        self.answer, self.status = answer, answer.status_code
        self.page = "" if answer.streaming else answer.content.decode(errors="replace")
        return self.page


def _form(page: str) -> str:
    """The page's own form: the one that saves as one types, otherwise the last one of the main part."""
    main = page[page.index("<main") : page.index("</main>")]
    forms = re.findall(r"<form.*?</form>", main, re.DOTALL)
    return next((form for form in forms if "data-autosave" in form), forms[-1])


@pytest.fixture
def relaxed(servers: None, settings: Any) -> Iterator[None]:
    """Second factors have tests of their own; here a sign-in is enough."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here(db: None, relaxed: None) -> Iterator[World]:
    """A private school's plan for forty, still a draft; the clock stands on the day it can be submitted."""
    made = world(FounderType.PRIVATE)
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def desk() -> Callable[[World, Seat], Desk]:
    """Sign somebody in and put the plan before them."""
    return lambda made, seat: Desk(signed_in(seat), f"/trips/{made.request.trip_id}/")


@pytest.fixture
def tab(
    transactional_db: None, relaxed: None, settings: Any, live_server: Any, browser: Any
) -> Iterator[Callable[[Seat, str], Page]]:
    """A browser of one person, opened at a path."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    contexts = []

    def opened(seat: Seat, path: str) -> Page:
        context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
        contexts.append(context)
        key = signed_in(seat).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page: Page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def plan_of(made: World) -> Dossier:
    """The plan as it is stored now."""
    with made.drafter.at_work():
        return queries.gather_dossier(made.request.trip)
