"""What every bench of a desk needs: the portal's test servers with an empty database, times of a request, one line.

Not here: what is measured, and against which bar.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

import django

WARM_UP = 3
HEAD = f"{'step':<28}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'bar':>6}"

Spent = tuple[list[float], list[float]]
"""Milliseconds of each round: by the wall, and of the processor (what a busy machine cannot stretch)."""


@contextmanager
def empty_portal() -> Iterator[None]:
    """Real servers and a migrated database; a password alone signs in. Everything is taken away again."""
    from tests.servers import TestServers  # noqa: PLC0415 - reads settings

    servers = TestServers()
    servers.start()
    try:
        django.setup()
        with _database():
            yield
    finally:
        servers.stop()


@contextmanager
def _database() -> Iterator[None]:
    from django.test.utils import override_settings, setup_databases, teardown_databases  # noqa: PLC0415

    from tests.template import copy_from_template  # noqa: PLC0415

    copy_from_template()
    made = setup_databases(0, interactive=False)
    try:
        with override_settings(PORTAL_RELAX_MFA=True, LOGGING_CONFIG=None):
            yield
    finally:
        teardown_databases(made, 0)


def settle() -> None:
    """Leave the database as it stands once its own upkeep has gone over what was written at one stroke."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def timed(act: Callable[[], Any], rounds: int) -> Spent:
    """Times of ``rounds`` requests, the first few left out. Ends the bench when one is not answered with 200."""
    from portal.config.memory import set_aside  # noqa: PLC0415 - reads settings

    walls, cpus = [], []
    for turn in range(rounds + WARM_UP):
        if turn == WARM_UP:
            set_aside()  # as the web process does once it has loaded everything
        wall, cpu = time.perf_counter(), time.process_time()
        answer = act()
        if answer.status_code != 200:
            raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
        if turn >= WARM_UP:
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
    return walls, cpus


def print_line(name: str, spent: Spent, bar: int) -> None:
    """One line under ``HEAD``."""
    walls, cpus = spent
    p95 = statistics.quantiles(walls, n=20)[-1]
    print(f"{name:<28}{statistics.median(walls):>8.0f}{p95:>8.0f}{statistics.median(cpus):>8.0f}{bar:>6}")
