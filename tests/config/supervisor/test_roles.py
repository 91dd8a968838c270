"""The roles as PostgreSQL itself sees them."""

from __future__ import annotations

import subprocess

import psycopg
import pytest

from portal.config.supervisor.addresses import Passwords
from portal.config.supervisor.instance import prepare_database
from portal.config.supervisor.keys import superuser_password
from portal.config.supervisor.postgres import connect_as_superuser, program, start_postgres
from portal.config.supervisor.roles import AUDIENCES, psql_script
from portal.tenancy.scope import Audience

PASSWORDS = Passwords(owner="所有者's", app="app:secret")


@pytest.fixture
def server(places):
    """A fresh server without roles."""
    running = start_postgres(places, durable=False)
    yield places
    running.stop()


@pytest.fixture
def prepared(server):
    """The same with roles and database, prepared twice: a second time must change nothing."""
    prepare_database(server, PASSWORDS)
    prepare_database(server, PASSWORDS)
    return server


def _connect(places, role, password):
    return psycopg.connect(host=str(places.sockets), user=role, password=password, dbname="portal", autocommit=True)


def test_every_audience_of_the_product_has_its_role():
    assert set(AUDIENCES) == {audience.value for audience in Audience}


def test_neither_login_has_a_power_it_does_not_need(prepared):
    with connect_as_superuser(prepared) as superuser:
        rows = superuser.execute(
            "SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication "
            "FROM pg_roles WHERE rolname LIKE 'portal%' OR rolname LIKE 'aud%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        *((f"aud_{audience}", False, False) for audience in sorted(AUDIENCES)),
        ("portal_app", True, False),
        ("portal_owner", True, False),
    ]


def test_the_owner_owns_the_database_and_can_migrate(prepared):
    with _connect(prepared, "portal_owner", PASSWORDS.owner) as owner:
        owner.execute("CREATE TABLE plan (id int)")
        owner.execute("GRANT SELECT ON plan TO aud_school")
        row = owner.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'").fetchone()
    assert row == ("portal_owner",)
    with _connect(prepared, "portal_app", PASSWORDS.app) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM plan")
        app.execute("SET ROLE aud_school")
        assert app.execute("SELECT count(*) FROM plan").fetchone() == (0,)


def test_the_serving_role_can_take_every_audience_and_create_nothing(prepared):
    with _connect(prepared, "portal_app", PASSWORDS.app) as app:
        for audience in AUDIENCES:
            app.execute(f"SET ROLE aud_{audience}")
            app.execute("RESET ROLE")
        for statement in ("CREATE TABLE mine (id int)", "CREATE ROLE other", "SET ROLE portal_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)
        assert app.execute("SHOW statement_timeout").fetchone() == ("30s",)


def test_the_database_is_for_these_roles_alone(prepared):
    with connect_as_superuser(prepared) as superuser:
        superuser.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        _connect(prepared, "stranger", "x")


def test_the_printed_script_makes_the_same_with_psql(server):
    command = [program("psql"), "-X", "-q", "-h", str(server.sockets), "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
    command += ["-v", f"owner_password={PASSWORDS.owner}", "-v", f"app_password={PASSWORDS.app}", "postgres"]
    environment = {"PGPASSWORD": superuser_password(server), "PATH": "/usr/bin:/bin"}
    for _ in range(2):
        done = subprocess.run(
            command, input=psql_script(), env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    with _connect(server, "portal_app", PASSWORDS.app) as app:
        assert app.execute("SELECT cardinality(show_trgm('山田'))").fetchone() == (3,)


def test_an_unfit_locale_is_refused(server):
    with connect_as_superuser(server) as superuser:
        superuser.execute(
            "CREATE DATABASE portal TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' "
            "LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    with pytest.raises(Exception, match="文字設定"):
        prepare_database(server, PASSWORDS)
