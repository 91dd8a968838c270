"""The roles of PostgreSQL and the one database: who owns, who serves, and one role per audience.

Here: the SQL, idempotent, run by a superuser once per server. Not here: rights on tables (migrations bring them).
"""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg import sql

from portal.config.refusal import Refusal
from portal.config.supervisor.addresses import APP_ROLE, DATABASE, OWNER_ROLE, Passwords

AUDIENCES = ("school", "endorser", "forwarder", "jcsos", "platform", "worker")
"""Each is a database role ``aud_…`` without login; ``portal.tenancy.scope.Audience`` names the same ones."""

_CREATE: LiteralString = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN CREATE ROLE {role} NOLOGIN; END IF;
END $$
"""
# Neither role may bypass row security or make roles; the serving role owns nothing and cannot create a table.
_OWNER: LiteralString = (
    "ALTER ROLE {owner} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {createdb} PASSWORD {password}"
)
_APP: LiteralString = (
    "ALTER ROLE {app} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT PASSWORD {password}"
)
_AUDIENCE: LiteralString = "ALTER ROLE {audience} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
# SET without INHERIT: outside a scope the login has no right on tenant rows, so a forgotten scope is an error.
_MAY_ACT: LiteralString = "GRANT {audience} TO {app}, {owner} WITH INHERIT FALSE, SET TRUE"
_LIMITS: tuple[LiteralString, ...] = (
    "ALTER ROLE {app} SET statement_timeout = '30s'",
    "ALTER ROLE {app} SET idle_in_transaction_session_timeout = '60s'",
    "ALTER ROLE {app} SET lock_timeout = '10s'",
)
_DATABASE: LiteralString = (
    "CREATE DATABASE {database} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' "
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
)
_IF_MISSING: LiteralString = "SELECT {create} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {name})"
_INSIDE: tuple[LiteralString, ...] = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {app}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
)


def role_statements(passwords: Passwords, *, may_create_databases: bool = False) -> list[sql.Composed]:
    """Roles and their limits. ``may_create_databases`` lets the owner make test databases."""
    names = _names()
    created = [OWNER_ROLE, APP_ROLE, *(f"aud_{audience}" for audience in AUDIENCES)]
    create = [sql.SQL(_CREATE).format(name=sql.Literal(role), role=sql.Identifier(role)) for role in created]
    createdb = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
    login = [
        sql.SQL(_OWNER).format(**names, createdb=createdb, password=sql.Literal(passwords.owner)),
        sql.SQL(_APP).format(**names, password=sql.Literal(passwords.app)),
    ]
    return create + login + _audience_statements() + [sql.SQL(text).format(**names) for text in _LIMITS]


def database_statement(database: str = DATABASE) -> sql.Composed:
    """Creates the database; refuses, as SQL does, where it exists."""
    return sql.SQL(_DATABASE).format(**_names(database))


def inside_statements(database: str = DATABASE) -> list[sql.Composed]:
    """What is set once inside the new database."""
    return [sql.SQL(text).format(**_names(database)) for text in _INSIDE]


def bootstrap_roles(
    superuser: psycopg.Connection[Any], passwords: Passwords, *, may_create_databases: bool = False
) -> None:
    """Make or mend all roles on the server of ``superuser``."""
    for statement in role_statements(passwords, may_create_databases=may_create_databases):
        superuser.execute(statement)


def bootstrap_database(superuser: psycopg.Connection[Any], *, database: str = DATABASE) -> None:
    """Create the database where it is missing."""
    found = superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if found is None:
        superuser.execute(database_statement(database))


def settle_database(inside: psycopg.Connection[Any], *, database: str = DATABASE) -> None:
    """Rights and extensions inside the database; refuses one that cannot handle Japanese text."""
    for statement in inside_statements(database):
        inside.execute(statement)
    trigrams = inside.execute("SELECT cardinality(show_trgm('山田'))").fetchone()
    if trigrams != (3,):
        raise Refusal(
            f"データベース {database} の文字設定は日本語に使えません。docs/operations.md の手順で作り直してください。",
            f"The locale of database {database} does not fit Japanese: make it again see docs/operations.md.",
        )


def psql_script() -> str:
    """The same for ``psql`` on a server of one's own; asks for both passwords as psql variables."""
    passwords = Passwords(owner=":owner_password:", app=":app_password:")
    statements = [_as_text(statement) for statement in role_statements(passwords)]
    create_if_missing = sql.SQL(_IF_MISSING).format(
        create=sql.Literal(_as_text(database_statement())), name=sql.Literal(DATABASE)
    )
    return "\n".join(
        [
            "-- psql -v ON_ERROR_STOP=1 -v owner_password=… -v app_password=… -f roles.sql postgres",
            *(f"{text};" for text in statements),
            f"{_as_text(create_if_missing)} \\gexec",
            f"\\connect {DATABASE}",
            *(f"{_as_text(statement)};" for statement in inside_statements()),
            "",
        ]
    )


def _as_text(statement: sql.Composed) -> str:
    text = statement.as_string(None).strip()
    return text.replace("':owner_password:'", ":'owner_password'").replace("':app_password:'", ":'app_password'")


def _audience_statements() -> list[sql.Composed]:
    statements = []
    for audience in AUDIENCES:
        role = sql.Identifier(f"aud_{audience}")
        statements.append(sql.SQL(_AUDIENCE).format(audience=role))
        statements.append(sql.SQL(_MAY_ACT).format(audience=role, **_names()))
    return statements


def _names(database: str = DATABASE) -> dict[str, sql.Identifier]:
    return {
        "owner": sql.Identifier(OWNER_ROLE),
        "app": sql.Identifier(APP_ROLE),
        "database": sql.Identifier(database),
    }
