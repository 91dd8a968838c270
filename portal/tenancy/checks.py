"""Start-up checks: refuse a superuser, a table owner, or a tenant table without forced row security."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from portal.tenancy.grants import isolation_of
from portal.tenancy.models import TenantOwned

GLOBAL_TABLES = {
    "tenancy": "organisations: names and addresses every audience may read",
    "accounts": "people sign in before any scope exists; content is staff identity only",
    "account": "allauth: sign-in data, read before any scope exists",
    "mfa": "allauth: second factors, read before any scope exists",
    "usersessions": "allauth: session list",
    "allauth_idp_oidc": "allauth: machine clients",
    "sessions": "session rows, keyed by an unguessable id",
    "sites": "one row: the portal's own address",
    "contenttypes": "names of models",
    "auth": "unused groups and permissions of the framework",
}
"""App label → why its tables need no row security. Anything else must declare ``TenantIsolation``."""


@register(Tags.models)
def every_tenant_table_is_isolated(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
    """A model without row security must belong to an app with a written reason."""
    missing = [
        model
        for model in apps.get_models(include_auto_created=True)
        if isolation_of(model) is None
        and (issubclass(model, TenantOwned) or model._meta.app_label not in GLOBAL_TABLES)
    ]
    return [
        Error(f"{model._meta.label} has no row security", hint="declare TenantIsolation", id="tenancy.E001")
        for model in missing
    ]


@register(Tags.database, deploy=True)
def database_role_is_harmless(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The serving role is no superuser, bypasses nothing and owns no table; every tenant table is forced."""
    errors: list[CheckMessage] = []
    for alias in kwargs.get("databases") or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
            if cursor.fetchone()[0]:
                errors.append(Error("the database role is a superuser or bypasses row security", id="tenancy.E002"))
            errors += [
                Error(f"{table} lacks forced row security", hint="run migrate as the owner role", id="tenancy.E003")
                for table in _unforced_tables(cursor)
            ]
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = session_user")
            if cursor.fetchone()[0]:
                errors.append(Error("the serving role owns tables: use portal_app, not the owner", id="tenancy.E004"))
    return errors


def _unforced_tables(cursor: Any) -> list[str]:
    expected = {m._meta.db_table for m in apps.get_models() if isolation_of(m) is not None}
    cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    return sorted(expected - {row[0] for row in cursor.fetchall()})
