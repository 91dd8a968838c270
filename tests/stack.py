"""The whole portal running for a test: the same command a newcomer types, on a free port and a folder of its own.

Here: start, addresses, processes to kill, stop. Not here: what is tested with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import psutil
import psycopg

from portal.config.supervisor.places import ROOT, Places, read_note
from portal.config.supervisor.ports import free_port, unhealthy_parts
from tests.servers import remove_places

PATIENCE = 400
NOT_INHERITED = {
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "BROKER_URL",
    "CACHE_URL",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "PORTAL_ENV",
}


@dataclass
class LiveStack:
    """``url`` without a final slash; ``environment`` is what ``run.json`` tells other commands."""

    places: Places
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        note = read_note(self.places)
        assert note is not None, "the stack is not running"
        return dict(note["environment"])

    def connect(self, *, as_owner: bool = True) -> psycopg.Connection[Any]:
        """An autocommit connection to its database."""
        url = self.environment["DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"]
        return psycopg.connect(url, autocommit=True)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a management command against it."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment_of(self.places),
            capture_output=True,
            text=True,
            check=False,
        )

    def part(self, name: str) -> psutil.Process:
        """The main process of ``web``, ``worker``, ``scheduler``, ``postgres`` or ``valkey``, to be killed."""
        words = {"web": "granian", "scheduler": "beat", "valkey": "valkey-server"}
        for child in psutil.Process(self.process.pid).children():
            if words.get(name, name) in [Path(word.partition(" ")[0]).name for word in child.cmdline()]:
                return child
        raise LookupError(f"no {name} among the children")

    def wait_for_successor(self, name: str, *, of: int) -> psutil.Process:
        """Wait until part ``name`` runs again under another process id than ``of``."""
        last_moment = monotonic() + PATIENCE
        while monotonic() < last_moment:
            try:
                if (found := self.part(name)).pid != of:
                    return found
            except (LookupError, psutil.NoSuchProcess):
                assert not self._has_ended_within(0.2), "the whole stack ended"
        raise AssertionError(f"{name} did not come back")

    def wait_until_green(self) -> None:
        """Wait until the health page is green, or fail with what the stack printed."""
        last_moment = monotonic() + PATIENCE
        while unhealthy_parts(self.port) != []:
            if self._has_ended_within(0.2) or monotonic() > last_moment:
                raise AssertionError(f"the stack did not turn green:\n{self.stop()}")

    def _has_ended_within(self, seconds: float) -> bool:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> str:
        """Stop it as Ctrl-C would; returns what it printed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        printed, _ = self.process.communicate(timeout=60)
        return printed


def start_stack(folder: Path, *, demo: bool) -> LiveStack:
    """Start it in ``folder``; green when this returns."""
    places, port = Places(folder), free_port()
    command = [sys.executable, "manage.py", "run", "--port", str(port), *([] if demo else ["--no-demo"])]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment_of(places),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    stack = LiveStack(places, port, process)
    stack.wait_until_green()
    return stack


def remove_stack(stack: LiveStack) -> None:
    """Stop it and leave nothing on the machine."""
    stack.stop()
    remove_places(stack.places)


def environment_of(places: Places) -> dict[str, str]:
    """What a command needs to find the portal of ``places`` and nothing else of the test's own surroundings."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return kept | {"PORTAL_VAR": str(places.var)}
