"""Run an act in a process of its own and kill that process at a chosen point of its talk with the database or the disk.

A point is every statement, every commit (before and after) and every file written or deleted: nothing in the product
has to be prepared for it, so no act can be without points. Not here: which acts, and what must hold (test_crashes).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.core.files.storage import default_storage
from django.db import connection, connections

BEFORE_COMMIT, AFTER_COMMIT = "before commit", "after commit"


@dataclass(frozen=True)
class Fate:
    """What became of the process: killed where it was to be killed, or ended by itself after ``points`` points."""

    killed: bool
    points: int


def killed_at(act: Callable[[], object], *, nth: int | None = None, name: str | None = None) -> Fate:
    """Run ``act`` in a fork and kill it at its ``nth`` point, or at the first point called ``name``.

    An act that ends before that point has had its full effect. Whatever it raises fails the test.
    """
    # A fork must not share a conversation with the database or the broker.
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        current_app._after_fork()
        _die(act, writer, nth=nth, name=name)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        words = said.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return Fate(True, int(words.rpartition(" ")[2]))
    assert words.startswith("done "), words
    return Fate(False, int(words.rpartition(" ")[2]))


def _die(act: Callable[[], object], writer: int, *, nth: int | None, name: str | None) -> None:
    """In the child: never returns."""
    seen = 0

    def point(called: str) -> None:
        nonlocal seen
        seen += 1
        if seen == nth or (name is not None and called == name):
            os.write(writer, f"killed {seen}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with _watching(point):
            act()
        os.write(writer, f"done {seen}".encode())
    except BaseException as error:
        os.write(writer, f"failed {type(error).__name__}: {error} {seen}".encode())
    finally:
        os._exit(0)


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
