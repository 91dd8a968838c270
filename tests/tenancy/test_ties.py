"""A child row can never point into another tenant: plain foreign keys look past row security, composite ones do not."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.tenancy import catalogue
from tests.tenancy.catalogue import Tie
from tests.tenancy.ground import Ground, new_row, row_of, tenant_models
from tests.tenancy.probe import Probe, adapted
from tests.tenancy.rights import RIGHTS
from tests.tenancy.scopes import own_scopes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
MODELS = {model._meta.db_table: model for model in tenant_models()}
BINDING = {"school_id", "org_id", "endorser_org_id", "forwarder_org_id", "request_id"}
"""Columns that hold a child to its parent's tenant; a request is itself held by the others."""
OPEN_TO_EVERY_SCHOOL = {
    ("mofa_requests_revision", "authority_settings_id"),
    ("jcsos_editionverdict", "release_id"),
    ("jcsos_tripaudit", "campaign_id"),
    ("jcsos_assistentry", "case_id"),
    ("jcsos_assistreading", "case_id"),
}
"""Parents that are no secret of another tenant: published rules, announced campaigns, cases of the one JCSOS."""
WITHOUT_A_TENANT = {("mofa_requests_calendarfeed", "token_hash")}
"""Unique keys over text that nobody can guess: the hash of a secret address."""

ALSO = {"amends_id": {"kind": "amendment"}}
"""What else a row must say that points at such a parent."""


def _between_tenants() -> list[Tie]:
    """Plain foreign keys from one walled table to another."""
    found = [tie for tie in catalogue.ties() if tie.table in MODELS and tie.parent in MODELS and len(tie.columns) == 1]
    return sorted((tie for tie in found if (tie.table, tie.columns[0]) not in OPEN_TO_EVERY_SCHOOL), key=str)


def test_every_key_between_walled_tables_is_tied_to_the_tenant() -> None:
    tied = {(tie.table, tie.columns[-1]) for tie in catalogue.ties() if BINDING.intersection(tie.columns[:-1])}
    loose = [(tie.table, tie.columns[0]) for tie in _between_tenants() if (tie.table, tie.columns[0]) not in tied]
    assert loose == [], "add SameTenant to the model's constraints (portal/tenancy/rls.py), and a migration"


def test_no_unique_key_answers_what_exists_elsewhere() -> None:
    """A unique key looks past row security: each needs an id in it that only its owner knows."""
    for table in MODELS:
        for key in catalogue.unique_keys(table):
            guessed = {name for name in key if (table, name) not in WITHOUT_A_TENANT}
            assert not guessed or "uuid" in key.values() or "recipient_id" in key, (table, key)


def test_no_row_can_hang_on_a_foreign_parent(app: Probe, ground: Ground) -> None:
    """Each key between tenants is tried by whoever may write the child, with a real parent of somebody else."""
    tried = set()
    for tie in _between_tenants():
        model, column = MODELS[tie.table], tie.columns[0]
        foreign = _foreign_parent(ground, tie)
        for asked in own_scopes(ground):
            row = RIGHTS[model._meta.label].signed_by(asked, new_row(model, ground))
            if not RIGHTS[model._meta.label].lets_write(asked, row):
                continue
            tried.add(tie.table)
            assert (
                _written(app, asked, tie.table, {**row, column: foreign, **ALSO.get(column, {})})
                == "ForeignKeyViolation"
            ), (tie, asked)
    assert len(tried) > 25


def test_no_row_can_be_moved_under_a_foreign_parent(ground: Ground) -> None:
    """Not even by the owner of the tables, whom row security lets pass."""
    for tie in _between_tenants():
        mine, foreign = row_of(MODELS[tie.table], ground.here), _foreign_parent(ground, tie)
        with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
            _move(tie, mine["id"], foreign)


def _foreign_parent(ground: Ground, tie: Tie) -> Any:
    """A parent of ``far`` without children, so that nothing but the tenant speaks against it."""
    bare = ground.far_bare
    free = {
        "trips_trip": bare.trip,
        "trips_participant": bare.participant,
        "mofa_requests_mofarequest": ground.far.draft.request,
        "mofa_requests_revision": bare.revision,
        "mofa_requests_packet": bare.packet,
        "mofa_requests_dispatch": bare.dispatch,
    }
    if tie.parent in free:
        return free[tie.parent].pk
    return _of_another_office(ground, tie.parent) or row_of(MODELS[tie.parent], ground.far)["id"]


def _of_another_office(ground: Ground, parent: str) -> Any:
    """JCSOS's own rows belong to no school: foreign is what another office keeps."""
    columns = {field.column for field in MODELS[parent]._meta.concrete_fields}
    if not parent.startswith("jcsos_") or "school_id" in columns or "org_id" not in columns:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {parent} WHERE org_id <> %s ORDER BY id LIMIT 1", [ground.jcsos.org.pk])
        found = cursor.fetchone()
    return found[0] if found else None


def _move(tie: Tie, child: Any, parent: Any) -> None:
    with connection.cursor() as cursor:
        also = "".join(f", {name} = '{value}'" for name, value in ALSO.get(tie.columns[0], {}).items())
        cursor.execute(f"UPDATE {tie.table} SET {tie.columns[0]} = %s{also} WHERE id = %s", [parent, child])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _written(app: Probe, asked: Any, table: str, row: dict[str, Any]) -> str:
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    try:
        with app.within(asked) as cursor:
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", adapted(row))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as error:
        return type(error).__name__
    return "1"
