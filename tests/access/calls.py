"""How a cell is called and its answer taken down: the caller's own cookies, and nothing left behind.

Here: clients, answers, what differs between two equal answers. Not here: which calls (cells), verdicts (matrix).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from portal.accounts import actions
from portal.accounts.models import User
from tests.access.cells import API, MACHINE, STRANGER, Cell, hand_of, role_of
from tests.access.lands import Lands, Whose
from tests.accounts.cast import PASSWORD, sign_in_fully
from tests.accounts.test_machines import token_of

_BY_CALL = frozenset({"X-Request-ID", "X-Session-Ends-In", "Content-Length", "Date", "Expires"})
_COOKIES = frozenset({"csrftoken", "sessionid"})
_PASSING = re.compile(r'\b[A-Za-z0-9]{64}\b|(?<=name="session-ends-in" content=")\d+')
"""Tokens against forgery, and the seconds a session still has."""
_LONGEST_WORD = 31


@dataclass(frozen=True)
class Answer:
    """What came back: ``body`` without what differs between two equal answers, ``raw`` as it was."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, str], ...]
    body: str
    raw: str

    def is_like(self, other: Answer) -> bool:
        """Byte for byte, but for tokens and the id that was asked for."""
        mine, theirs = (self.status, self.headers, self.cookies), (other.status, other.headers, other.cookies)
        return mine == theirs and self.body == other.body

    @property
    def leads_inside(self) -> bool:
        return self.status == 302 and "/accounts/" not in dict(self.headers).get("Location", "")


@dataclass(frozen=True)
class Credentials:
    cookies: dict[str, str]
    headers: dict[str, str]


class Calls:
    """Calls on one set of lands, all of one moment; each is undone, so that every call meets the same world.

    So a call made twice is answered alike: what an unknown id and a missing page read like is asked once. Answers
    carry the second at which they were given (a signed message, a proof of identity that grows old), so the clock
    stands still as well.
    """

    def __init__(self, lands: Lands) -> None:
        self.lands = lands
        self.moment = dt.datetime.now(dt.UTC)
        self.client = Client(raise_request_exception=False)
        self._known: dict[str, Credentials] = {}
        self._of_nothing: dict[tuple[str, ...], Answer] = {}

    def answer(self, cell: Cell, whose: Whose) -> Answer:
        """What this caller reads at ``whose`` object."""
        return self._ask(cell, cell.route.url(self.lands, hand_of(cell.caller), whose))

    def answer_to_unknown(self, cell: Cell) -> Answer:
        """What this caller reads at an id that nobody has."""
        asked = (cell.caller, cell.method, cell.route.name)
        if asked not in self._of_nothing:
            self._of_nothing[asked] = self.answer(cell, Whose.UNKNOWN)
        return self._of_nothing[asked]

    def answer_of_no_page(self, cell: Cell) -> Answer:
        """What this caller reads where there is nothing, in the same part of the portal."""
        path = cell.route.url(self.lands, hand_of(cell.caller), cell.whose)
        asked = (cell.caller, cell.method, *path.split("/")[1:3])
        if asked not in self._of_nothing:
            self._of_nothing[asked] = self._ask(cell, f"{path.rstrip('/')}/no-such-page/")
        return self._of_nothing[asked]

    def forget(self) -> None:
        """The world has changed: ask again what nothing reads like."""
        self._of_nothing.clear()

    def _ask(self, cell: Cell, path: str) -> Answer:
        credentials = self._credentials(cell.caller)
        self.client.cookies.clear()
        for name, value in credentials.cookies.items():
            self.client.cookies[name] = value
        with self._world():
            response = self._send(cell, path, credentials.headers)
            content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        return _noted(response, content.decode("utf-8", "replace"), path)

    @contextmanager
    def _world(self) -> Iterator[None]:
        """Rows, cache and clock as they are for every other call."""
        cache.clear()
        with time_machine.travel(self.moment, tick=False), transaction.atomic():
            yield
            transaction.set_rollback(True)

    def _send(self, cell: Cell, path: str, headers: dict[str, str]) -> HttpResponseBase:
        send = getattr(self.client, cell.method.lower())
        if cell.method not in ("POST", "PUT", "PATCH"):
            return send(path, headers=headers)
        if cell.route.name.startswith(API):
            return send(path, data="{}", content_type="application/json", headers=headers)
        body = urlencode(cell.route.line.body)
        return send(path, data=body, content_type="application/x-www-form-urlencoded", headers=headers)

    def _credentials(self, caller: str) -> Credentials:
        if caller not in self._known:
            with time_machine.travel(self.moment, tick=False):
                self._known[caller] = self._sign_in(caller)
        return self._known[caller]

    def _sign_in(self, caller: str) -> Credentials:
        if caller == STRANGER:
            return Credentials({}, {})
        seat = self.lands.hands[hand_of(caller)]
        if caller.startswith(MACHINE):
            made = actions.register_machine(seat.org, role=role_of(caller), name="校務支援", may_write=True)
            return Credentials({}, token_of(made, "portal.read portal.write"))
        client = sign_in_fully(Client(), _with_password(seat.membership.user))
        return Credentials({name: morsel.value for name, morsel in client.cookies.items()}, {})


def _with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _noted(response: HttpResponseBase, content: str, path: str) -> Answer:
    headers = {name: _plain(value, path) for name, value in response.items() if name not in _BY_CALL}
    cookies = {name: morsel.value for name, morsel in response.cookies.items() if name not in _COOKIES}
    body = _plain(content, path)
    return Answer(response.status_code, tuple(sorted(headers.items())), tuple(sorted(cookies.items())), body, content)


def _plain(text: str, path: str) -> str:
    """Without the address that was asked for, its ids, and what passes with time; longer addresses stay."""
    for shown in (path, quote(path, safe=""), quote(path)):
        text = re.sub(rf"(?<![\w%/.-]){re.escape(shown)}(?![\w%/.-])", "«path»", text)
    for part in path.split("/"):
        if len(part) > _LONGEST_WORD:
            text = text.replace(part, "«id»")
    return _PASSING.sub("«passing»", text)
