"""Every URL declares who may use it; this is the declaration. Enforcement is the middleware's.

Not here: object checks (each app's ``queries.get_for``) and row security (tenancy).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from portal.kit.roles import Role


class Gate(StrEnum):
    """What must be true before the roles are even looked at."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"


@dataclass(frozen=True)
class Access:
    """Who may call a view, and how: roles, need of a fresh step-up, whether health rows come into view."""

    gate: Gate
    roles: frozenset[Role] = frozenset()
    step_up: bool = False
    health: bool = False
    purpose: str = ""


View = TypeVar("View", bound=Callable[..., Any])


def public(purpose: str) -> Callable[[View], View]:
    """Anybody, signed in or not: sign-in pages, health page, keys."""
    return _declare(Access(Gate.PUBLIC, purpose=purpose))


def signed_in(purpose: str) -> Callable[[View], View]:
    """Any person with an account; runs outside every tenant scope."""
    return _declare(Access(Gate.SIGNED_IN, purpose=purpose))


def members(
    roles: Iterable[Role], *, purpose: str, step_up: bool = False, health: bool = False
) -> Callable[[View], View]:
    """Holders of one of ``roles`` in the organisation they act for; runs in that organisation's scope."""
    return _declare(Access(Gate.MEMBER, frozenset(roles), step_up, health, purpose))


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def access_of(callback: Callable[..., Any]) -> Access | None:
    """The declaration of a URL's callback: on the function, or on the class behind ``as_view``."""
    for holder in (callback, getattr(callback, "view_class", None), getattr(callback, "cls", None)):
        found = getattr(holder, "access", None)
        if isinstance(found, Access):
            return found
    return None
