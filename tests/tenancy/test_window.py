"""JCSOS's window in SQL: open for members who consent, shut for everybody else, shut in the very next statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from portal.config.supervisor.addresses import OWNER_ROLE, TEST_PASSWORDS
from portal.kit.ids import uuid7
from tests.access.estates import Estate
from tests.tenancy.ground import Ground
from tests.tenancy.probe import Probe, connect_as
from tests.tenancy.scopes import looking

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
CLOSINGS = {
    "consent taken back": "consents = false, consented_at = NULL, consented_by_id = NULL",
    "membership ended": "left_on = joined_on",
}


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else's request, committed while JCSOS reads."""
    with connect_as(OWNER_ROLE, TEST_PASSWORDS.owner) as connection:
        connection.autocommit = True
        yield connection


def test_only_what_consenting_members_submitted_is_in_view(app: Probe, ground: Ground) -> None:
    jcsos = looking("jcsos", ground.jcsos)
    assert app.ids(jcsos, "mofa_requests_mofarequest") == {ground.here.filed.request.pk}
    assert _schools_of(app, ground, "mofa_requests_revision") == {ground.here.school.pk}


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
def test_the_window_shuts_within_a_request_that_is_reading(
    app: Probe, ground: Ground, owner: psycopg.Connection[Any], closing: str
) -> None:
    """The first statement still sees the trip; the next one, in the same transaction, does not."""
    with app.within(looking("jcsos", ground.jcsos)) as reading:
        assert _trips(reading) == 1
        with _changed(owner, ground.here, closing):
            assert _trips(reading) == 0
            assert _count(reading, "mofa_requests_revision") == 0
        assert _trips(reading) == 1


def test_a_new_revision_is_shut_from_its_first_moment(
    app: Probe, ground: Ground, owner: psycopg.Connection[Any]
) -> None:
    """What a school without consent submits never opens, even where its row says so."""
    with owner.transaction(force_rollback=True), owner.cursor() as cursor:
        for table in ("mofa_requests_mofarequest", "mofa_requests_revision"):
            for estate, is_open in ((ground.here, True), (ground.sibling, False), (ground.private, False)):
                assert _stamped(cursor, table, estate) == is_open, (table, estate.marks.title)


def test_a_second_membership_opens_nothing_by_itself(
    app: Probe, ground: Ground, owner: psycopg.Connection[Any]
) -> None:
    """Who consented, left and joined again has not consented again."""
    jcsos = looking("jcsos", ground.jcsos)
    added = uuid7()
    owner.execute(
        "INSERT INTO jcsos_membership (id, school_id, joined_on, consents, services, contacts, leaving_reason)"
        " VALUES (%s, %s, current_date, false, '[]', '[]', '')",
        [added, ground.private.school.pk],
    )
    try:
        assert app.ids(jcsos, "mofa_requests_mofarequest") == {ground.here.filed.request.pk}
    finally:
        owner.execute("DELETE FROM jcsos_membership WHERE id = %s", [added])


def test_no_audience_but_the_school_opens_the_window(app: Probe, ground: Ground) -> None:
    asked = looking("jcsos", ground.jcsos)
    assert app.attempt(asked, "UPDATE jcsos_membership SET consents = true") == "InsufficientPrivilege"
    assert app.attempt(asked, "UPDATE mofa_requests_mofarequest SET jcsos_open = true") == "InsufficientPrivilege"
    for table in ("trips_participant", "trips_healthnote", "mofa_requests_revisionpersons", "vault_tripkey"):
        assert app.attempt(asked, f"SELECT 1 FROM {table}") == "InsufficientPrivilege", table


@contextmanager
def _changed(owner: psycopg.Connection[Any], estate: Estate, closing: str) -> Iterator[None]:
    """The membership as ``closing`` leaves it, committed; afterwards as it was."""
    assert estate.consent is not None
    known = estate.consent
    owner.execute(f"UPDATE jcsos_membership SET {closing} WHERE id = %s", [known.pk])
    try:
        yield
    finally:
        owner.execute(
            "UPDATE jcsos_membership SET consents = true, consented_at = now(), consented_by_id = %s, left_on = NULL"
            " WHERE id = %s",
            [estate.principal.membership.user_id, known.pk],
        )


def _stamped(cursor: psycopg.Cursor[Any], table: str, estate: Estate) -> bool:
    """What a copied row, written as open, is stamped with."""
    cursor.execute(f"SELECT * FROM {table} WHERE school_id = %s AND id IN (%s, %s)",
                   [estate.school.pk, estate.filed.request.pk, estate.filed.revision.pk])  # fmt: skip
    found = cursor.fetchone()
    assert found is not None
    names = [part.name for part in cursor.description or ()]
    values = {"id": "%s", "jcsos_open": "true"}
    if table == "mofa_requests_revision":
        values["number"] = "number + 100"
    picked = ", ".join(values.get(name, name) for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {picked} FROM {table} WHERE id = %s RETURNING jcsos_open",
        [uuid7(), found[names.index("id")]],
    )
    return bool((cursor.fetchone() or [None])[0])


def _schools_of(app: Probe, ground: Ground, table: str) -> set[Any]:
    with app.within(looking("jcsos", ground.jcsos)) as cursor:
        return {row[0] for row in cursor.execute(f"SELECT school_id FROM {table}")}


def _trips(cursor: psycopg.Cursor[Any]) -> int:
    return _count(cursor, "mofa_requests_mofarequest")


def _count(cursor: psycopg.Cursor[Any], table: str) -> int:
    found = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert found is not None
    return int(found[0])
