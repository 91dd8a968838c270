"""Raw SQL as the login that serves the portal: what a forgotten filter or an injected statement could do.

Here: the connection and scopes as plain statements. Not here: what must come of them (tests).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection as django_connection
from psycopg import sql
from psycopg.types.json import Jsonb

from portal.config.supervisor.addresses import APP_ROLE, TEST_PASSWORDS
from portal.tenancy.scope import Audience, Scope

DENIED = psycopg.errors.InsufficientPrivilege


def app_connection() -> psycopg.Connection[Any]:
    """A connection to the test database as ``portal_app``, with nothing set."""
    return connect_as(APP_ROLE, TEST_PASSWORDS.app)


def connect_as(user: str, password: str) -> psycopg.Connection[Any]:
    """A connection to the test database, outside Django."""
    known = django_connection.get_connection_params()
    wanted = {name: known[name] for name in ("dbname", "host", "port") if known.get(name)}
    return psycopg.connect(**wanted, user=user, password=password)


def scope(audience: str, org_id: UUID | None, *, health: bool = False, user_id: int | None = None) -> Scope:
    return Scope(Audience(audience), org_id, user_id, health)


@dataclass(frozen=True)
class Probe:
    """Statements in one scope; every transaction is rolled back."""

    connection: psycopg.Connection[Any]

    @contextmanager
    def within(self, asked: Scope | None) -> Iterator[psycopg.Cursor[Any]]:
        """A transaction in the scope, as the backend opens one; ``None`` sets nothing."""
        with self.connection.transaction(force_rollback=True), self.connection.cursor() as cursor:
            if asked is not None:
                cursor.execute(*asked.statement())
            yield cursor

    def attempt(self, asked: Scope | None, statement: str, values: Any = None) -> str:
        """``"42"`` rows touched or selected, or the name of the refusal."""
        try:
            with self.within(asked) as cursor:
                cursor.execute(statement, values)
                return str(cursor.rowcount)
        except psycopg.Error as error:
            return type(error).__name__

    def ids(self, asked: Scope | None, table: str) -> set[Any]:
        """The ids in view."""
        with self.within(asked) as cursor:
            return {row[0] for row in cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(table)))}

    def copied_out(self, asked: Scope | None, table: str) -> int:
        """Lines that ``COPY … TO`` gives."""
        with self.within(asked) as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            return sum(1 for _ in copy.rows())

    def insert(self, asked: Scope | None, table: str, row: dict[str, Any], *, tail: str = "") -> str:
        """Insert one row by its columns."""
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
        return self.attempt(asked, f"INSERT INTO {table} ({columns}) VALUES ({marks}) {tail}", adapted(row))


def adapted(row: dict[str, Any]) -> list[Any]:
    """Values as psycopg takes them; structures as JSON, columns that are arrays as arrays."""
    return [Jsonb(value) if isinstance(value, dict) or type(value) is list else value for value in row.values()]


class Array(list[Any]):
    """A value of an array column: a list that is no JSON."""
