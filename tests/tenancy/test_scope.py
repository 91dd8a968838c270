"""A scope lives exactly as long as its transaction: nothing of it is met by the next user of the same connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import Error, ProgrammingError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.config.supervisor.addresses import APP_ROLE, TEST_PASSWORDS
from portal.tenancy.scope import Audience, Scope, acting_as, current_scope
from tests.sizes import size
from tests.tenancy.ground import Ground
from tests.tenancy.scopes import looking
from trips.models import Trip

# Only the last test carries ``django_db``, which makes the database: its transaction would swallow what others commit.
pytestmark = pytest.mark.xdist_group("tenancy")
SERVING = "serving"
NOTHING = ("none", "", "", "")


@pytest.fixture(params=["kept open", "from a pool of one"])
def serving(request: pytest.FixtureRequest, ground: Ground) -> Iterator[str]:
    """One connection of the application's login, as a process keeps it or as a pool hands it out."""
    known = connections["default"].settings_dict
    pool = {"pool": {"min_size": 1, "max_size": 1}} if request.param == "from a pool of one" else {}
    login = {"USER": APP_ROLE, "PASSWORD": TEST_PASSWORDS.app, "CONN_MAX_AGE": 0 if pool else None}
    connections.databases[SERVING] = {**known, **login, "OPTIONS": {**known["OPTIONS"], **pool}}
    yield SERVING
    connections[SERVING].close()
    connections[SERVING].close_pool()
    del connections[SERVING], connections.databases[SERVING]


@pytest.fixture
def windows(ground: Ground) -> list[Scope]:
    """Who takes turns on the connection."""
    here, sibling, far = ground.here, ground.sibling, ground.far
    return [
        looking("school", here.principal, health=True),
        looking("school", sibling.principal),
        looking("school", far.principal),
        looking("forwarder", here.officer),
        looking("jcsos", ground.jcsos),
        Scope(Audience.WORKER),
    ]


def test_a_committed_transaction_leaves_nothing(serving: str, windows: list[Scope]) -> None:
    with acting_as(windows[0]), transaction.atomic(using=serving):
        server = _server(serving)
        assert _settings(serving) == ("aud_school", str(windows[0].org_id), str(windows[0].user_id), "on")
    _hand_back(serving)
    assert _settings(serving) == NOTHING
    assert _server(serving) == server, "the same session of the server was met again"
    _assert_denied(serving)


def test_a_broken_transaction_leaves_nothing(serving: str, windows: list[Scope]) -> None:
    for breaking in ("SELECT 1 / 0", "SELECT * FROM nowhere", "SELECT 'x'::uuid"):
        with pytest.raises(Error), acting_as(windows[0]), transaction.atomic(using=serving):
            connections[serving].cursor().execute(breaking)
        _hand_back(serving)
        assert _settings(serving) == NOTHING
        with acting_as(windows[2]), transaction.atomic(using=serving):
            assert _schools(serving) == {windows[2].org_id}


def test_a_program_error_leaves_nothing(serving: str, windows: list[Scope]) -> None:
    with pytest.raises(ZeroDivisionError), acting_as(windows[0]), transaction.atomic(using=serving):
        raise ZeroDivisionError
    assert current_scope() is None
    assert _settings(serving) == NOTHING


def test_an_undone_savepoint_keeps_the_scope(serving: str, windows: list[Scope]) -> None:
    with acting_as(windows[0]), transaction.atomic(using=serving):
        with pytest.raises(ProgrammingError), transaction.atomic(using=serving):
            connections[serving].cursor().execute("SELECT * FROM nowhere")
        assert _schools(serving) == {windows[0].org_id}
        assert _settings(serving)[0] == "aud_school"


def test_an_inner_scope_ends_where_it_ends(serving: str, windows: list[Scope]) -> None:
    with acting_as(windows[0]), transaction.atomic(using=serving):
        with acting_as(windows[2]):
            assert _schools(serving) == {windows[2].org_id}
        assert _schools(serving) == {windows[0].org_id}
        with acting_as(None):
            assert _settings(serving) == NOTHING
        with pytest.raises(ZeroDivisionError), acting_as(windows[2]), transaction.atomic(using=serving):
            raise ZeroDivisionError
        assert _schools(serving) == {windows[0].org_id}


def test_outside_a_transaction_a_scope_opens_nothing(serving: str, windows: list[Scope]) -> None:
    """A setting that outlives its statement would outlive its user: without BEGIN there is none."""
    with acting_as(windows[0]):
        _assert_denied(serving)
        assert _settings(serving) == NOTHING


def test_what_runs_after_commit_has_to_open_its_own_transaction(serving: str, windows: list[Scope]) -> None:
    seen: list[Any] = []
    with acting_as(windows[0]), transaction.atomic(using=serving):
        transaction.on_commit(lambda: seen.append(_settings(serving)), using=serving)
    assert seen == [NOTHING]


def test_rows_in_parts_end_with_their_transaction(serving: str, windows: list[Scope]) -> None:
    with acting_as(windows[0]), transaction.atomic(using=serving):
        parts = Trip.objects.using(serving).iterator(chunk_size=1)
        assert next(parts).school_id == windows[0].org_id
    with acting_as(windows[2]), transaction.atomic(using=serving):
        assert {trip.school_id for trip in Trip.objects.using(serving).iterator(chunk_size=1)} == {windows[2].org_id}


@settings(
    max_examples=size(15, proof=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(turns=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["commit", "undo", "break"])), max_size=8))
def test_whoever_comes_next_meets_only_their_own(
    serving: str, windows: list[Scope], turns: list[tuple[int, str]]
) -> None:
    for number, ending in turns:
        _take_turn(serving, windows[number], ending)
        _hand_back(serving)
        assert _settings(serving) == NOTHING


@pytest.mark.django_db
def test_a_new_thread_acts_for_nobody(windows: list[Scope]) -> None:
    met: list[Scope | None] = []
    with acting_as(windows[0]):
        thread = threading.Thread(target=lambda: met.append(current_scope()))
        thread.start()
        thread.join()
    assert met == [None]


def _take_turn(serving: str, asked: Scope, ending: str) -> None:
    with acting_as(asked), transaction.atomic(using=serving):
        role, org, *_ = _settings(serving)
        assert (role, org) == (asked.audience.database_role, str(asked.org_id or ""))
        if asked.audience is Audience.SCHOOL:
            assert _schools(serving) == {asked.org_id}
        if ending == "undo":
            transaction.set_rollback(True, using=serving)
        if ending == "break":
            with suppress(Error), connections[serving].cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
            transaction.set_rollback(True, using=serving)


def _schools(serving: str) -> set[Any]:
    return set(Trip.objects.using(serving).values_list("school_id", flat=True))


def _settings(serving: str) -> tuple[str, ...]:
    """Role and settings as the server holds them; one never made and one made empty are the same."""
    with connections[serving].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting('app.org', true), ''),"
            " coalesce(current_setting('app.user', true), ''), coalesce(current_setting('app.health', true), '')"
        )
        return tuple(cursor.fetchone())


def _server(serving: str) -> int:
    return int(connections[serving].connection.info.backend_pid)


def _hand_back(serving: str) -> None:
    """What Django does at the end of every request: a pooled connection returns to its pool."""
    connections[serving].close_if_unusable_or_obsolete()


def _assert_denied(serving: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        Trip.objects.using(serving).count()
