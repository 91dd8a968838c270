"""The Python environment: made once, filled from the hash-locked lists, filled again only when a list changes.

Here: ``.venv`` and pip. Not here: system packages (``debian``). Standard library only.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from portal.config.refusal import Refusal, say

OLDEST_PYTHON = (3, 11)


def prepare_venv(root: Path, *, locks: tuple[str, ...]) -> bool:
    """Bring ``root/.venv`` to exactly the locked sets ``locks`` (file names); True if anything was installed."""
    if sys.version_info < OLDEST_PYTHON:
        raise Refusal(
            "Python 3.11 以上が必要です。`make PYTHON=python3.11 …` のように新しい Python を指定してください。",
            "Python 3.11 or newer is needed: name one, as in `make PYTHON=python3.11 …`.",
            code=3,
        )
    python = _make_venv(root / ".venv")
    stale = [name for name in locks if _stamp(root, name) != _digest(root, name)]
    if not stale:
        return False
    say(f"Python の部品を入れます（{'、'.join(stale)}）", f"Installing the locked Python packages ({', '.join(stale)})")
    _install(python, [root / name for name in locks])
    for name in locks:
        _stamp_path(root, name).write_text(_digest(root, name), encoding="ascii")
    return True


def _make_venv(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if not _works(python):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False
        )
        if made.returncode:
            reason = (made.stdout + made.stderr).strip().splitlines()[-1:] or ["no message"]
            raise Refusal(
                f"{folder} を作れませんでした（{reason[0]}）。このフォルダーに書き込めるか確かめてください。",
                f"Could not make {folder} ({reason[0]}): check that this folder may be written.",
                code=3,
            )
    return python


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def _install(python: Path, locks: list[Path]) -> None:
    # --only-binary: a fresh machine has no compiler, and a source build would run code that no hash in the lock covers.
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    command += ["--only-binary", ":all:"]
    for lock in locks:
        command += ["-r", str(lock)]
    if subprocess.run(command, check=False).returncode:
        raise Refusal(
            "Python の部品を入れられませんでした。上の pip の表示とネットワークを確かめ、もう一度実行してください。",
            "The Python packages could not be installed: see pip's message above, check the network, and try again.",
            code=3,
        )


def _digest(root: Path, name: str) -> str:
    return hashlib.sha256((root / name).read_bytes()).hexdigest()


def _stamp_path(root: Path, name: str) -> Path:
    return root / ".venv" / f"{Path(name).stem}.stamp"


def _stamp(root: Path, name: str) -> str:
    path = _stamp_path(root, name)
    return path.read_text(encoding="ascii") if path.exists() else ""
