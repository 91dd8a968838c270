"""Measure `make run`: first start, second start, and the memory of the whole stack at rest.

Prints one line per figure with its target. Here: measuring only; nothing fails on a slow machine.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.config.supervisor.ports import free_port, unhealthy_parts  # noqa: E402

SECOND_START_TARGET = 10.0
IDLE_TARGET_MIB = 700
REST = 20
"""Seconds of rest before memory is read, so that start-up work is over."""


def main() -> None:
    """Start twice on a folder of its own, then read memory."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="wataridori-bench-") as folder:
        environment = {"PORTAL_VAR": str(Path(folder) / "var")}
        process, seconds = _start(environment, demo=arguments.demo)
        print(f"first start   {seconds:6.1f} s")
        _stop(process)
        process, seconds = _start(environment, demo=arguments.demo)
        print(f"second start  {seconds:6.1f} s     target < {SECOND_START_TARGET:.0f} s")
        time.sleep(REST)
        _print_memory(process.pid)
        _stop(process)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-demo", action="store_false", dest="demo")
    return parser.parse_args()


def _start(environment: dict[str, str], *, demo: bool) -> tuple[subprocess.Popen[bytes], float]:
    port = free_port()
    command = [sys.executable, "manage.py", "run", "--port", str(port), *([] if demo else ["--no-demo"])]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**psutil.Process().environ(), **environment}, stdout=subprocess.DEVNULL
    )
    while unhealthy_parts(port) != []:
        if process.poll() is not None:
            raise SystemExit(process.returncode)
        time.sleep(0.05)
    return process, time.perf_counter() - began


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    process.wait(60)


def _print_memory(pid: int) -> None:
    """Proportional set size: memory shared between processes is counted once."""
    parts: dict[str, float] = {}
    supervisor = psutil.Process(pid)
    for top in [supervisor, *supervisor.children()]:
        tree = [top] if top is supervisor else [top, *top.children(recursive=True)]
        parts[_name(top)] = sum(process.memory_full_info().pss for process in tree) / 2**20
    for name, used in parts.items():
        print(f"  {name:<12}{used:7.1f} MiB")
    print(f"idle memory   {sum(parts.values()):6.1f} MiB PSS     target < {IDLE_TARGET_MIB} MiB")


def _name(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    marks = {
        "granian": "web",
        "celery": "worker",
        "postgres": "PostgreSQL",
        "valkey": "Valkey",
        "manage.py": "supervisor",
    }
    if " beat " in words:
        return "scheduler"
    return next((name for mark, name in marks.items() if mark in words), process.name())


if __name__ == "__main__":
    main()
