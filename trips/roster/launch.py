"""Starting the confined child and understanding how it ended, so that no file can hurt the caller.

Not here: reading (reading) and the child's own limits (child).
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trips.roster.limits import WALL_SECONDS
from trips.roster.refusals import FileRefused
from trips.roster.sniff import Container, Sniffed
from trips.roster.table import Reading, unpack

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "trips.roster.child")
# What Rust's allocator and the C library end with when the memory cap is hit.
_ABORTED = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL, -signal.SIGTRAP)
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_confined(data: bytes, sniffed: Sniffed, *, sheets: Sequence[str] = (), like: str = "roster") -> Reading:
    """Read ``data`` in a child process capped in memory and time (512 MB, 9 s in all).

    Without ``sheets`` it reads the one most ``like`` a roster or an itinerary. An .xlsx that makes the fast reader
    abort is read once more by openpyxl. Raises :class:`FileRefused`.
    """
    deadline = time.monotonic() + WALL_SECONDS
    ended = _run(data, sniffed, sheets=sheets, like=like, fallback=False, deadline=deadline)
    if _gave_up(ended) and sniffed.container is Container.ZIP:
        ended = _run(data, sniffed, sheets=sheets, like=like, fallback=True, deadline=deadline)
    return _understand(ended)


def _run(
    data: bytes, sniffed: Sniffed, *, sheets: Sequence[str], like: str, fallback: bool, deadline: float
) -> subprocess.CompletedProcess[bytes]:
    wishes: dict[str, Any] = {
        "container": sniffed.container.value,
        "encoding": sniffed.encoding,
        "sheets": list(sheets),
        "like": like,
        "fallback": fallback,
    }
    try:
        return subprocess.run(  # noqa: S603 - a fixed command; the stranger's bytes go in by stdin
            _COMMAND,
            input=json.dumps(wishes).encode() + b"\n" + data,
            capture_output=True,
            check=False,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8"},
            timeout=max(deadline - time.monotonic(), 0.1),
        )
    except subprocess.TimeoutExpired as expired:
        raise FileRefused("too_slow") from expired


def _gave_up(ended: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether the fast reader aborted or panicked, so that the slow one deserves a try."""
    return ended.returncode in _ABORTED or b"PanicException" in ended.stderr


def _understand(ended: subprocess.CompletedProcess[bytes]) -> Reading:
    if ended.returncode in _OUT_OF_TIME:
        raise FileRefused("too_slow")
    if ended.returncode in _ABORTED:
        raise FileRefused("too_heavy")
    if _gave_up(ended):
        raise FileRefused("archive_broken")
    if ended.returncode != 0:
        # The last line may quote a cell; only the kind of exception is safe to write down.
        kind = ended.stderr.decode("utf-8", "replace").rstrip().rpartition("\n")[2].partition(":")[0]
        _log.error("roster reader ended with %s (%s)", ended.returncode, kind)
        raise FileRefused("reader_failed")
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise FileRefused(answer["refused"], **answer["facts"])
    return unpack(answer["reading"])
