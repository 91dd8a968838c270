"""Who the database thinks is asking: one context variable, applied at every BEGIN with SET LOCAL meaning.

Here: the scope value and how to enter and leave it. Not here: who may enter which scope (portal.accounts).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Audience(StrEnum):
    """One database role each; every row policy is one plain equality for one of them."""

    SCHOOL = "school"
    ENDORSER = "endorser"
    FORWARDER = "forwarder"
    JCSOS = "jcsos"
    PLATFORM = "platform"
    WORKER = "worker"

    @property
    def database_role(self) -> str:
        return f"aud_{self.value}"


@dataclass(frozen=True)
class Scope:
    """The audience, the organisation whose rows are in view, and the person on whose behalf."""

    audience: Audience
    org_id: UUID | None = None
    user_id: int | None = None
    health: bool = False

    def statement(self) -> tuple[str, list[str]]:
        """One round trip that switches role and settings until the end of the transaction."""
        return _SET, [
            self.audience.database_role,
            str(self.org_id or ""),
            str(self.user_id or ""),
            "on" if self.health else "",
        ]


_SET = (
    "SELECT set_config('role', %s, true), set_config('app.org', %s, true), "
    "set_config('app.user', %s, true), set_config('app.health', %s, true)"
)
_RESET = ["none", "", "", ""]
_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    """The scope in force, or ``None`` outside any: then tenant tables refuse every query."""
    return _current.get()


def apply_scope(connection: BaseDatabaseWrapper) -> None:
    """Set role and settings of an open transaction to the scope in force.

    Leaving an inner scope must restore the outer one here: releasing a savepoint does not undo a setting.
    """
    scope = _current.get()
    with connection.connection.cursor() as cursor:
        # The role is reset first, because an audience role may not switch to another one.
        cursor.execute(_SET, _RESET)
        if scope is not None:
            cursor.execute(*scope.statement())


@contextmanager
def acting_as(scope: Scope | None) -> Iterator[None]:
    """Run a block in ``scope``; open transactions are switched on entry and switched back on exit."""
    token = _current.set(scope)
    open_connections = [c for c in connections.all(initialized_only=True) if c.in_atomic_block]
    try:
        for connection in open_connections:
            apply_scope(connection)
        yield
    finally:
        _current.reset(token)
        for connection in open_connections:
            if _can_still_talk(connection):
                apply_scope(connection)


def _can_still_talk(connection: Any) -> bool:
    if not connection.in_atomic_block or connection.connection is None or connection.connection.closed:
        return False
    # After an error inside the block the transaction is aborted: its end resets role and settings by itself.
    return connection.connection.info.transaction_status.name != "INERROR"
