"""PostgreSQL backend that applies the scope in force right after BEGIN, before any savepoint.

A setting made inside a savepoint is undone by its rollback; made here it lives exactly as long as the transaction.
"""

from __future__ import annotations

from django.db.backends.postgresql import base

from portal.tenancy.scope import current_scope


class DatabaseWrapper(base.DatabaseWrapper):
    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # private, absent from the stubs
        scope = current_scope()
        if not autocommit and scope is not None:
            with self.connection.cursor() as cursor:
                cursor.execute(*scope.statement())
