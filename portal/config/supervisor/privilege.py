"""How a database server that refuses to run as root is run by root: without new users, chown or chmod of parents.

Here: the words put before a command. Not here: the commands themselves (``postgres``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from portal.config.refusal import Refusal

NOBODY = 65534
_NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
# Without user namespaces (many containers forbid them): become nobody, but keep the right to pass through folders
# that only root may enter. The files the server reads are no more open to it than in the namespace above.
_DROPPED = (
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--",
)


@dataclass(frozen=True)
class Privilege:
    """``words`` go before a command; ``owner`` is the uid its data folder must have, as seen from outside."""

    words: tuple[str, ...]
    owner: int


@cache
def database_privilege() -> Privilege:
    """The first way that works here. Raises ``Refusal`` when root has none."""
    if os.geteuid() != 0:
        return Privilege((), os.geteuid())
    if _works(_NAMESPACE):
        return Privilege(_NAMESPACE, 0)
    if _works(_DROPPED):
        return Privilege(_DROPPED, NOBODY)
    raise Refusal(
        "root ではデータベースを起動できません。一般利用者で実行するか、DATABASE_URL で別のものを指定してください。",
        "The database cannot run as root here: run as an ordinary user, or name another server with DATABASE_URL.",
    )


@cache
def death_bond(signal_name: str) -> tuple[str, ...]:
    """Words that make the kernel send ``signal_name`` to a child when we die, even of SIGKILL (Linux)."""
    if shutil.which("setpriv") is None:
        return ()
    return ("setpriv", "--pdeathsig", signal_name, "--")


def _works(words: tuple[str, ...]) -> bool:
    if shutil.which(words[0]) is None:
        return False
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
