"""GET /healthz: is every part of the portal working? For supervisors, containers and load balancers.

Here: the checks and the signs of life that worker and scheduler leave. Not here: any detail a stranger could use.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from portal.accounts.access import public

log = logging.getLogger(__name__)
WORKER = "worker"
SCHEDULER = "scheduler"
SILENCE_ALLOWED = 30
"""Seconds without a sign of life after which a part counts as down."""

_migrated = False


def mark_alive(part: str) -> None:
    """Leave a sign of life of ``part``; it fades by itself."""
    cache.set(_key(part), time.time(), timeout=SILENCE_ALLOWED * 2)


@public("動いているかの確認")
@never_cache
@require_safe
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"ok": bool, "parts": {name: bool}}`` with 200 or 503; open to all, says nothing but yes and no."""
    parts = examine()
    return JsonResponse({"ok": all(parts.values()), "parts": parts}, status=200 if all(parts.values()) else 503)


def examine() -> dict[str, bool]:
    """Ask every part; one that cannot be asked is down."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "migrations": _schema_is_current,
        "broker": _broker_answers,
        WORKER: partial(shows_life, WORKER),
        SCHEDULER: partial(shows_life, SCHEDULER),
    }
    return {name: _ask(name, check) for name, check in checks.items()}


def _ask(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, RedisError, OSError) as error:
        log.warning("health: %s does not answer (%s)", name, type(error).__name__)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _schema_is_current() -> bool:
    """Asked until it is true once: applied migrations do not come off under a running process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _broker_answers() -> bool:
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)
        return link.connected


def shows_life(part: str) -> bool:
    """Whether ``part`` left a sign of life lately."""
    seen = cache.get(_key(part))
    return seen is not None and time.time() - seen < SILENCE_ALLOWED


def _key(part: str) -> str:
    return f"health:{part}"
