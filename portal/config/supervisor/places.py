"""Where one running instance keeps its things: data, keys, logs, sockets and the note others read.

Here: paths and the socket folder. Not here: what is put there. Standard library only (settings import this).
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.config.refusal import Refusal

ROOT = Path(__file__).resolve().parents[3]
SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket path on Linux (``sun_path`` without its final zero)."""


@dataclass(frozen=True)
class Places:
    """All paths of one instance, below one ``var`` folder."""

    var: Path

    @property
    def postgres(self) -> Path:
        return self.var / "pg"

    @property
    def postgres_unfinished(self) -> Path:
        """Where ``initdb`` works; renamed to ``postgres`` when complete, so a half-made cluster is never used."""
        return self.var / "pg.init"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def files(self) -> Path:
        return self.var / "files"

    @property
    def mail(self) -> Path:
        """Where mail is put that no server takes: nothing leaves this machine unless one is named."""
        return self.var / "mail"

    @property
    def uncollected(self) -> Path:
        """An empty folder for STATIC_ROOT where static files are served from where they lie."""
        return self.var / "uncollected"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def lock(self) -> Path:
        return self.var / "lock"

    @property
    def note(self) -> Path:
        """``run.json``: how to reach the running servers; exists only while they run."""
        return self.var / "run.json"

    @property
    def sockets(self) -> Path:
        """A short folder of this user alone: socket paths may not exceed 107 bytes, ``var`` may be anywhere."""
        mark = hashlib.sha256(str(self.var.resolve()).encode()).hexdigest()[:8]
        return _short_folder() / f"wataridori-{os.geteuid()}-{mark}"


def places_of_this_tree() -> Places:
    """The instance of this checkout; ``PORTAL_VAR`` names another folder."""
    return Places(Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve())


def prepare_places(places: Places) -> None:
    """Make every folder, private to this user. Raises ``Refusal`` where that is not possible."""
    for folder in (places.var, places.keys, places.files, places.mail, places.uncollected, places.logs, places.valkey):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _not_writable(folder, error) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _not_writable(folder, PermissionError("no right to write"))
    _make_socket_folder(places.sockets)


def write_note(places: Places, note: dict[str, Any]) -> None:
    """Tell other commands of this user how to reach the servers (it holds passwords: 0600, replaced whole)."""
    draft = places.note.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(note, file)
    draft.replace(places.note)


def read_note(places: Places) -> dict[str, Any] | None:
    """The note of the running instance, or ``None`` when nothing runs."""
    try:
        note: dict[str, Any] = json.loads(places.note.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise _not_writable(places.note, error) from error
    return note if _is_alive(note["pid"]) else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _short_folder() -> Path:
    offered = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = offered and len(offered) < 40 and os.path.isdir(offered) and os.stat(offered).st_uid == os.geteuid()
    return Path(offered) if usable else Path("/tmp")  # noqa: S108 # nosec B108 - see _make_socket_folder


def _make_socket_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Refusal(
            f"{folder} は別の利用者のものです。それを消すか、環境変数 PORTAL_VAR で別のフォルダーを指定してください。",
            f"{folder} belongs to somebody else: remove it, or name another folder with PORTAL_VAR.",
        )
    folder.chmod(0o700)


def _not_writable(path: Path, error: OSError) -> Refusal:
    reason = error.strerror or str(error)
    return Refusal(
        f"{path} に書き込めません（{reason}）。持ち主を直すか、PORTAL_VAR で別のフォルダーを指定してください。",
        f"{path} cannot be written ({reason}): make it your own, or name another folder with PORTAL_VAR.",
    )


def places_of_this_test_run() -> Places:
    """One folder per test run, the same in all its processes: the first one names it for those it starts."""
    proposed = f"/tmp/wataridori-test-{os.geteuid()}-{os.getpid()}"  # noqa: S108 # nosec B108 - made 0700
    named = os.environ.setdefault("PORTAL_TEST_VAR", proposed)
    return Places(Path(named))
