"""``make reset``: throw away the local database, queue, files and keys, and nothing else.

Here: asking and deleting. Not here: anything about servers named by the environment; those are never touched.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from portal.config.refusal import Refusal, exit_on_refusal, say
from portal.config.supervisor.instance import sole_instance
from portal.config.supervisor.places import Places, places_of_this_tree


def reset(places: Places) -> None:
    """Delete everything below ``var``. Raises ``Refusal`` while an instance runs, or where files belong to others."""
    if not places.var.exists():
        return
    with sole_instance(places):
        for path in sorted(places.var.iterdir()):
            _delete(path)
        shutil.rmtree(places.sockets, ignore_errors=True)


def _delete(path: Path) -> None:
    try:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    except PermissionError as error:
        raise Refusal(
            f"{path} は別の利用者のものなので消せません。`sudo make reset` を実行してください。",
            f"{path} belongs to another user: type `sudo make reset`.",
        ) from error


def _is_meant() -> bool:
    """At a terminal, ask; called by a script, the command itself is the answer."""
    if not sys.stdin.isatty():
        return True
    sys.stderr.write("手元のデータベースとファイルをすべて消します。よろしいですか / Delete all local data? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def main() -> int:
    """Ask, then delete."""
    if not _is_meant():
        say("何も消していません。", "Nothing was deleted.")
        return 1
    reset(places_of_this_tree())
    say("消しました。`make run` で新しく始められます。", "Deleted: `make run` starts afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(exit_on_refusal(main))
