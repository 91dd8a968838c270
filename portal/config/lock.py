"""Write the two lock files: every package by version and sha256, without a word about where they came from.

Here: ``make lock``. Not here: what is wanted (``requirements*.in``). Run with the oldest Python that is supported:
its extra packages are harmless on newer ones, the reverse breaks the installation.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("requirements", "requirements-dev")
# No index, no find-links, no header: a lock names packages and hashes, never a host or somebody's command line.
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
)


def lock() -> None:
    """Compile both lists; the development lock is held to the runtime lock's versions."""
    for name in LISTS:
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, "-o", f"{name}.txt", f"{name}.in"]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    lock()
