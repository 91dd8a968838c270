"""What is called: every route of the product × method × caller × whose object, and which of it on a usual run.

Here: routes, callers, cells. Not here: calling (calls), judging the answers (matrix).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from zlib import crc32

from django.urls import get_resolver, reverse

from portal.accounts.access import Access, Gate
from portal.accounts.declared import declared_access, every_view
from portal.kit.roles import Audience, Role
from tests.access.lands import ENDORSING, Lands, Whose, audience_of
from tests.access.routes import ROUTES, Line, Thing, Word
from tests.sizes import size

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STRANGER = "stranger"
MACHINE = "machine_"
CALLERS = (
    STRANGER,
    *(role.value for role in Role),
    *(f"{ENDORSING}{role.value}" for role in Role.of(Audience.AUTHORITY)),
    *(f"{MACHINE}{role.value}" for role in (Role.SCHOOL_DRAFTER, Role.AUTHORITY_OFFICER, Role.JCSOS_AUDITOR)),
)
API = "api:"


def hand_of(caller: str) -> str:
    """Whose eyes a caller looks through; a stranger has the drafter's addresses at hand."""
    return Role.SCHOOL_DRAFTER.value if caller == STRANGER else caller.removeprefix(MACHINE)


def role_of(caller: str) -> Role:
    return Role(hand_of(caller).removeprefix(ENDORSING))


@dataclass(frozen=True)
class Route:
    """One URL of the product with its declaration and the line that fills it."""

    name: str
    access: Access
    line: Line

    @property
    def things(self) -> tuple[str, ...]:
        """The variable parts that name objects, the parent first."""
        return tuple(name for name, part in self.line.fill.items() if isinstance(part, Thing))

    def url(self, lands: Lands, hand: str, whose: Whose) -> str:
        values = {name: self._value(name, part, lands, hand, whose) for name, part in self.line.fill.items()}
        return reverse(self.name, kwargs=values)

    def _value(self, name: str, part: Thing | Word, lands: Lands, hand: str, whose: Whose) -> Any:
        if isinstance(part, Word):
            return part.text
        if whose is Whose.CROSSED:
            whose = Whose.OWN if name == self.things[0] else Whose.FOREIGN
        return part.unknown if whose is Whose.UNKNOWN else part.find(lands, hand, whose)

    def kinds(self, hand: str) -> tuple[Whose, ...]:
        """Whose objects a hand can name here."""
        if not self.things:
            return (Whose.OWN,)
        crossed = (Whose.CROSSED,) if len(self.things) > 1 else ()
        unsent = "request_id" in self.things and audience_of(hand) is not Audience.SCHOOL
        return (Whose.OWN, Whose.SIBLING, Whose.FOREIGN, *crossed, *((Whose.UNSENT,) if unsent else ()))

    def seats(self, caller: str) -> bool:
        """Whether the caller is anybody here: a machine only where the interface for machines is."""
        return caller != STRANGER and (not caller.startswith(MACHINE) or self.name.startswith(API))

    def admits(self, caller: str) -> bool:
        """Whether the declaration lets this caller in."""
        if self.access.gate is Gate.PUBLIC:
            return True
        if not self.seats(caller):
            return False
        return self.access.gate is Gate.SIGNED_IN or role_of(caller) in self.access.roles


@cache
def every_route() -> tuple[Route, ...]:
    """All routes of the product, in the order of the resolver."""
    found = []
    for name, _pattern, callback in every_view(get_resolver()):
        access = declared_access(callback, name)
        assert access is not None, f"{name} declares nothing"
        found.append(Route(name, access, ROUTES.get(name, Line())))
    return tuple(found)


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
    """Every call of one caller.

    Who is kept out by the declaration is kept out before any object is looked for: reading and sending are tried at
    everybody's objects, the other methods at the own one, which would be there.
    """
    for route, method in product(routes or every_route(), METHODS):
        kinds = route.kinds(hand_of(caller))
        tried = kinds if method in ("GET", "POST") or route.admits(caller) else kinds[:1]
        for whose in tried:
            yield Cell(route, method, caller, whose)


def chosen(caller: str) -> Iterator[Cell]:
    """All of them under ``make proof``; on a usual run those that say most, and a steady sample of the others."""
    for cell in cells(caller):
        if cell.number % size(_one_in(cell), proof=1) == 0:
            yield cell


def _one_in(cell: Cell) -> int:
    """Of how many such cells a usual run takes one."""
    inside = cell.route.access.gate is Gate.MEMBER and cell.route.admits(cell.caller)
    if not inside or not cell.route.things:
        return {"GET": 24, "POST": 60}.get(cell.method, 240)
    if cell.whose is Whose.OWN:
        return 1 if cell.method == "GET" and cell.caller == _first_inside(cell.route) else 60
    often = {"GET": 1 if cell.whose is Whose.FOREIGN and cell.caller == _first_inside(cell.route) else 8, "POST": 10}
    return often.get(cell.method, 60)


def _first_inside(route: Route) -> str:
    """The caller who shows on every run that the route's own object is really there."""
    return next(caller for caller in CALLERS if route.admits(caller))
