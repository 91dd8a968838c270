"""Row security table by table, as the login that serves: what no scope, a foreign one or a forged one can do."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection, models
from psycopg import sql

from portal.tenancy.scope import Audience, Scope
from tests.tenancy.ground import NEW_ROWS, Ground, new_row, owners, row_of, tenant_models
from tests.tenancy.probe import Probe, adapted
from tests.tenancy.rights import RIGHTS
from tests.tenancy.scopes import crossed_scopes, every_scope, foreign_scopes, looking, own_scopes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
TABLES = [pytest.param(model, id=model._meta.label) for model in tenant_models()]
DENIED = "InsufficientPrivilege"
FORGED = ("not an id", "' OR true --", "%", "{}", "0", "00000000-0000-0000-0000-000000000000")
HANDED_OVER = ("school_id", "org_id", "membership_id", "endorser_org_id", "forwarder_org_id")
"""Columns by which a row belongs to somebody."""
UNTRIED = {"jobs.Job": (Audience.JCSOS, Audience.PLATFORM), "audit.Event": (Audience.PLATFORM,)}
"""Audiences that have rights on a table and, in these estates, no rows."""
SENT_BY_THE_SCHOOL = {
    ("vault_tripkey", Audience.SCHOOL, "endorser_org_id"),
    ("vault_tripkey", Audience.SCHOOL, "forwarder_org_id"),
}
"""Submitting is handing over: only the school itself can name who reads with its key."""


def test_every_tenant_table_is_in_both_lists() -> None:
    labels = {model._meta.label for model in tenant_models()}
    new, gone = sorted(labels - set(RIGHTS)), sorted(set(RIGHTS) - labels)
    assert not new, f"{new}: add a line to RIGHTS in tests/tenancy/rights.py that says who may do what with its rows"
    assert not gone, f"{gone}: no such tenant table; take its line out of RIGHTS in tests/tenancy/rights.py"
    new, gone = sorted(labels - set(NEW_ROWS)), sorted(set(NEW_ROWS) - labels)
    assert not new, f"{new}: add a line to NEW_ROWS in tests/tenancy/ground.py that makes a second, valid row"
    assert not gone, f"{gone}: no such tenant table; take its line out of NEW_ROWS in tests/tenancy/ground.py"


@pytest.mark.parametrize("model", TABLES)
def test_outside_any_scope_the_login_can_do_nothing(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, row = model._meta.db_table, new_row(model, ground)
    for statement in (
        f"SELECT * FROM {table}",
        f"SELECT count(*) FROM {table}",
        f"UPDATE {table} SET id = id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"LOCK TABLE {table} IN ACCESS SHARE MODE",
    ):
        assert app.attempt(None, statement) == DENIED, statement
    assert app.insert(None, table, row) == DENIED
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.copied_out(None, table)
    assert _copy_in(app, None, table, row) == DENIED


@pytest.mark.parametrize("model", TABLES)
def test_each_window_shows_exactly_the_rows_it_is_owed(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for asked in every_scope(ground):
        if "S" not in rights.of(asked):
            assert app.attempt(asked, f"SELECT 1 FROM {table}") == DENIED, asked
            continue
        owed = _found(model, rights.seen_by(asked), asked)
        assert app.ids(asked, table) == owed, asked
        assert app.copied_out(asked, table) == len(owed), asked


@pytest.mark.parametrize("model", TABLES)
def test_somebody_owns_rows_behind_every_right(ground: Ground, model: type[models.Model]) -> None:
    """A wall is proven only where there is something on both sides of it."""
    rights, table = RIGHTS[model._meta.label], model._meta.db_table
    found = {
        asked: len(_found(model, rights.seen_by(asked), asked))
        for asked in own_scopes(ground)
        if "S" in rights.of(asked)
    }
    for audience in {asked.audience for asked in found}.difference(UNTRIED.get(model._meta.label, ())):
        assert any(count for asked, count in found.items() if asked.audience is audience), (table, audience)
    everything = len(_found(model, "true", Scope(Audience.WORKER)))
    for asked, count in found.items():
        assert count < everything or rights.seen_by(asked) == "true" or table == "jcsos_campaign", (table, asked)


@pytest.mark.parametrize("model", TABLES)
def test_a_change_without_a_filter_reaches_exactly_the_own_rows(
    app: Probe, ground: Ground, model: type[models.Model]
) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for asked in every_scope(ground):
        granted, column = rights.of(asked), rights.column_of(asked)
        reached = str(len(_found(model, rights.changed_by(asked), asked))) if {"U", "D"} & set(granted) else DENIED
        changed = app.attempt(asked, f"UPDATE {table} SET {column} = {column}")
        assert changed == (reached if "U" in granted else DENIED), asked
        # An assignment that reads nothing asks no policy for reading: the one for updates has to hold by itself.
        if "U" in granted and column == "id":
            assert app.attempt(asked, f"UPDATE {table} SET id = gen_random_uuid()") == reached, asked
        elif "U" in granted and reached == "0":
            assert app.attempt(asked, f"UPDATE {table} SET {column} = NULL") == "0", asked
        assert app.attempt(asked, f"DELETE FROM {table}") == (reached if "D" in granted else DENIED), asked
        assert app.attempt(asked, f"TRUNCATE {table}") == DENIED, asked


@pytest.mark.parametrize("model", TABLES)
def test_only_the_declared_columns_may_be_assigned(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for asked in own_scopes(ground):
        if asked.audience.value in rights.columns:
            assert app.attempt(asked, f"UPDATE {table} SET id = id") == DENIED, asked


@pytest.mark.parametrize("model", TABLES)
def test_a_row_is_written_by_its_owner(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights, row = model._meta.db_table, RIGHTS[model._meta.label], new_row(model, ground)
    for asked in own_scopes(ground):
        may = rights.lets_write(asked, row)
        signed = rights.signed_by(asked, row) if may else row
        assert app.insert(asked, table, signed) == ("1" if may else DENIED), asked


@pytest.mark.parametrize("model", TABLES)
def test_a_foreign_scope_writes_no_row_of_somebody_else(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    if RIGHTS[model._meta.label].open_to_every_writer:
        return
    table, row = model._meta.db_table, new_row(model, ground)
    taken = {**row, "id": row_of(model, ground.here)["id"]}
    for foreign in foreign_scopes(ground):
        assert foreign.org_id not in owners(ground.here)
        assert app.insert(foreign, table, row) == DENIED, foreign
        assert app.insert(foreign, table, row, tail="ON CONFLICT (id) DO UPDATE SET id = excluded.id") == DENIED
        assert app.insert(foreign, table, taken, tail="ON CONFLICT (id) DO UPDATE SET id = excluded.id") == DENIED
        assert _copy_in(app, foreign, table, row) in (DENIED, "FeatureNotSupported"), foreign


@pytest.mark.parametrize("model", TABLES)
def test_no_row_is_handed_to_another_tenant(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    """Who may change a row cannot give it away; the worker stands above tenants and is left out."""
    table, columns = model._meta.db_table, {field.column for field in model._meta.concrete_fields}
    far = {"school_id": ground.far.school.pk, "membership_id": ground.far.principal.membership.pk}
    known = row_of(model, ground.here)
    for asked in filter(lambda one: one.audience is not Audience.WORKER, own_scopes(ground)):
        for column in columns.intersection(HANDED_OVER):
            if (table, asked.audience, column) in SENT_BY_THE_SCHOOL:
                continue
            given = far.get(column, ground.far.board.pk)
            outcome = _at_commit(app, asked, f'UPDATE {table} SET "{column}" = %s WHERE id = %s', given, known["id"])
            assert outcome in (DENIED, "0", "ForeignKeyViolation"), (asked, column)


@pytest.mark.parametrize("model", TABLES)
def test_a_forged_setting_shows_nothing(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for audience in (Audience.SCHOOL, Audience.ENDORSER, Audience.FORWARDER):
        asked = Scope(audience)
        if "S" not in rights.of(asked) or rights.seen_by(asked) == "true":
            continue
        for text in ("", *FORGED):
            outcome = _with_setting(app, asked, text, f"SELECT 1 FROM {table}")
            assert outcome in ("0", "InvalidTextRepresentation"), (audience, text)


def test_the_right_organisation_in_the_wrong_audience_reads_no_plan(app: Probe, ground: Ground) -> None:
    for asked in crossed_scopes(ground):
        for table in ("trips_trip", "trips_participant", "trips_healthnote", "mofa_requests_revisionpersons"):
            assert app.attempt(asked, f"SELECT 1 FROM {table}") in ("0", DENIED), (asked, table)


def test_settings_do_not_open_what_the_login_may_not(app: Probe, ground: Ground) -> None:
    school = looking("school", ground.here.principal)
    for statement in (
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "SET ROLE postgres",
        "ALTER TABLE trips_trip DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE trips_trip NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON trips_trip USING (true)",
        "CREATE TABLE public.loot AS SELECT 1",
        "CREATE VIEW public.loot AS SELECT * FROM trips_trip",
        "CREATE FUNCTION public.loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE loot SUPERUSER",
        "COPY trips_trip TO PROGRAM 'cat'",
        "COPY trips_trip TO '/tmp/loot'",
    ):
        for asked in (None, school):
            assert app.attempt(asked, statement) in (DENIED, "InvalidParameterValue", "UndefinedObject"), statement
    assert app.attempt(school, "SET LOCAL row_security = off; SELECT * FROM trips_trip") == DENIED
    assert app.attempt(school, "GRANT SELECT ON trips_trip TO portal_app; RESET ROLE; TABLE trips_trip") == DENIED


def _found(model: type[models.Model], condition: str, asked: Scope) -> set[Any]:
    """The ids that the owner of the table finds by a condition of ``rights``."""
    with connection.cursor() as cursor:
        values = {"org": asked.org_id, "user": asked.user_id}
        cursor.execute(f"SELECT id FROM {model._meta.db_table} WHERE {condition}", values)
        return {row[0] for row in cursor.fetchall()}


def _with_setting(app: Probe, asked: Scope, text: str, statement: str) -> str:
    try:
        with app.within(asked) as cursor:
            cursor.execute("SELECT set_config('app.org', %s, true)", [text])
            cursor.execute(statement)
            return str(cursor.rowcount)
    except psycopg.Error as error:
        return type(error).__name__


def _at_commit(app: Probe, asked: Scope, statement: str, *values: Any) -> str:
    try:
        with app.within(asked) as cursor:
            cursor.execute(statement, values)
            touched = cursor.rowcount
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return str(touched)
    except psycopg.Error as error:
        return type(error).__name__


def _copy_in(app: Probe, asked: Scope | None, table: str, row: dict[str, Any]) -> str:
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    try:
        with app.within(asked) as cursor, cursor.copy(statement) as copy:
            copy.write_row(adapted(row))
    except psycopg.Error as error:
        return type(error).__name__
    return "1"
