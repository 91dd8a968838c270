"""Row security table by table, as the login that serves: what no scope, a foreign one or a forged one can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, models
from psycopg import sql

from portal.kit.ids import uuid7
from portal.tenancy.scope import Scope
from tests.tenancy.ground import NEW_ROWS, Ground, new_row, owner_column, row_of, tenant_models
from tests.tenancy.probe import Probe, adapted, scope
from tests.tenancy.rights import RIGHTS, Rights

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
TABLES = [pytest.param(model, id=model._meta.label) for model in tenant_models()]
DENIED = "InsufficientPrivilege"
FORGED = ("not an id", "' OR true --", "%", "{}", "0", "00000000-0000-0000-0000-000000000000")


def test_every_tenant_table_has_a_row_to_try_and_a_list_of_rights() -> None:
    labels = {model._meta.label for model in tenant_models()}
    assert set(NEW_ROWS) == labels
    assert set(RIGHTS) == labels


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
def test_a_foreign_scope_sees_and_changes_nothing(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, mine = model._meta.db_table, row_of(model, ground.here)
    for foreign in foreign_scopes(ground):
        granted = RIGHTS[model._meta.label].of(foreign)
        assert app.attempt(foreign, f"SELECT 1 FROM {table} WHERE id = %s", [mine["id"]]) == _none(granted, "S")
        assert app.attempt(foreign, f"UPDATE {table} SET id = id WHERE id = %s", [mine["id"]]) in ("0", DENIED)
        assert app.attempt(foreign, f"DELETE FROM {table} WHERE id = %s", [mine["id"]]) == _none(granted, "D")
        assert app.attempt(foreign, f"TRUNCATE {table}") == DENIED


@pytest.mark.parametrize("model", TABLES)
def test_a_foreign_scope_writes_no_row_of_somebody_else(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, row = model._meta.db_table, new_row(model, ground)
    if RIGHTS[model._meta.label].open_to_every_writer:
        return
    for foreign in foreign_scopes(ground):
        assert app.insert(foreign, table, row) == DENIED
        assert app.insert(foreign, table, row, tail="ON CONFLICT (id) DO UPDATE SET id = excluded.id") == DENIED
        assert _copy_in(app, foreign, table, row) in (DENIED, "FeatureNotSupported")
    taken = {**row, "id": row_of(model, ground.here)["id"]}
    for foreign in foreign_scopes(ground):
        assert app.insert(foreign, table, taken, tail="ON CONFLICT (id) DO UPDATE SET id = excluded.id") == DENIED


@pytest.mark.parametrize("model", TABLES)
def test_each_audience_sees_exactly_the_rows_it_is_owed(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for asked in (*own_scopes(ground), *foreign_scopes(ground)):
        if "S" not in rights.of(asked):
            assert app.attempt(asked, f"SELECT 1 FROM {table}") == DENIED
            continue
        owed = _owed(model, rights, asked)
        assert app.ids(asked, table) == owed
        assert app.copied_out(asked, table) == len(owed)


@pytest.mark.parametrize("model", TABLES)
def test_the_owner_of_a_right_can_use_it(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    row, known = new_row(model, ground), row_of(model, ground.here)
    for asked in own_scopes(ground):
        granted = rights.of(asked)
        written = app.insert(asked, table, rights.as_written_by(asked, row))
        assert written == ("1" if "I" in granted else DENIED), asked
        changed = app.attempt(asked, f"UPDATE {table} SET {rights.changed_by(asked)} WHERE id = %s", [known["id"]])
        assert changed == ("1" if "U" in granted else DENIED), asked
        removed = app.attempt(asked, f"DELETE FROM {table} WHERE id = %s", [known["id"]])
        assert removed == ("1" if "D" in granted else DENIED), asked


@pytest.mark.parametrize("model", TABLES)
def test_no_row_is_given_away(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    """Who may change a row cannot hand it to another tenant."""
    table, column = model._meta.db_table, owner_column(model)
    known = row_of(model, ground.here)
    for asked in own_scopes(ground):
        statement = f'UPDATE {table} SET "{column}" = %s WHERE id = %s'
        given = app.attempt(asked, f"{statement}", [ground.far.school.pk, known["id"]])
        if given == "1":
            given = _at_commit(app, asked, statement, [ground.far.school.pk, known["id"]])
        assert given in (DENIED, "ForeignKeyViolation"), asked


@pytest.mark.parametrize("model", TABLES)
def test_a_forged_setting_shows_nothing(app: Probe, ground: Ground, model: type[models.Model]) -> None:
    table, rights = model._meta.db_table, RIGHTS[model._meta.label]
    for audience in ("school", "endorser", "forwarder"):
        if "S" not in rights.of(scope(audience, None)):
            continue
        for text in ("", *FORGED):
            outcome = _with_setting(app, audience, text, f"SELECT 1 FROM {table}")
            assert outcome in ("0", "InvalidTextRepresentation"), (audience, text)


def test_settings_do_not_open_what_the_login_may_not(app: Probe, ground: Ground) -> None:
    school = scope("school", ground.here.school.pk)
    for statement in (
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "SET ROLE postgres",
        "ALTER TABLE trips_trip DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE trips_trip NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON trips_trip USING (true)",
        "GRANT SELECT ON trips_trip TO portal_app",
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


def own_scopes(ground: Ground) -> Iterator[Scope]:
    """Every window on ``here``."""
    here = ground.here
    assert here.endorser is not None
    yield scope("school", here.school.pk)
    yield scope("school", here.school.pk, health=True)
    yield scope("endorser", here.endorser.org.pk)
    yield scope("forwarder", here.board.pk)
    yield scope("jcsos", ground.jcsos.org.pk)
    yield scope("platform", ground.platform.org.pk)


def foreign_scopes(ground: Ground) -> Iterator[Scope]:
    """Windows of others, the right organisation in the wrong audience among them."""
    here, far = ground.here, ground.far
    assert far.endorser is not None
    assert here.endorser is not None
    yield scope("school", far.school.pk)
    yield scope("school", far.school.pk, health=True)
    yield scope("school", here.board.pk)
    yield scope("endorser", far.endorser.org.pk)
    yield scope("endorser", here.school.pk)
    yield scope("forwarder", far.board.pk)
    yield scope("forwarder", here.endorser.org.pk)
    yield scope("forwarder", here.school.pk)
    yield scope("platform", ground.platform.org.pk)
    for audience in ("school", "endorser", "forwarder"):
        yield scope(audience, None)
        yield scope(audience, uuid7())


def _owed(model: type[models.Model], rights: Rights, asked: Scope) -> set[Any]:
    """The ids the owner of the table finds for this audience by its condition, written here once more."""
    condition = rights.condition_of(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table} WHERE {condition}", {"org": asked.org_id})
        return {row[0] for row in cursor.fetchall()}


def _none(granted: str, right: str) -> str:
    return "0" if right in granted else DENIED


def _with_setting(app: Probe, audience: str, text: str, statement: str) -> str:
    try:
        with app.within(scope(audience, None)) as cursor:
            cursor.execute("SELECT set_config('app.org', %s, true)", [text])
            cursor.execute(statement)
            return str(cursor.rowcount)
    except psycopg.Error as error:
        return type(error).__name__


def _at_commit(app: Probe, asked: Scope, statement: str, values: list[Any]) -> str:
    try:
        with app.within(asked) as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return str(cursor.rowcount)
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
