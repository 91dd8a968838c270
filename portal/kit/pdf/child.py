"""The renderer's process, ``python -m portal.kit.pdf.child``: one job from stdin, one answer to stdout, then it ends.

Not here: layout itself (layout). Before any text of a user is touched, memory, CPU, files and network are closed off.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

from portal.kit.pdf import fonts

_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "urllib.Request",
    "ftplib.connect",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
)


class Guard:
    """An audit hook: refuses network, processes, writing, and reading outside code and fonts; remembers what it met."""

    def __init__(self) -> None:
        code = (Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[3])
        self.roots = tuple(f"{root.resolve()}/" for root in (*code, *fonts.font_folders()))
        self.refused: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN:
            self._refuse(event)
        if event == "open" and not isinstance(arguments[0], int) and not self._may_open(*arguments[:3]):
            self._refuse("open")

    def _may_open(self, path: Any, mode: str | None, flags: int) -> bool:
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) or (mode is not None and set(mode) & set("wax+"))
        return not writes and os.path.realpath(os.fsdecode(path)).startswith(self.roots)

    def _refuse(self, event: str) -> None:
        self.refused.append(event)
        raise PermissionError(f"the renderer may not do this: {event}")


def cap(*, memory: int, cpu_seconds: int) -> None:
    """Close off address space (bytes), CPU (seconds) and core files for the rest of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))  # the soft one names itself, SIGXCPU
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def report_progress(index: int) -> None:
    """Tell the parent which part is in work, so that a kill can name it."""
    sys.stderr.write(f"part {index}\n")
    sys.stderr.flush()


def answer_job(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """(head, PDF bytes); the head has ``error`` when there is no PDF."""
    warnings.simplefilter("ignore", DeprecationWarning)
    try:
        layout = importlib.import_module("portal.kit.pdf.layout")
    except OSError as lacking:
        return {"error": "system", "part": str(lacking).split("\n", 1)[0][:120]}, b""
    if not layout.has_subsetter():
        return {"error": "system", "part": "libharfbuzz-subset"}, b""
    cap(memory=job["memory"], cpu_seconds=job["cpu_seconds"])
    guard = Guard()
    sys.addaudithook(guard)
    try:
        laid = layout.lay_out(job, progress=report_progress)
    except MemoryError:
        return {"error": "memory"}, b""
    except Exception as fault:
        # Only the kind of fault goes back: its text may quote a name.
        return {"error": type(fault).__name__}, b""
    head = {"page_counts": laid.page_counts, "missing": sorted(laid.missing), "refused": guard.refused + laid.refused}
    return head, laid.pdf


def main() -> None:
    head, pdf = answer_job(json.load(sys.stdin.buffer))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
