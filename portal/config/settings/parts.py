"""Shapes shared by the settings of every environment: database, cache and log entries as Django wants them.

Here: pure functions from addresses to settings. Not here: where the addresses come from (dev, test, prod).
"""

from __future__ import annotations

from typing import Any

import dj_database_url


def database(parsed: dict[str, Any], *, pool_size: int) -> dict[str, Any]:
    """Django's entry for a parsed database URL; ``pool_size`` 0 keeps one connection per process instead of a pool.

    Server-side cursors and prepared statements stay off, so that a transaction pooler may stand in front.
    """
    kept = {key: parsed[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    options: dict[str, Any] = {**parsed.get("OPTIONS", {}), "application_name": "portal"}
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return kept | {
        "ENGINE": "portal.tenancy.backend",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0 if pool_size else 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": options,
    }


def database_from_url(url: str, *, pool_size: int) -> dict[str, Any]:
    """The same from ``postgres://user:password@host/name``; a socket folder is percent-encoded as the host."""
    return database(dict(dj_database_url.parse(url)), pool_size=pool_size)


def cache(url: str) -> dict[str, Any]:
    """One shared cache on Valkey or Redis."""
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
