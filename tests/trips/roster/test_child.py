"""The child process is confined, and however it ends the caller gets words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trips.roster.builders import workbook
from trips.roster import launch
from trips.roster.limits import CHILD_CPU_SECONDS, CHILD_MEMORY_BYTES
from trips.roster.refusals import FileRefused
from trips.roster.sniff import Container, Sniffed

ROOT = Path(launch.__file__).parents[2]
_LIMITS = """
import json, resource
from trips.roster.child import confine
confine()
print(json.dumps([resource.getrlimit(kind) for kind in
      (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]))
"""


def test_limits_hold_in_the_child() -> None:
    ended = subprocess.run([sys.executable, "-c", _LIMITS], cwd=ROOT, capture_output=True, check=True)
    memory, cpu, files, cores = json.loads(ended.stdout)
    assert memory == [CHILD_MEMORY_BYTES] * 2
    assert cpu == [CHILD_CPU_SECONDS, CHILD_CPU_SECONDS + 1]
    assert (files, cores) == ([0, 0], [0, 0])


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGABRT)", "too_heavy"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_slow"),
        ("raise SystemExit(3)", "reader_failed"),
        ("raise RuntimeError('髙橋　花子')", "reader_failed"),
    ],
)
def test_a_child_that_dies_is_explained(
    script: str, code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(launch, "_COMMAND", (sys.executable, "-c", script))
    with pytest.raises(FileRefused) as caught:
        launch.read_confined(workbook(), Sniffed(Container.ZIP))
    assert caught.value.code == code
    assert "花子" not in caplog.text


def test_a_child_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "WALL_SECONDS", 0.2)
    monkeypatch.setattr(launch, "_COMMAND", (sys.executable, "-c", "while True: pass"))
    with pytest.raises(FileRefused, match="too_slow"):
        launch.read_confined(workbook(), Sniffed(Container.ZIP))


def test_the_package_needs_no_django() -> None:
    script = (
        "import sys, trips.roster.child, trips.roster.export, trips.roster.errorfile; print('django' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert ended.stdout.strip() == b"False"
