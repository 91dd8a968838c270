"""Every route × method × caller × whose object: the calls, and what each answer has to be.

Here: cells, answers, verdicts. Not here: the objects (lands), the variable parts of URLs (routes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode
from zlib import crc32

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from portal.accounts import actions
from portal.accounts.access import Access, Gate
from portal.accounts.declared import declared_access, every_view
from portal.kit.roles import Audience, Role
from tests.access.lands import ENDORSING, Lands, Whose, audience_of
from tests.access.routes import ROUTES, Line, Thing, Word
from tests.accounts.cast import PASSWORD, sign_in_fully
from tests.accounts.test_machines import token_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STRANGER = "stranger"
MACHINE = "machine_"
CALLERS = (
    STRANGER,
    *(role.value for role in Role),
    *(f"{ENDORSING}{role.value}" for role in Role.of(Audience.AUTHORITY)),
    *(f"{MACHINE}{role.value}" for role in (Role.SCHOOL_DRAFTER, Role.AUTHORITY_OFFICER, Role.JCSOS_AUDITOR)),
)
REFUSED = frozenset({404, 405})
HEALTH = "ui:health"
"""Answers 503 here: no worker shows life beside a test."""
_VOLATILE = frozenset({"X-Request-ID", "X-Session-Ends-In", "Content-Length", "Set-Cookie", "Date", "Expires"})
_COOKIES = frozenset({"csrftoken", "sessionid", "__Host-csrftoken", "__Host-sessionid"})
_PASSING = re.compile(r'\b[A-Za-z0-9]{64}\b|(?<=name="session-ends-in" content=")\d+')
"""Tokens against forgery, and the seconds a session still has."""


@dataclass(frozen=True)
class Route:
    """One URL of the product with its declaration and the line that fills it."""

    name: str
    access: Access
    line: Line

    @property
    def has_things(self) -> bool:
        return any(isinstance(part, Thing) for part in self.line.fill.values())

    def url(self, lands: Lands, hand: str, whose: Whose) -> str:
        things = [name for name, part in self.line.fill.items() if isinstance(part, Thing)]
        values = {}
        for name, part in self.line.fill.items():
            child = whose is Whose.CROSSED and name != things[0]
            theirs = (Whose.FOREIGN if child else Whose.OWN) if whose is Whose.CROSSED else whose
            values[name] = part.text if isinstance(part, Word) else _thing(part, lands, hand, theirs)
        return reverse(self.name, kwargs=values)

    def kinds(self, hand: str) -> tuple[Whose, ...]:
        """Whose objects a hand can name here."""
        if not self.has_things:
            return (Whose.OWN,)
        kinds = [Whose.OWN, Whose.SIBLING, Whose.FOREIGN]
        if sum(isinstance(part, Thing) for part in self.line.fill.values()) > 1:
            kinds.append(Whose.CROSSED)
        if "request_id" in self.line.fill and audience_of(hand) is not Audience.SCHOOL:
            kinds.append(Whose.UNSENT)
        return tuple(kinds)

    def admits(self, caller: str) -> bool:
        """Whether the declaration lets this caller's role in."""
        if self.access.gate is not Gate.MEMBER:
            return self.access.gate is Gate.PUBLIC or caller != STRANGER
        if caller == STRANGER:
            return False
        return Role(hand_of(caller).removeprefix(ENDORSING)) in self.access.roles


def _thing(part: Thing, lands: Lands, hand: str, whose: Whose) -> Any:
    return part.unknown if whose is Whose.UNKNOWN else part.find(lands, hand, whose)


@cache
def every_route() -> tuple[Route, ...]:
    """All routes of the product, in the order of the resolver."""
    found = []
    for name, _pattern, callback in every_view(get_resolver()):
        access = declared_access(callback, name)
        assert access is not None, f"{name} declares nothing"
        found.append(Route(name, access, ROUTES.get(name, Line())))
    return tuple(found)


def hand_of(caller: str) -> str:
    """Whose eyes a caller looks through; a stranger has the drafter's addresses at hand."""
    return Role.SCHOOL_DRAFTER.value if caller == STRANGER else caller.removeprefix(MACHINE)


@dataclass(frozen=True)
class Cell:
    """One call."""

    route: Route
    method: str
    caller: str
    whose: Whose

    def __str__(self) -> str:
        return f"{self.method} {self.route.name} as {self.caller} at {self.whose.value}"

    @property
    def number(self) -> int:
        """Steady between runs and machines: samples are taken by it."""
        return crc32(str(self).encode())


def cells(caller: str, routes: Iterable[Route] | None = None) -> Iterator[Cell]:
    """Every call of one caller."""
    for route, method in product(routes or every_route(), METHODS):
        for whose in route.kinds(hand_of(caller)):
            yield Cell(route, method, caller, whose)


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs between two equal answers."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, str], ...]
    body: str
    raw: str


class Matrix:
    """Calls on one set of lands. Every call is undone, so that each meets the same world."""

    def __init__(self, lands: Lands) -> None:
        self.lands = lands
        self.client = Client(raise_request_exception=False)
        self._seated: dict[str, Any] = {}

    def fault(self, cell: Cell) -> str:
        """What is wrong with the answer of one cell; empty when nothing is."""
        answer = self.answer(cell, cell.whose)
        if answer.status >= 500 and cell.route.name != HEALTH:
            return f"{cell}: {answer.status}"
        return self._refusal_fault(cell, answer) or self._mark_fault(cell, answer) or _header_fault(cell, answer)

    def _refusal_fault(self, cell: Cell, answer: Answer) -> str:
        if cell.route.access.gate is Gate.MEMBER and not self._seats(cell):
            return self._unless(cell, answer.status in (302, 401) and not _leads_inside(answer), answer, "was let in")
        if not cell.route.admits(cell.caller) and cell.caller != STRANGER:
            missing = self.answer(cell, cell.whose, missing_page=True)
            if not _same(answer, missing): _debug(answer, missing, cell)
            return self._unless(cell, _same(answer, missing), answer, "differs from a page that does not exist")
        if cell.route.access.gate is Gate.SIGNED_IN and cell.caller == STRANGER:
            return self._unless(cell, answer.status in (302, 401), answer, "was let in")
        if cell.whose is Whose.OWN:
            return self._own_fault(cell, answer)
        return "" if cell.whose in cell.route.line.open_to_all else self._foreign_fault(cell, answer)

    def _own_fault(self, cell: Cell, answer: Answer) -> str:
        """An own object has to be there, or the refusals beside it would prove nothing."""
        expected = cell.route.access.gate is not Gate.MEMBER or answer.status != 404
        return self._unless(cell, expected or _may_be_missing(cell), answer, "does not find the own object")

    def _foreign_fault(self, cell: Cell, answer: Answer) -> str:
        unknown = self.answer(cell, Whose.UNKNOWN)
        if not _same(answer, unknown): _debug(answer, unknown, cell)
        if not _same(answer, unknown):
            return f"{cell}: {answer.status} differs from an unknown id's {unknown.status}"
        by = REFUSED | {cell.route.line.refuses_by}
        guarded = cell.route.access.gate is Gate.MEMBER and cell.method != "OPTIONS"
        return self._unless(cell, not guarded or answer.status in by, answer, "answers although nothing is there")

    def _mark_fault(self, cell: Cell, answer: Answer) -> str:
        shown = [mark for mark in self._forbidden_marks(cell) if mark in answer.raw]
        return f"{cell}: shows {shown}" if shown else ""

    def _forbidden_marks(self, cell: Cell) -> list[str]:
        """What this caller may never read: every mark of closed estates, and of open ones what its role may not."""
        hand = hand_of(cell.caller)
        if not self._seats(cell):
            return [mark for estate in self.lands.estates for mark in estate.marks.all]
        closed = [mark for estate in self.lands.closed_to(hand) for mark in estate.marks.all]
        opened = [estate for estate in self.lands.estates if estate not in self.lands.closed_to(hand)]
        return closed + [mark for estate in opened for mark in estate.marks.hidden_from(Role(hand.removeprefix(ENDORSING)))]

    def _seats(self, cell: Cell) -> bool:
        """Whether the caller is anybody at this route: a machine only where the interface for machines is."""
        if cell.caller == STRANGER:
            return False
        return not cell.caller.startswith(MACHINE) or cell.route.name.startswith("api:")

    def _unless(self, cell: Cell, fine: bool, answer: Answer, fault: str) -> str:
        return "" if fine else f"{cell}: {answer.status} {fault}"

    def answer(self, cell: Cell, whose: Whose, *, missing_page: bool = False) -> Answer:
        """Call, take down the answer, undo."""
        hand = hand_of(cell.caller)
        path = cell.route.url(self.lands, hand, whose)
        asked = _beside(path) if missing_page else path
        self._sit(cell.caller)
        with transaction.atomic():
            response = self._call(cell, asked)
            content = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
        return _noted(response, content.decode("utf-8", "replace"), asked)

    def _call(self, cell: Cell, path: str) -> HttpResponseBase:
        extra: dict[str, Any] = {"headers": self._seated.get(cell.caller, ({}, {}))[1]}
        if cell.method in ("POST", "PUT", "PATCH"):
            machine = cell.route.name.startswith("api:")
            body = "{}" if machine else urlencode(cell.route.line.body)
            kind = "application/json" if machine else "application/x-www-form-urlencoded"
            extra |= {"data": body, "content_type": kind}
        return getattr(self.client, cell.method.lower())(path, **extra)

    def _sit(self, caller: str) -> None:
        """The caller's own cookies, fresh for every call; a proof of identity is as young as its test."""
        if caller not in self._seated:
            self._seated[caller] = self._credentials(caller)
        self.client.cookies.clear()
        for name, value in self._seated[caller][0].items():
            self.client.cookies[name] = value

    def _credentials(self, caller: str) -> tuple[dict[str, str], dict[str, str]]:
        if caller == STRANGER:
            return {}, {}
        if caller.startswith(MACHINE):
            seat = self.lands.hands[hand_of(caller)]
            made = actions.register_machine(seat.org, role=seat.membership.role_kind, name="校務支援", may_write=True)
            return {}, token_of(made, "portal.read portal.write")
        client = sign_in_fully(Client(), _with_password(self.lands.hands[caller].membership.user))
        return {name: morsel.value for name, morsel in client.cookies.items()}, {}


def _with_password(user: Any) -> Any:
    from allauth.account.models import EmailAddress

    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _beside(path: str) -> str:
    """An address that leads nowhere, in the same part of the portal: the menu marks the same entry."""
    return f"{path.rstrip('/')}/no-such-page/"


def _noted(response: HttpResponseBase, content: str, path: str) -> Answer:
    headers = {name: value for name, value in response.items() if name not in _VOLATILE}
    cookies = {name: morsel.value for name, morsel in response.cookies.items() if name not in _COOKIES}
    return Answer(
        response.status_code,
        tuple(sorted((name, _plain(value, path)) for name, value in headers.items())),
        tuple(sorted(cookies.items())),
        _plain(content, path),
        content,
    )


def _plain(text: str, path: str) -> str:
    """Without the address that was asked for, its ids, and tokens against forgery."""
    for shown in {path, quote(path, safe=""), quote(path)}:
        text = text.replace(shown, "«path»")
    for part in sorted(set(path.split("/")), key=len, reverse=True):
        if len(part) >= 32:
            text = text.replace(part, "«id»")
    return _PASSING.sub("«passing»", text)


def _same(one: Answer, other: Answer) -> bool:
    return (one.status, one.headers, one.cookies, one.body) == (other.status, other.headers, other.cookies, other.body)


def _leads_inside(answer: Answer) -> bool:
    location = dict(answer.headers).get("Location", "")
    return answer.status == 302 and "/accounts/" not in location


def _may_be_missing(cell: Cell) -> bool:
    return cell.route.name == "mofa_requests:packet_pdf" and cell.caller.startswith(ENDORSING)


SAFETY = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer to somebody who is signed in carries."""


def _header_fault(cell: Cell, answer: Answer) -> str:
    """Nothing personal may stay in a cache, be framed, or run what is not ours."""
    headers = dict(answer.headers)
    wrong = [name for name, value in SAFETY.items() if value not in headers.get(name, "")]
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        wrong.append("Content-Security-Policy")
    return f"{cell}: headers {wrong}" if wrong and cell.caller != STRANGER else ""


def _debug(a, b, cell):  # noqa
    import difflib
    with open("/tmp/diffs.txt", "a") as f:
        f.write(f"==== {cell} {a.status} {b.status}\n{set(a.headers) ^ set(b.headers)}\n{a.cookies} {b.cookies}\n")
        for line in list(difflib.unified_diff(a.body.splitlines(), b.body.splitlines(), lineterm="", n=0))[:8]:
            f.write(line[:300] + "\n")
