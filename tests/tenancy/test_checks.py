"""What must hold for every table, role and function, asked of the database's catalogue; and the start-up checks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connection

from portal.config.supervisor.roles import AUDIENCES as BOOTSTRAPPED
from portal.tenancy.checks import GLOBAL_TABLES, database_role_is_harmless
from portal.tenancy.grants import LOGIN_ROLE, READ_BY_EVERYBODY, global_tables, isolation_of
from portal.tenancy.scope import Audience
from tests.tenancy import catalogue
from tests.tenancy.ground import tenant_models

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
TENANT_TABLES = {model._meta.db_table for model in tenant_models()}
DEFINERS = {
    "audit_link",
    "jcsos_stamp_window",
    "jcsos_follow_membership",
    "jcsos_names_a_traveller",
    "jcsos_keep_missing",
    "jcsos_missing_of",
}
"""Functions with the rights of the owner: they need what the caller cannot see, a membership or the end of a chain."""
ADD_A_REASON = "declare TenantIsolation on its model, or give its app a reason in portal/tenancy/checks.GLOBAL_TABLES"


def test_every_table_is_walled_or_has_a_reason() -> None:
    known = TENANT_TABLES | set(global_tables()) | {"django_migrations"}
    assert set(catalogue.tables()) == known, ADD_A_REASON
    assert {app.label for app in apps.get_app_configs() if list(app.get_models())} >= set(GLOBAL_TABLES) - {"sites"}


def test_every_tenant_table_has_forced_row_security() -> None:
    found = catalogue.tables()
    assert {table for table in TENANT_TABLES if found[table] != (True, True)} == set()
    assert {table for table, security in found.items() if any(security)} == TENANT_TABLES


def test_every_policy_is_for_one_audience_and_one_command() -> None:
    for policy in catalogue.policies():
        assert policy.permissive, policy
        assert len(policy.roles) == 1, policy
        if policy.name == f"{policy.table}_owner":
            assert policy.roles == ("portal_owner",), policy
            continue
        assert policy.roles[0] in catalogue.AUDIENCES, policy
        assert policy.command in ("select", "insert", "update", "delete"), policy
        assert (policy.using is None) == (policy.command == "insert"), policy
        assert (policy.check is None) == (policy.command in ("select", "delete")), policy
    named = [(policy.table, policy.roles, policy.command) for policy in catalogue.policies()]
    assert len(named) == len(set(named)), "two policies for one audience and command widen each other"


def test_what_stands_in_the_database_is_what_the_models_declare() -> None:
    """A policy or a grant that no migration of the model wrote, or one that was forgotten, is found here."""
    declared, columns = set(_declared()), set(_declared_columns())
    there = {
        (policy.table, policy.roles[0], policy.command)
        for policy in catalogue.policies()
        if policy.name != f"{policy.table}_owner"
    }
    assert there == declared | {(table, role, command) for table, role, command, _ in columns}
    assert {grant for grant in catalogue.table_grants() if grant[0] in TENANT_TABLES} == declared
    assert {grant for grant in catalogue.column_grants() if grant[0] in TENANT_TABLES} == columns


def _declared() -> Iterator[tuple[str, str, str]]:
    for table, role, command in _rules():
        if "(" not in command:
            yield table, role, command


def _declared_columns() -> Iterator[tuple[str, str, str, str]]:
    for table, role, command in _rules():
        verb, _, names = command.partition("(")
        for name in filter(None, names.removesuffix(")").split(",")):
            yield table, role, verb, name.strip()


def _rules() -> Iterator[tuple[str, str, str]]:
    for model in tenant_models():
        isolation = isolation_of(model)
        assert isolation is not None
        for audience, _condition, commands in isolation.rules:
            for command in re.findall(r"\w+(?:\([^)]*\))?", commands):
                yield model._meta.db_table, Audience(audience).database_role, command


def test_the_login_has_no_right_of_its_own_on_tenant_rows() -> None:
    by_login = {table for table, role, _ in catalogue.table_grants() if role == LOGIN_ROLE}
    assert by_login & TENANT_TABLES == set()
    assert {table for table, role, _ in catalogue.table_grants() if role == "public"} == set()


def test_audiences_read_names_of_organisations_and_staff_and_no_other_shared_table() -> None:
    shared = {grant for grant in catalogue.table_grants() if grant[0] not in TENANT_TABLES}
    by_audiences = {grant for grant in shared if grant[1] in catalogue.AUDIENCES}
    assert by_audiences == {(table, role, "select") for table in READ_BY_EVERYBODY for role in catalogue.AUDIENCES}


def test_the_serving_roles_have_no_power() -> None:
    found = catalogue.rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit, rolcanlogin"
        " FROM pg_roles WHERE rolname = ANY(%s)",
        [list(catalogue.SERVING)],
    )
    assert {name for name, *_ in found} == set(catalogue.SERVING)
    for name, *powers, inherits, logs_in in found:
        assert not any(powers), name
        assert logs_in == (name == LOGIN_ROLE), name
        assert not (inherits and name == LOGIN_ROLE), "outside a scope the login must not inherit an audience's rights"


def test_the_serving_roles_own_nothing_and_belong_to_nobody_else() -> None:
    owners = catalogue.rows(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    assert owners == [("portal_owner",)]
    member_of = catalogue.rows(
        "SELECT member::regrole::text, roleid::regrole::text, inherit_option, set_option, admin_option"
        " FROM pg_auth_members WHERE member::regrole::text = ANY(%s)",
        [list(catalogue.SERVING)],
    )
    assert set(member_of) == {(LOGIN_ROLE, audience, False, True, False) for audience in catalogue.AUDIENCES}
    assert {f"aud_{name}" for name in BOOTSTRAPPED} == {one.database_role for one in Audience}


def test_no_view_shows_rows_past_the_walls() -> None:
    views = catalogue.rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')"
    )
    assert views == [], "a view runs with its owner's rights: use a query, or security_invoker and a line here"


def test_functions_with_the_owners_rights_are_few_and_fixed() -> None:
    found = catalogue.rows(
        "SELECT p.proname, p.proconfig FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
    )
    assert {name for name, _ in found} == DEFINERS
    for name, settings in found:
        assert settings == ["search_path=public, pg_temp"], name


def test_start_is_refused_where_a_wall_is_missing() -> None:
    assert [error for error in run_checks(tags=["models"]) if error.id == "tenancy.E001"] == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trips_trip NO FORCE ROW LEVEL SECURITY")
    found = {error.id: error.msg for error in database_role_is_harmless(None, databases=["default"])}
    assert found["tenancy.E003"] == "trips_trip lacks forced row security"
    assert "tenancy.E004" in found, "the owner of the tables may not serve"
    assert "tenancy.E002" not in found
