"""The matrix proves something only if it fails where a guard is gone: each one is taken away once, and must be missed.

Here: guards of views and what a wall of rows is to the pages. Not here: each policy by itself (tests.tenancy).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from zlib import crc32

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from portal.accounts import middleware
from portal.accounts.access import Access
from portal.accounts.acting import scope_of
from portal.accounts.declared import declared_access
from portal.kit.roles import Role
from tests.access.cells import CALLERS, MACHINE, STRANGER, Cell, Route, every_route, role_of
from tests.access.lands import Lands, Whose
from tests.access.matrix import Matrix
from tests.sizes import size

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access0")]
Declared = Callable[[Callable[..., Any], str], Access | None]
STEADY = size(9, proof=1)


WALLS = [
    ("trips_trip", "school", "trips:timeline", "school_drafter"),
    ("mofa_requests_mofarequest", "forwarder", "mofa_requests:request", "authority_officer"),
    ("mofa_requests_mofarequest", "endorser", "mofa_requests:request", "endorsing_authority_officer"),
]
"""Table, audience, a page that shows its rows, who reads it."""


@pytest.fixture
def matrix(lands: Lands) -> Matrix:
    """With an empty cache, because a code of the second factor counts once."""
    cache.clear()
    return Matrix(lands)


def _outsider(route: Route) -> str:
    """A colleague of those whom the declaration lets in: the rows are in view, only the role is wrong."""
    windows = {role.audience for role in route.access.roles}
    people = [caller for caller in CALLERS if caller != STRANGER and not caller.startswith(MACHINE)]
    return next((one for one in people if not route.admits(one) and role_of(one).audience in windows), "")


def _without_guard(name: str) -> Declared:
    """Declarations as they are, but for one view that lets in every role."""

    def declared(callback: Callable[..., Any], asked: str) -> Access | None:
        access = declared_access(callback, asked)
        return replace(access, roles=frozenset(Role)) if asked == name and access else access

    return declared


TWICE = {
    "accounts:organisation": "nothing lies below an organisation for a role that founds none",
    "jcsos:case": "the policy of the rows asks for the desk's role (jcsos.models.assist)",
    "jcsos:consultation": "the policy of the rows asks for the desk's role (jcsos.models.sight)",
    "jcsos:consultation_file": "the policy of the rows asks for the desk's role (jcsos.models.sight)",
}
"""Views whose role is asked for a second time behind the door."""
GUARDED = [route for route in every_route() if _outsider(route)]
TRIED = [route for route in GUARDED if route.name not in TWICE and crc32(route.name.encode()) % STEADY == 0]


@pytest.mark.parametrize("route", TRIED, ids=lambda route: route.name)
def test_a_view_that_lets_in_the_wrong_role_is_found(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, route: Route
) -> None:
    cells = [Cell(route, method, _outsider(route), Whose.OWN) for method in ("GET", "POST")]
    assert [matrix.fault(cell) for cell in cells] == ["", ""]
    matrix.calls.forget()
    monkeypatch.setattr(middleware, "declared_access", _without_guard(route.name))
    assert any(matrix.fault(cell) for cell in cells)


@pytest.mark.parametrize("route", [one for one in GUARDED if one.name in TWICE], ids=lambda route: route.name)
def test_a_view_guarded_twice_holds_without_its_door(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, route: Route
) -> None:
    monkeypatch.setattr(middleware, "declared_access", _without_guard(route.name))
    cells = [Cell(route, method, _outsider(route), Whose.OWN) for method in ("GET", "POST")]
    assert [matrix.fault(cell) for cell in cells] == ["", ""], TWICE[route.name]


@pytest.mark.parametrize("caller", ["authority_officer", "endorsing_authority_officer"])
def test_a_scope_of_another_organisation_is_found(matrix: Matrix, monkeypatch: pytest.MonkeyPatch, caller: str) -> None:
    """Behind every page stand two walls, the filter of the query and the rows' policy; both ask the scope."""
    org = matrix.lands.far.board
    route = next(route for route in every_route() if route.name == "mofa_requests:request")
    cell = Cell(route, "GET", caller, Whose.FOREIGN)
    assert matrix.fault(cell) == ""
    matrix.calls.forget()
    monkeypatch.setattr(middleware, "scope_of", lambda *held, **asked: replace(scope_of(*held, **asked), org_id=org.pk))
    assert "differs from the answer to an unknown id" in matrix.fault(cell)


@pytest.mark.parametrize(("table", "audience", "name", "caller"), WALLS, ids=lambda part: part)
def test_one_wall_alone_still_holds(matrix: Matrix, table: str, audience: str, name: str, caller: str) -> None:
    """A policy that shows everything opens no page by itself."""
    route = next(route for route in every_route() if route.name == name)
    with _opened(f"{table}_{audience}_select", table):
        assert matrix.fault(Cell(route, "GET", caller, Whose.FOREIGN)) == ""


@contextmanager
def _opened(policy: str, table: str) -> Iterator[None]:
    """One policy that hides nothing, for a while."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER POLICY {policy} ON {table} USING (true)")
        yield
        transaction.set_rollback(True)
