"""The history: written with the change or not at all, in one's own name, and never changed by anybody who serves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, ProgrammingError, connection, transaction

from portal.accounts.acting import scope_of
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.audit.record import Actor, Subject, record
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as
from tests.factories.cast import Seat, board, school, seat

pytestmark = pytest.mark.django_db
SERVING = ("school", "endorser", "forwarder", "jcsos", "platform", "worker")


@pytest.fixture
def drafter() -> Seat:
    return seat(Role.SCHOOL_DRAFTER, school(board()))


@pytest.fixture
def event(drafter: Seat) -> Event:
    with drafter.at_work() as by:
        return record(EventName.SECTION_SAVED, by=by, about=Subject(school_id=drafter.org.pk), section="宿泊")


def test_an_event_says_who_what_and_in_which_capacity(event: Event, drafter: Seat) -> None:
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_user_id, kept.actor_role) == (drafter.membership.user_id, "school_drafter")
    assert (kept.actor_org_id, kept.school_id) == (drafter.org.pk, drafter.org.pk)
    assert kept.sentence() == "「宿泊」を保存しました"
    assert kept.sentence("en") == "Section 宿泊 saved"


def test_a_change_that_is_undone_leaves_no_event(drafter: Seat) -> None:
    with drafter.at_work() as by:
        record(EventName.TRIP_CREATED, by=by, about=Subject(school_id=drafter.org.pk))
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_no_event_without_the_transaction_of_its_change(monkeypatch: pytest.MonkeyPatch, drafter: Seat) -> None:
    monkeypatch.setattr(connection, "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        record(EventName.TRIP_CREATED, by=drafter.actor, about=Subject(school_id=drafter.org.pk))


@pytest.mark.parametrize("audience", SERVING)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET facts = '{}'",
        "UPDATE audit_event SET at = at - interval '1 day' WHERE false",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY",
    ],
)
def test_nobody_who_serves_changes_what_is_written(event: Event, drafter: Seat, audience: str, statement: str) -> None:
    _refused(f"aud_{audience}", drafter, statement)
    assert Event.objects.filter(pk=event.pk, facts={"section": "宿泊"}).exists()


@pytest.mark.parametrize("statement", ["SELECT * FROM audit_event", "DELETE FROM audit_event"])
def test_outside_a_scope_the_history_is_closed(event: Event, drafter: Seat, statement: str) -> None:
    _refused("portal_app", drafter, statement)


def _refused(role: str, held: Seat, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        _execute_as(role, held, statement)


def _execute_as(role: str, held: Seat, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true), set_config('app.org', %s, true)", [role, str(held.org.pk)])
        cursor.execute(statement)


def test_nobody_writes_in_the_name_of_another_organisation(drafter: Seat) -> None:
    other = school(board("彼方県教育委員会(見本)"))
    _not_written(drafter, by=Actor(None, "school_drafter", other.pk), about=Subject(school_id=drafter.org.pk))


def test_a_school_writes_no_history_of_another_school(drafter: Seat) -> None:
    other = school(board("彼方県教育委員会(見本)"))
    _not_written(drafter, by=drafter.actor, about=Subject(school_id=other.pk))
    with drafter.at_work() as by:
        record(EventName.MEMBER_INVITED, by=by, about=Subject())
    assert Event.objects.get().school_id is None


def test_an_authority_writes_of_the_schools_it_works_with() -> None:
    officer, pupil_school = seat(Role.AUTHORITY_OFFICER, board()), school(board("隣県教育委員会(見本)"))
    with officer.at_work() as by:
        record(EventName.REVIEW_CLAIMED, by=by, about=Subject(school_id=pupil_school.pk))
    assert Event.objects.count() == 1


def _not_written(held: Seat, **event: Any) -> None:
    with pytest.raises(Error, match="row-level security"), acting_as(scope_of(held.membership)), transaction.atomic():
        record(EventName.TRIP_CREATED, **event)
    assert not Event.objects.exists()


def test_a_machine_signs_nothing() -> None:
    with pytest.raises(Refused, match="人のアカウントで"):
        _ = Actor(None, "school_drafter", None).person_id


def test_every_event_is_told_in_both_languages_and_missing_facts_do_not_break_it() -> None:
    for name in EventName:
        told = Event(name=name.value, facts={})
        assert told.sentence()
        assert told.sentence("en")
        assert "{" not in told.sentence() + told.sentence("en")
