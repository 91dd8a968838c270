"""One instance at a time per ``var`` folder, and the servers it needs: embedded ones, or those the environment names.

Here: the lock, starting the servers, the environment for everything that uses them. Not here: web and worker.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from portal.config.refusal import Refusal
from portal.config.supervisor.addresses import (
    DATABASE,
    Passwords,
    embedded_broker_urls,
    embedded_database_urls,
)
from portal.config.supervisor.child import Child
from portal.config.supervisor.keys import app_password, owner_password
from portal.config.supervisor.places import Places, prepare_places, read_note
from portal.config.supervisor.postgres import connect_as_superuser, start_postgres
from portal.config.supervisor.roles import bootstrap_database, bootstrap_roles, settle_database
from portal.config.supervisor.valkey import start_valkey


@dataclass
class Servers:
    """The embedded servers that run (none where real ones are named) and the addresses of all."""

    addresses: dict[str, str]
    postgres: Child | None = None
    valkey: Child | None = None
    running: list[Child] = field(default_factory=list)

    def stop(self) -> None:
        """End them in the reverse order of their start."""
        while self.running:
            self.running.pop().stop()


@contextmanager
def sole_instance(places: Places) -> Iterator[None]:
    """Hold the folder for this process. Raises ``Refusal`` when another one has it."""
    prepare_places(places)
    handle = os.open(places.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _already_running(places) from error
        yield
    finally:
        os.close(handle)


def start_servers(places: Places, *, environment: Mapping[str, str]) -> Servers:
    """Start what ``environment`` does not name; on failure nothing stays behind."""
    servers = Servers(addresses={})
    try:
        _provide_database(servers, places, environment)
        _provide_broker(servers, places, environment)
    except BaseException:
        servers.stop()
        raise
    return servers


def _provide_database(servers: Servers, places: Places, environment: Mapping[str, str]) -> None:
    if environment.get("DATABASE_URL"):
        servers.addresses |= _named(environment, "DATABASE_URL", "DATABASE_OWNER_URL")
        return
    servers.postgres = start_postgres(places)
    servers.running.append(servers.postgres)
    passwords = Passwords(owner=owner_password(places), app=app_password(places))
    prepare_database(places, passwords)
    servers.addresses |= embedded_database_urls(places, passwords)


def prepare_database(places: Places, passwords: Passwords, *, may_create_databases: bool = False) -> None:
    """Roles, database and its settings on the embedded server of ``places``; changes nothing that is right."""
    with connect_as_superuser(places) as superuser:
        bootstrap_roles(superuser, passwords, may_create_databases=may_create_databases)
        bootstrap_database(superuser)
    with connect_as_superuser(places, database=DATABASE) as inside:
        settle_database(inside)


def _provide_broker(servers: Servers, places: Places, environment: Mapping[str, str]) -> None:
    if environment.get("BROKER_URL"):
        servers.addresses |= _named(environment, "BROKER_URL", "CACHE_URL")
        return
    servers.valkey = start_valkey(places)
    servers.running.append(servers.valkey)
    servers.addresses |= embedded_broker_urls(places)


def _named(environment: Mapping[str, str], *names: str) -> dict[str, str]:
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise Refusal(
            f"{names[0]} を設定したときは {'、'.join(missing)} も設定してください（docs/operations.md の「設定」）。",
            f'With {names[0]} set, set {", ".join(missing)} too (docs/operations.md, "Settings").',
            code=4,
        )
    return {name: environment[name] for name in names}


def _already_running(places: Places) -> Refusal:
    note = read_note(places) or {}
    where, pid = note.get("address", "…"), note.get("pid", "…")
    return Refusal(
        f"もう動いています（{where}、プロセス {pid}）。そのまま使うか、Ctrl-C で止めてからもう一度実行してください。",
        f"It is already running ({where}, process {pid}): use it, or stop it with Ctrl-C and try again.",
    )
