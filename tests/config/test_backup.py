"""The steps of docs/operations.md, "Backup and restore", on two real servers."""

from __future__ import annotations

import subprocess

import psycopg
import pytest

from portal.config.supervisor.addresses import Passwords
from portal.config.supervisor.instance import prepare_database
from portal.config.supervisor.keys import superuser_password
from portal.config.supervisor.places import Places, prepare_places
from portal.config.supervisor.postgres import connect_as_superuser, program, start_postgres
from tests.servers import remove_places

PASSWORDS = Passwords(owner="owner", app="app")


@pytest.fixture
def two_servers(tmp_path):
    """The installation that is saved, and the empty one that it is restored into."""
    both = [Places(tmp_path / name) for name in ("old", "new")]
    running = []
    for places in both:
        prepare_places(places)
        running.append(start_postgres(places, durable=False))
        prepare_database(places, PASSWORDS)
    yield both
    for server, places in zip(running, both, strict=True):
        server.stop()
        remove_places(places)


def _tool(places, name, *words, user="postgres", password=None):
    environment = {"PGPASSWORD": password or superuser_password(places), "PATH": "/usr/bin:/bin"}
    command = [program(name), "-h", str(places.sockets), "-U", user, "-d", "portal", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _as(places, role, password):
    return psycopg.connect(host=str(places.sockets), user=role, password=password, dbname="portal", autocommit=True)


def _fill(places):
    with _as(places, "portal_owner", PASSWORDS.owner) as owner:
        owner.execute("CREATE TABLE pupil (school int, name text)")
        owner.execute("ALTER TABLE pupil ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE pupil FORCE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY owned ON pupil TO portal_owner USING (true)")
        owner.execute("CREATE POLICY own_school ON pupil TO aud_school USING (school = 1)")
        owner.execute("GRANT SELECT ON pupil TO aud_school")
        owner.execute("INSERT INTO pupil VALUES (1, '髙橋 﨑'), (2, '葛󠄀城')")


def test_a_dump_brings_back_rows_owners_and_walls(two_servers, tmp_path):
    old, new = two_servers
    _fill(old)
    dumped = _tool(old, "pg_dump", "-Fc", "-f", str(tmp_path / "portal.dump"))
    assert dumped.returncode == 0, dumped.stderr
    restored = _tool(new, "pg_restore", "--clean", "--if-exists", "--exit-on-error", str(tmp_path / "portal.dump"))
    assert restored.returncode == 0, restored.stderr
    with _as(new, "portal_app", PASSWORDS.app) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM pupil")
        app.execute("SET ROLE aud_school")
        assert app.execute("SELECT name FROM pupil").fetchall() == [("髙橋 﨑",)]
    with connect_as_superuser(new, database="portal") as superuser:
        row = superuser.execute(
            "SELECT pg_get_userbyid(relowner), relforcerowsecurity FROM pg_class WHERE relname = 'pupil'"
        ).fetchone()
    assert row == ("portal_owner", True)


def test_the_owner_alone_cannot_dump(two_servers, tmp_path):
    old, _ = two_servers
    _fill(old)
    refused = _tool(old, "pg_dump", "-f", str(tmp_path / "x"), user="portal_owner", password=PASSWORDS.owner)
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr
