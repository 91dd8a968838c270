"""``make check``: every static examination, each reported by itself, none hiding another.

Here: the list and the report. Not here: the settings of each tool (``pyproject.toml``, ``.yamllint``).
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "trips", "insurance", "mofa_requests", "jcsos")
SOURCES = (*PACKAGES, "tests", "bench", "manage.py")
TEST_SETTINGS = "--settings=portal.config.settings.test"


@dataclass(frozen=True)
class Step:
    """One tool and the words that start it."""

    title: str
    words: tuple[str, ...]


def _module(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-W", "ignore", "-m", *words)


def _script(*words: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).with_name(words[0])), *words[1:])


STEPS = (
    Step("style", _module("ruff", "check", *SOURCES)),
    Step("format", _module("ruff", "format", "--check", *SOURCES)),
    Step("types", _module("mypy", *PACKAGES)),
    Step("layers", _script("lint-imports", "--no-logo")),
    Step("templates", _module("djlint", "--lint", "--quiet", "templates")),
    Step("yaml", _module("yamllint", "--strict", *PACKAGES, "tests", "docker-compose.yml", ".yamllint")),
    Step("system checks", _module("django", "check", "--fail-level", "WARNING", TEST_SETTINGS)),
    Step("migrations", _module("django", "makemigrations", "--check", "--dry-run", TEST_SETTINGS)),
    Step("security", _module("bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", *PACKAGES)),
    Step("documents", _module("portal.config.documents", "--check")),
)


def examine(step: Step) -> bool:
    """Run one step and print its outcome, with the tool's words where it failed."""
    began = time.monotonic()
    done = subprocess.run(step.words, cwd=ROOT, capture_output=True, text=True, check=False)
    well = done.returncode == 0
    sys.stdout.write(f"{'ok  ' if well else 'FAIL'} {step.title:<16}{time.monotonic() - began:6.1f} s\n")
    if not well:
        sys.stdout.write(f"{done.stdout}{done.stderr}\n")
    sys.stdout.flush()
    return well


def main() -> int:
    """All steps, or those named on the command line."""
    chosen = [step for step in STEPS if not sys.argv[1:] or step.title in sys.argv[1:]]
    failed = [step.title for step in chosen if not examine(step)]
    if failed:
        sys.stdout.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
