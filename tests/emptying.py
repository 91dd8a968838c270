"""How a test that really commits leaves the database: its rows deleted, not every table of the product rewritten.

Django truncates all tables and writes content types and permissions anew; with this many tables that takes longer than
most of the tests. Here: deleting what is there. Not here: tests in one transaction, which leave nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

MANY = 3_000
"""Rows of one table from which on rewriting it is quicker than deleting them one by one."""
KEPT = {"django_content_type", "auth_permission"}
"""Written by the migrations and by nobody else."""

_truncate_everything = TransactionTestCase._fixture_teardown


def empty_quickly() -> None:
    """From now on, tests that commit are followed by deletions."""
    TransactionTestCase._fixture_teardown = _delete_what_is_there


def _delete_what_is_there(case: TransactionTestCase) -> None:
    filled = _filled_tables()
    if max(filled.values(), default=0) > MANY:
        _truncate_everything(case)
        return
    # All keys are checked at the end of a transaction, so the order of the tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for table in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _filled_tables() -> dict[str, int]:
    """Tables with rows in them, and how many, counted as far as it matters."""
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    counts = " UNION ALL ".join(
        f"SELECT '{name}', (SELECT count(*) FROM (SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT {MANY + 1}) x)"
        for name in sorted(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        rows: list[Any] = cursor.fetchall()
    return {name: count for name, count in rows if count}
