"""Questions to PostgreSQL's catalogue, as the owner: what really stands there, whatever the models say.

Here: the questions. Not here: what must be true of the answers (test_checks, test_ties).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

AUDIENCES = ("aud_school", "aud_endorser", "aud_forwarder", "aud_jcsos", "aud_platform", "aud_worker")
SERVING = ("portal_app", *AUDIENCES)


def rows(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of one question."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Policy:
    """One row policy."""

    table: str
    name: str
    permissive: bool
    roles: tuple[str, ...]
    command: str
    using: str | None
    check: str | None


@dataclass(frozen=True)
class Tie:
    """A foreign key: columns of the child, the parent's table and its columns."""

    table: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


def tables() -> dict[str, tuple[bool, bool]]:
    """Table → (row security on, forced)."""
    found = rows(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    )
    return {name: (on, forced) for name, on, forced in found}


def policies() -> list[Policy]:
    """Every row policy of the schema."""
    found = rows(
        "SELECT tablename, policyname, permissive = 'PERMISSIVE', roles::text[], lower(cmd), qual, with_check"
        " FROM pg_policies WHERE schemaname = 'public'"
    )
    return [Policy(table, name, is_open, tuple(roles), *rest) for table, name, is_open, roles, *rest in found]


def table_grants() -> set[tuple[str, str, str]]:
    """(table, role, command) for the roles that serve, columns of updates aside; PUBLIC is ``public``."""
    found = rows(
        "SELECT c.relname, coalesce(r.rolname, 'public'), lower(a.privilege_type)"
        " FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    )
    return {row for row in found if row[1] in (*SERVING, "public")}  # type: ignore[misc]


def column_grants() -> set[tuple[str, str, str, str]]:
    """(table, role, command, column) granted for single columns."""
    found = rows(
        "SELECT c.relname, coalesce(r.rolname, 'public'), lower(a.privilege_type), t.attname"
        " FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid CROSS JOIN LATERAL aclexplode(t.attacl) a"
        " LEFT JOIN pg_roles r ON r.oid = a.grantee WHERE c.relnamespace = 'public'::regnamespace"
    )
    return set(found)  # type: ignore[arg-type]


def ties() -> set[Tie]:
    """Every foreign key of the schema."""
    found = rows(
        "SELECT k.conrelid::regclass::text, k.confrelid::regclass::text,"
        " (SELECT array_agg(a.attname::text ORDER BY n.i) FROM unnest(k.conkey) WITH ORDINALITY n(num, i)"
        "  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.num),"
        " (SELECT array_agg(a.attname::text ORDER BY n.i) FROM unnest(k.confkey) WITH ORDINALITY n(num, i)"
        "  JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.num)"
        " FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace"
    )
    return {Tie(child, tuple(columns), parent, tuple(there)) for child, parent, columns, there in found}


def unique_keys(table: str) -> list[dict[str, str]]:
    """Each unique key of a table, its primary key aside: column → type."""
    found = rows(
        "SELECT json_object_agg(a.attname, a.atttypid::regtype::text) FROM pg_index i"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary GROUP BY i.indexrelid",
        [table],
    )
    return [key for (key,) in found]
