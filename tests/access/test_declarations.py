"""The matrix leaves nothing out: every URL declares itself, every variable part is filled, every operation is a URL."""

from __future__ import annotations

import re

from django.urls import get_resolver, resolve, reverse
from drf_spectacular.generators import SchemaGenerator

from portal.accounts.access import Gate
from portal.accounts.declared import THIRD_PARTY, declared_access, every_view
from portal.kit.roles import Role
from tests.access.cells import API, CALLERS, every_route
from tests.access.routes import ROUTES, UNKNOWN_ID, Thing


def _variable_parts() -> dict[str, set[str]]:
    """Route name → the names of its variable parts, by the resolver's own account."""
    parts: dict[str, set[str]] = {}
    for namespace, resolver in _resolvers(get_resolver()):
        for name in filter(lambda key: isinstance(key, str), resolver.reverse_dict):
            for possibilities, *_rest in resolver.reverse_dict.getlist(name):
                parts[f"{namespace}{name}"] = set(possibilities[0][1])
    return parts


def _resolvers(resolver, prefix: str = ""):  # type: ignore[no-untyped-def]
    yield prefix, resolver
    for name, (_path, inner) in resolver.namespace_dict.items():
        yield from _resolvers(inner, f"{prefix}{name}:")


def test_every_url_is_declared_and_in_the_matrix() -> None:
    names = [name for name, _pattern, _callback in every_view(get_resolver())]
    assert all(names), "a URL without a name cannot be asked for"
    assert len(names) == len(set(names)), "two URLs of one name: one of them would never be tried"
    assert {route.name for route in every_route()} == set(names)


def test_every_variable_part_is_filled_by_a_line() -> None:
    needed = {name: parts for name, parts in _variable_parts().items() if parts}
    assert {name: set(line.fill) for name, line in ROUTES.items()} == needed


def test_every_id_names_an_object() -> None:
    """A part that takes an id is a thing of somebody, never a fixed word."""
    for name, _pattern, _callback in every_view(get_resolver()):
        line = ROUTES.get(name)
        for part, filler in line.fill.items() if line else ():
            if part.endswith("_id") or part == "pk":
                assert isinstance(filler, Thing), (name, part)


def test_every_operation_of_the_interface_is_a_route_of_the_matrix() -> None:
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    paths = [re.sub(r"\{[^}]+\}", str(UNKNOWN_ID), path) for path in described]
    named = {resolve(path).view_name for path in paths}
    routes = {route.name for route in every_route() if route.name.startswith(API)}
    assert named == routes - {"api:schema"}


def test_every_declared_role_is_a_caller() -> None:
    assert {role.value for role in Role} <= set(CALLERS)
    for route in every_route():
        assert (route.access.gate is Gate.MEMBER) == bool(route.access.roles), route.name


def test_no_line_for_other_peoples_views_widens_one_of_ours() -> None:
    own = {name for name, _pattern, callback in every_view(get_resolver()) if "portal." in callback.__module__}
    assert not own & set(THIRD_PARTY)
    assert declared_access(resolve(reverse("ui:operations")).func, "account_login").gate is Gate.MEMBER  # type: ignore[union-attr]
