"""The three processes of the portal itself: web, worker and scheduler, and the words that start them.

Here: their commands and sizes. Not here: the servers they use (``instance``), watching them (``watch``).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from portal.config.supervisor.child import Child
from portal.config.supervisor.places import ROOT, Places

WEB_WORKERS = 2
WEB_THREADS = 2
JOB_WORKERS = 2


def web_command(*, host: str, port: int, workers: int = WEB_WORKERS, threads: int = WEB_THREADS) -> list[str]:
    """granian: processes × blocking threads; failed processes are replaced by granian itself."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
        "portal.config.wsgi:application",
    ]


def worker_command(*, processes: int = JOB_WORKERS) -> list[str]:
    """Celery's worker; no gossip, because workers need nothing of each other."""
    return [
        *(sys.executable, "-m", "celery", "-A", "portal.config.celery", "--quiet", "worker"),
        *("--concurrency", str(processes), "--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ]


def scheduler_command(*, memory: str) -> list[str]:
    """Celery's clock; ``memory`` is the file that remembers the last runs. Only one may run per broker."""
    return [
        *(sys.executable, "-m", "celery", "-A", "portal.config.clock", "--quiet", "beat"),
        *("--schedule", memory, "--pidfile", "", "--loglevel", "INFO"),
    ]


def portal_children(places: Places, *, environment: Mapping[str, str], host: str, port: int) -> list[Child]:
    """Web, worker and scheduler of one instance, not yet started."""
    # The pool belongs to the web's threads: a worker process forks, and forked pools break.
    jobs = {**environment, "DATABASE_POOL_SIZE": "0"}
    commands = (
        ("web", web_command(host=host, port=port), {**environment}),
        ("worker", worker_command(), jobs),
        ("scheduler", scheduler_command(memory=str(places.var / "scheduler")), jobs),
    )
    return [
        Child(name=name, command=command, log=places.logs / f"{name}.log", environment=given, folder=ROOT, patience=15)
        for name, command, given in commands
    ]
