"""``python -m portal.config.serve web|worker|scheduler``: one process of a real installation.

Every wrong or missing setting is listed before anything starts; then this process becomes the server itself.
Not here: running all of them on one machine (``manage.py run``).
"""

from __future__ import annotations

import importlib
import os
import sys

from portal.config.refusal import Refusal, exit_on_refusal, settings_of
from portal.config.supervisor.processes import scheduler_command, web_command, worker_command

PROCESSES = ("web", "worker", "scheduler")


def command_for(process: str, environment: dict[str, str]) -> list[str]:
    """The words that start ``process``; HOST, PORT, WEB_WORKERS, WEB_THREADS and JOB_WORKERS size it."""
    number = {name: int(environment.get(name, "2")) for name in ("WEB_WORKERS", "WEB_THREADS", "JOB_WORKERS")}
    commands = {
        "web": web_command(
            host=environment.get("HOST", "127.0.0.1"),
            port=int(environment.get("PORT", "8000")),
            workers=number["WEB_WORKERS"],
            threads=number["WEB_THREADS"],
        ),
        "worker": worker_command(processes=number["JOB_WORKERS"]),
        "scheduler": scheduler_command(memory=f"{environment.get('STORAGE', '.')}/scheduler"),
    }
    if process not in commands:
        raise _usage()
    return commands[process]


def _usage() -> Refusal:
    names = "|".join(PROCESSES)
    return Refusal(
        f"使い方: python -m portal.config.serve {names}",
        f"usage: python -m portal.config.serve {names}",
        code=2,
    )


def main() -> int:
    """Check the settings, then become the process."""
    process = sys.argv[1] if len(sys.argv) == 2 else ""
    if process not in PROCESSES:
        raise _usage()
    if process != "web":
        # A pool does not survive the fork of a worker process.
        os.environ["DATABASE_POOL_SIZE"] = "0"
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings_of(os.environ.get("PORTAL_ENV", "prod"))
    importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    command = command_for(process, dict(os.environ))
    os.execv(command[0], command)  # noqa: S606 - fixed words, no shell


if __name__ == "__main__":
    sys.exit(exit_on_refusal(main))
