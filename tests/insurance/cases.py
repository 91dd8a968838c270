"""The worked examples that every implementation has to reproduce. Not here: assertions."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors"
STRESS_FILE = VECTORS / "accident_stress.json"


def stress_vector() -> dict[str, Any]:
    return json.loads(STRESS_FILE.read_text(encoding="utf-8"))


def cover_end_rows() -> list[dict[str, str]]:
    with (VECTORS / "jet_cover_end.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def command(*words: object) -> Done:
    """A management command in this process: its output, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=err)
    except SystemExit as ended:
        return Done(int(ended.code or 0), out.getvalue(), err.getvalue())
    return Done(0, out.getvalue(), err.getvalue())


def typed(*words: object) -> Done:
    """The same as a person types it, with nothing in the environment."""
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
