"""The database and the broker of one test run: started once, shared by its processes, gone at its end.

Here: start, template database, stop. Not here: the whole running portal (``stack``), fixtures (``conftest``).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from portal.config.supervisor.addresses import TEST_PASSWORDS
from portal.config.supervisor.child import Child
from portal.config.supervisor.instance import prepare_database
from portal.config.supervisor.places import Places, places_of_this_test_run, prepare_places
from portal.config.supervisor.postgres import start_postgres
from portal.config.supervisor.valkey import start_valkey

TEMPLATE = "test_portal_template"


class TestServers:
    """What this process started; an xdist worker starts nothing, its controller has."""

    __test__ = False

    def __init__(self) -> None:
        self._children: list[Child] = []

    def start(self) -> None:
        """Start what the environment does not name. A second call changes nothing."""
        places = places_of_this_test_run()
        if self._children or places.postgres.exists():
            return
        prepare_places(places)
        if not os.environ.get("DATABASE_OWNER_URL"):
            self._children.append(start_postgres(places, durable=False))
            prepare_database(places, TEST_PASSWORDS, may_create_databases=True)
        if not os.environ.get("BROKER_URL"):
            self._children.append(start_valkey(places, durable=False))

    def stop(self) -> None:
        """Stop what this process started, and remove the folder of the run."""
        if not self._children:
            return
        for child in reversed(self._children):
            child.stop()
        remove_places(places_of_this_test_run())


def remove_places(places: Places) -> None:
    """Delete an instance's folder and its socket folder."""
    shutil.rmtree(places.sockets, ignore_errors=True)
    shutil.rmtree(places.var, ignore_errors=True)


def ensure_template() -> str:
    """The name of a migrated database to copy from; the first process of the run makes it, the others wait."""
    done = places_of_this_test_run().var / "template"
    with _one_at_a_time(done.with_suffix(".lock")):
        if not done.exists():
            _migrate_template()
            done.touch()
    return TEMPLATE


def _migrate_template() -> None:
    """Migrate under its own name; the connection is pointed back to the test database afterwards."""
    connection = connections["default"]
    usual = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
        cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE template0')
    connection.close()
    connection.settings_dict["NAME"] = TEMPLATE
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def copy_from_template() -> None:
    """Let the test database of this process be a copy of the migrated one."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = ensure_template()
