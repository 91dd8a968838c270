"""The database and the broker of one test run: started once, shared by its processes, gone at its end.

Here: start and stop. Not here: the migrated database (``template``), the running portal (``stack``).
"""

from __future__ import annotations

import os
import shutil

from portal.config.supervisor.addresses import TEST_PASSWORDS
from portal.config.supervisor.child import Child
from portal.config.supervisor.instance import prepare_database
from portal.config.supervisor.places import Places, places_of_this_test_run, prepare_places
from portal.config.supervisor.postgres import start_postgres
from portal.config.supervisor.valkey import start_valkey


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
