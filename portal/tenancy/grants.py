"""What the application's login may do on tables without row security; run after every ``migrate``.

Tenant tables are not here: their grants stand beside their policies (``portal.tenancy.rls``), and the login role
itself has none, so that a query outside any scope is an error and never an empty list.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models

from portal.tenancy.rls import TenantIsolation
from portal.tenancy.scope import Audience

LOGIN_ROLE = "portal_app"
READ_BY_EVERYBODY = ("tenancy_org", "accounts_user", "accounts_membership", "django_content_type")
"""Names and addresses of organisations and staff, which every audience may see beside its own rows."""


def isolation_of(model: type[models.Model]) -> TenantIsolation | None:
    """The row security declared on ``model``, if any."""
    return next((c for c in model._meta.constraints if isinstance(c, TenantIsolation)), None)


def global_tables() -> list[str]:
    """Every managed table without row security, each with a reason in ``checks.GLOBAL_TABLES``."""
    found = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if isolation_of(m) is None}
    return sorted(found)


def grant_global_tables(sender: Any, *, using: str, **_: Any) -> None:
    """Give the login role its tables; idempotent, run once per ``migrate`` by the tenancy app."""
    audiences = ", ".join(audience.database_role for audience in Audience)
    with connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {LOGIN_ROLE}, {audiences}")
        for table in existing.intersection([*global_tables(), "django_migrations"]):
            rights = "SELECT" if table == "django_migrations" else "SELECT, INSERT, UPDATE, DELETE"
            cursor.execute(f"GRANT {rights} ON {table} TO {LOGIN_ROLE}")
        for table in existing.intersection(READ_BY_EVERYBODY):
            cursor.execute(f"GRANT SELECT ON {table} TO {audiences}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {LOGIN_ROLE}, {audiences}")
