"""One migrated database that every process of a test run copies, kept as SQL between runs with the same migrations.

Here: making it, keeping it, copying it, beginning a whole portal with it. Not here: the server it lives on
(``servers``), the portal (``stack``).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from portal.config.memory import set_aside
from portal.config.supervisor.addresses import DATABASE, Passwords
from portal.config.supervisor.instance import prepare_database
from portal.config.supervisor.keys import app_password, owner_password, superuser_password
from portal.config.supervisor.places import (
    ROOT,
    Places,
    places_of_this_test_run,
    places_of_this_tree,
    prepare_places,
)
from portal.config.supervisor.postgres import SUPERUSER, program, start_postgres

TEMPLATE = "test_portal_template"
_READ = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f")
KEPT = 3
"""Dumps kept side by side, so that changing branches does not cost a migration each time."""
# All that decides what a migrated database looks like.
PACKAGES = ("portal", "trips", "insurance", "mofa_requests", "jcsos")
SHAPING = ("**/migrations/*.py", "**/models.py", "**/models/*.py", "tenancy/**/*.py")


def begin_template() -> subprocess.Popen[bytes]:
    """Have it made by a process of its own, while the others still collect their tests."""
    settings = {"DJANGO_SETTINGS_MODULE": "portal.config.settings.test"}
    return subprocess.Popen([sys.executable, "-m", "tests.template"], cwd=ROOT, env=os.environ | settings)


def copy_from_template() -> None:
    """Let the test database of this process be a copy of the migrated one."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = ensure_template()


def ensure_template() -> str:
    """The name of the migrated database; the first process of the run makes it, the others wait for it."""
    done = places_of_this_test_run().var / "template"
    with _one_at_a_time(done.with_suffix(".lock")):
        if not done.exists():
            _make_template(_kept_dump())
            done.touch()
    return TEMPLATE


def begin_migrated(places: Places) -> None:
    """Let a portal that will run in ``places`` find its tables made; what is tested elsewhere is not done again."""
    ensure_template()
    if (dump := _kept_dump()).exists():
        prepare_places(places)
        postgres = start_postgres(places, durable=False)
        try:
            prepare_database(places, Passwords(owner=owner_password(places), app=app_password(places)))
            _as_superuser("psql", *_READ, str(dump), places=places, database=DATABASE)
        finally:
            postgres.stop()


def _make_template(dump: Path) -> None:
    """From the dump where there is one; else by migrating, and then the dump is made."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
        cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE template0')
    embedded = not os.environ.get("DATABASE_OWNER_URL")
    if embedded and dump.exists():
        _as_superuser("psql", *_READ, str(dump))
        return
    _migrate()
    if embedded:
        _keep(dump)


def _migrate() -> None:
    """Migrate under the template's name; the connection is pointed back to the test database afterwards."""
    connection = connections["default"]
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = TEMPLATE
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _keep(dump: Path) -> None:
    """Dumped by the superuser, because forced row security refuses the owner."""
    dump.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = dump.with_suffix(f".{os.getpid()}")
    _as_superuser("pg_dump", "-f", str(draft))
    draft.replace(dump)
    for old in sorted(dump.parent.glob("*.sql"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def _as_superuser(name: str, *words: str, places: Places | None = None, database: str = TEMPLATE) -> None:
    places = places or places_of_this_test_run()
    command = [program(name), "-h", str(places.sockets), "-U", SUPERUSER, "-d", database, *words]
    subprocess.run(command, env={"PGPASSWORD": superuser_password(places), "PATH": "/usr/bin:/bin"}, check=True)


def _kept_dump() -> Path:
    digest = hashlib.sha256()
    shaping = {path for package in PACKAGES for pattern in SHAPING for path in (ROOT / package).glob(pattern)}
    for path in sorted(shaping | {ROOT / "requirements.txt"}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return places_of_this_tree().var / "test-template" / f"{digest.hexdigest()[:16]}.sql"


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    django.setup()
    set_aside()
    ensure_template()
