"""What a process and all below it use: seconds of the processor, memory now, memory at most while something runs.

Not here: what is measured (packet). Memory is PSS, where a page that n processes share counts one n-th in each.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import psutil

EVERY_SECONDS = 0.05
MIB = 1 << 20


def cpu_of(pid: int) -> float:
    """Seconds that a process, all below it, and those of them that have ended spent on the processor."""
    return sum(_told(each, _seconds) for each in _family(pid))


def memory_of(pid: int) -> float:
    """MiB of a process and all below it."""
    return sum(_told(each, _pss) for each in _family(pid)) / MIB


@contextmanager
def peaks_of(watched: Mapping[str, Callable[[], int | None]]) -> Iterator[dict[str, float]]:
    """The most MiB that each of ``watched`` (name → process, None while there is none) had inside the block."""
    most = dict.fromkeys(watched, 0.0)
    over = threading.Event()

    def look() -> None:
        while not over.wait(EVERY_SECONDS):
            for name, process in watched.items():
                if pid := process():
                    most[name] = max(most[name], memory_of(pid))

    looker = threading.Thread(target=look, daemon=True)
    looker.start()
    try:
        yield most
    finally:
        over.set()
        looker.join()


def _family(pid: int) -> list[psutil.Process]:
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system + spent.children_user + spent.children_system)


def _pss(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss)


def _told(process: psutil.Process, ask: Callable[[psutil.Process], float]) -> float:
    """The answer of a process; nothing when it has ended meanwhile."""
    try:
        return ask(process)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0
