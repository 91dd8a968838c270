"""``python3 -m portal.config.install run|test``: everything `make run` or `make test` needs, on a bare machine.

Standard library only; the steps that need a package run inside the environment made here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from portal.config.install.debian import RUN_PARTS, TEST_PARTS, apt_line, missing_parts, require
from portal.config.install.venv import prepare_venv
from portal.config.refusal import Refusal, exit_on_refusal, say

ROOT = Path(__file__).resolve().parents[3]
COMPILE_CATALOGUES = "from portal.ui.locale.compile import compile_if_outdated; compile_if_outdated()"
LOCKS = {"run": ("requirements.txt",), "test": ("requirements.txt", "requirements-dev.txt")}


def install(purpose: str) -> int:
    """Bring this machine to where ``purpose`` (run or test) can start."""
    require(RUN_PARTS)
    if purpose == "test":
        _bring_test_parts()
    prepare_venv(ROOT, locks=LOCKS[purpose])
    python = ROOT / ".venv" / "bin" / "python"
    return subprocess.run([python, "-c", COMPILE_CATALOGUES], cwd=ROOT, check=False).returncode


def _bring_test_parts() -> None:
    """Root installs them; an ordinary user is told, and the tests that need them report themselves as skipped."""
    if os.geteuid() == 0:
        require(TEST_PARTS)
    elif missing := missing_parts(TEST_PARTS):
        line = apt_line(missing)
        say(
            f"ブラウザー・文字読み取りの部品がないため、その試験は飛ばします。行うには: {line}",
            f"Browser or OCR parts are missing, so those tests will be skipped. To run them: {line}",
        )


def main() -> int:
    """Read the purpose from the command line."""
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in LOCKS:
        raise Refusal(
            "使い方: python3 -m portal.config.install run|test",
            "usage: python3 -m portal.config.install run|test",
            code=2,
        )
    return install(purpose)


if __name__ == "__main__":
    sys.exit(exit_on_refusal(main))
