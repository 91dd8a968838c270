"""Run an act in a process of its own and kill that process at a chosen point of its talk with the database or the disk.

A point is every statement, every commit (before and after) and every file written or deleted: nothing in the product
has to be prepared for it, so no act can be without points. Not here: which acts, and what must hold (test_crashes).
"""

from __future__ import annotations

import gc
import json
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, NoReturn

from celery import current_app
from django.core.files.storage import default_storage
from django.db import connection, connections
from kombu import pools

BEFORE_COMMIT, AFTER_COMMIT = "before commit", "after commit"
PATIENCE = 60
"""Seconds in which the server notices a dead client even on a busy machine."""


@dataclass(frozen=True)
class Fate:
    """What became of the process: killed where it was to be killed, or ended by itself after ``points`` points."""

    killed: bool
    points: int


def killed_at(act: Callable[[], object], *, nth: int | None = None, name: str | None = None) -> Fate:
    """Run ``act`` in a fork and kill it at its ``nth`` point, or at the first point called ``name``.

    An act that ends before that point has had its full effect. Whatever it raises fails the test. On return nothing
    is left of the process, neither it nor its conversation with the database.
    """
    # A fork must not share a conversation with the database or the broker.
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _die(act, writer, nth=nth, name=name)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        words = said.read()
    _, status = os.waitpid(child, 0)
    last = json.loads(words)
    assert os.waitstatus_to_exitcode(status) == (-signal.SIGKILL if last["end"] == "killed" else 0), last
    assert last["end"] != "failed", last["why"]
    _wait_for_the_end_of(last["backend"])
    return Fate(last["end"] == "killed", last["points"])


def _wait_for_the_end_of(backend: int) -> None:
    """The server notices a dead client in its own time, and keeps its locks until then."""
    last_moment = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        alive = True
        while alive:
            assert monotonic() < last_moment, f"the server still talks to somebody at backend {backend}"
            cursor.execute("SELECT pg_sleep(0.002) FROM pg_stat_get_activity(%s)", [backend])
            alive = cursor.fetchone() is not None


def _die(act: Callable[[], object], writer: int, *, nth: int | None, name: str | None) -> NoReturn:
    """In the child: never returns."""
    seen, backend = 0, 0

    def say(end: str, why: str = "") -> None:
        os.write(writer, json.dumps({"end": end, "points": seen, "backend": backend, "why": why}).encode())

    def point(called: str) -> None:
        nonlocal seen, backend
        seen += 1
        if connection.connection is not None and not connection.connection.closed:
            backend = connection.connection.info.backend_pid
        if seen == nth or (name is not None and called == name):
            say("killed")
            os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()

    try:
        _leave_what_is_the_parents()
        with _watching(point):
            act()
        connections.close_all()
        say("done")
    except BaseException:
        say("failed", traceback.format_exc())
    finally:
        os._exit(0)


def _leave_what_is_the_parents() -> None:
    """No object of the parent may be ended here, and nothing may travel over its links to database and broker.

    Where a browser runs in the parent, Django keeps one link to the database beside its event loop and one without;
    the fork has no loop, so it finds the one that the parent could not close.
    """
    gc.freeze()
    for link in connections.all(initialized_only=True):
        link.connection = None
    current_app._after_fork()
    pools.connections.clear()
    pools.producers.clear()


@contextmanager
def _watching(point: Callable[[str], None]) -> Iterator[None]:
    def statement(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        point("before statement")
        answer = execute(sql, params, many, context)
        point("after statement")
        return answer

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(statement))
        _surround(connection, "_commit", point, BEFORE_COMMIT, AFTER_COMMIT)
        _surround(default_storage, "save", point, "before file", "after file")
        _surround(default_storage, "delete", point, "before delete", "after delete")
        yield


def _surround(holder: Any, method: str, point: Callable[[str], None], before: str, after: str) -> None:
    """Only in the child, which ends afterwards: nothing is put back."""
    original = getattr(holder, method)

    def watched(*args: Any, **kwargs: Any) -> Any:
        point(before)
        answer = original(*args, **kwargs)
        point(after)
        return answer

    setattr(holder, method, watched)
