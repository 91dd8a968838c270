"""The history is a chain a request, a trip or a house: whatever is done to it past the portal is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from portal.audit.chain import breaks, heads
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.audit.record import Subject, record
from portal.kit.ids import uuid7
from portal.kit.roles import Role
from tests.factories.cast import Seat, board, school, seat

pytestmark = pytest.mark.django_db
LENGTH = 5


@pytest.fixture
def drafter() -> Seat:
    return seat(Role.SCHOOL_DRAFTER, school(board()))


@pytest.fixture
def chain(drafter: Seat) -> list[Event]:
    """Events of one school, and one of another, linked as a commit would."""
    for _ in range(LENGTH):
        _write(drafter)
    _write(seat(Role.SCHOOL_DRAFTER, school(board())))
    _link()
    return list(Event.objects.filter(school=drafter.org).order_by("place"))


def _write(by: Seat) -> None:
    with by.at_work() as actor:
        record(EventName.SECTION_SAVED, by=actor, about=Subject(school_id=by.org.pk), section="宿泊")


def _link() -> None:
    """What a commit does at its end."""
    _run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_event_follows_the_one_before_it(chain: list[Event], drafter: Seat) -> None:
    assert [event.place for event in chain] == [1, 2, 3, 4, 5]
    assert {event.chain for event in chain} == {drafter.org.pk}
    assert len({event.sha256 for event in chain}) == LENGTH
    assert breaks() == []
    assert heads()[str(drafter.org.pk)] == (LENGTH, chain[-1].sha256)


def test_an_event_is_in_the_chain_of_what_it_is_about(drafter: Seat) -> None:
    trip, request = uuid7(), uuid7()
    with drafter.at_work() as by:
        for about in (Subject(drafter.org.pk, trip), Subject(drafter.org.pk, trip, request), Subject()):
            record(EventName.SECTION_SAVED, by=by, about=about)
    _link()
    assert set(Event.objects.values_list("chain", "place")) == {(trip, 1), (request, 1), (drafter.org.pk, 1)}


@pytest.mark.parametrize(
    ("done", "place", "why"),
    [
        ('UPDATE audit_event SET facts = \'{"section": "保険"}\' WHERE place = 3', 3, "changed"),
        ("UPDATE audit_event SET at = at - interval '1 day' WHERE place = 3", 3, "changed"),
        ("UPDATE audit_event SET actor_role = 'school_principal' WHERE place = 5", 5, "changed"),
        ("UPDATE audit_event SET sha256 = repeat('0', 64) WHERE place = 2", 2, "changed"),
        ("DELETE FROM audit_event WHERE place = 1 AND chain = '{chain}'", 2, "gap"),
        ("DELETE FROM audit_event WHERE place = 3", 4, "gap"),
        (
            "UPDATE audit_event SET place = 99 WHERE place = 2; UPDATE audit_event SET place = 2 WHERE place = 3;"
            "UPDATE audit_event SET place = 3 WHERE place = 99",
            2,
            "changed",
        ),
        ("UPDATE audit_event SET chain = gen_random_uuid(), place = 1 WHERE place = 5", 1, "changed"),
        ("UPDATE audit_event SET place = NULL WHERE place = 5", None, "unlinked"),
    ],
    ids=["edited", "back-dated", "other hand", "digest", "first gone", "one gone", "swapped", "moved", "loosened"],
)
def test_what_is_done_past_the_portal_is_found(chain: list[Event], done: str, place: int | None, why: str) -> None:
    _run(done.replace("{chain}", str(chain[0].chain)))
    assert [(found.place, found.why) for found in breaks()] == [(place, why)]


def test_nobody_who_writes_an_event_chooses_its_place(chain: list[Event], drafter: Seat) -> None:
    with drafter.at_work() as by:
        event = Event(name=EventName.SECTION_SAVED.value, school=drafter.org, actor_org_id=by.org_id)
        event.chain, event.place, event.sha256 = uuid7(), 1, "f" * 64
        event.save(force_insert=True)
    _link()
    event.refresh_from_db()
    assert (event.chain, event.place) == (drafter.org.pk, LENGTH + 1)
    assert breaks() == []


def test_heads_kept_elsewhere_show_an_end_that_was_cut(chain: list[Event], tmp_path: Path) -> None:
    kept, said = tmp_path / "heads.json", StringIO()
    call_command("verify_history", keep=kept, stdout=said)
    assert "6 events in 2 chains" in said.getvalue()
    Event.objects.filter(pk=chain[-1].pk).delete()
    call_command("verify_history", stdout=said)
    with pytest.raises(CommandError, match=r"5番目.*以前はあった記録が消されたか"):
        call_command("verify_history", since=kept)


def test_a_broken_chain_is_told_by_its_event(chain: list[Event]) -> None:
    Event.objects.filter(pk=chain[2].pk).delete()
    with pytest.raises(CommandError, match=f"4番目.{chain[3].pk}.*前の記録が消されたか"):
        call_command("verify_history")


@pytest.mark.django_db(transaction=True)
def test_many_hands_write_one_chain(drafter: Seat) -> None:
    def write(_: int) -> None:
        try:
            _write(drafter)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as hands:
        list(hands.map(write, range(24)))
    assert sorted(Event.objects.values_list("place", flat=True)) == list(range(1, 25))
    assert breaks() == []
