"""Deadlines in people's own calendars: the secret address, who it opens for, and what stands in the feed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import ProgrammingError
from django.test import Client
from icalendar import Calendar

from mofa_requests import queries
from mofa_requests.actions.authority import save_authority_rules
from mofa_requests.actions.calendar import open_feed, revoke_feed
from mofa_requests.actions.plan import open_plan, store_dossier
from mofa_requests.actions.submit import judge_plan, submit
from mofa_requests.facts import AuthorityRules
from mofa_requests.feeds import feed_of, owner_of
from mofa_requests.models import CalendarFeed, MofaRequest
from portal.accounts.models import Membership
from portal.audit.models import Event as AuditEvent
from portal.dossier.types import Dossier, FounderType
from portal.kit import clock
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat, world
from tests.ui.authority.conftest import signed_in

pytestmark = pytest.mark.django_db
NAMES = {"school": "学校の提出期限", "dispatch": "経由機関の発送期限", "receipt": "外務省必着"}


@pytest.fixture(autouse=True)
def relaxed(settings: Any) -> Iterator[None]:
    """Second factors have tests of their own; here a sign-in is enough."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here() -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def address_of(who: Seat) -> str:
    with who.at_work():
        return f"/calendar/{open_feed(who.membership)}.ics"


def read(path: str) -> dict[str, Any]:
    """The events of a feed by kind of date (one trip) as a calendar would read them, without a sign-in."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {str(event["UID"]).split("@")[0].rsplit("-", 1)[1]: event for event in calendar.walk("VEVENT")}


def test_a_school_sees_the_dates_its_plan_is_judged_by(here: World) -> None:
    events = read(address_of(here.drafter))
    with here.drafter.at_work():
        dates = judge_plan(queries.latest_of(here.request.trip), here.dossier, on=here.on).deadlines
    assert {kind: event.decoded("DTSTART") for kind, event in events.items()} == {
        "school": dates.school_submission,
        "dispatch": dates.authority_dispatch,
        "receipt": dates.receipt,
    }
    for kind, event in events.items():
        assert event.decoded("DTEND") - event.decoded("DTSTART") == dt.timedelta(days=1)
        assert event["SUMMARY"] == f"【{NAMES[kind]}】{here.dossier.outline.title}"
        assert event["URL"] == f"https://portal.example/trips/{here.request.trip_id}/"
        assert event.decoded("LAST-MODIFIED").tzinfo is not None


def test_the_feed_names_nobody(here: World) -> None:
    text = Client().get(address_of(here.drafter)).content.decode().replace("\r\n ", "")
    people = [person.name for person in here.dossier.participants] + [
        contact.name for contact in here.dossier.home_contacts
    ]
    assert not [name for name in people if name and name in text]
    assert here.drafter.membership.user.name not in text


def test_names_stay_and_the_sequence_grows_when_a_date_moves(here: World) -> None:
    path = address_of(here.drafter)
    before = read(path)
    later = here.dossier.outline.model_copy(
        update={"departs_on": here.dossier.outline.departs_on + dt.timedelta(days=14)}  # type: ignore[operator]
    )
    groups = tuple(group.model_copy(update={"departs_on": None}) for group in here.dossier.groups)
    with here.drafter.at_work() as by:
        moved = here.dossier.model_copy(update={"outline": later, "groups": groups})
        store_dossier(here.request.trip, moved, by=by)
    after = read(path)
    assert {str(event["UID"]) for event in after.values()} == {str(event["UID"]) for event in before.values()}
    for kind in NAMES:
        assert after[kind].decoded("DTSTART") > before[kind].decoded("DTSTART")
        assert after[kind]["SEQUENCE"] > before[kind]["SEQUENCE"]
    assert read(path)["school"]["SEQUENCE"] == after["school"]["SEQUENCE"]


def test_a_boards_new_version_moves_the_date_and_the_sequence(here: World) -> None:
    path = address_of(here.drafter)
    before = read(path)["school"]
    with here.approver.at_work() as by:
        rules = AuthorityRules(school_days=25)
        save_authority_rules(here.approver.org, rules, dated_from=here.on, base_version=0, by=by)
    after = read(path)["school"]
    assert after.decoded("DTSTART") < before.decoded("DTSTART")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_an_authority_sees_what_it_has_not_forwarded_yet() -> None:
    here = world(FounderType.MUNICIPAL)
    assert here.endorser is not None
    with clock.stopped_at(here.on):
        paths = [address_of(here.officer), address_of(here.endorser)]
        assert [read(path) for path in paths] == [{}, {}]
        with here.principal.at_work() as by:
            submit(here.request, by=by, title="校長", on=here.on)
        frozen = MofaRequest.objects.get(pk=here.request.pk)
        for path in paths:
            events = read(path)
            assert events["municipal"].decoded("DTSTART") == frozen.municipal_due_on
            assert events["receipt"].decoded("DTSTART") == frozen.receipt_due_on
            assert events["receipt"]["URL"] == f"https://portal.example/inbox/{here.request.pk}/"
        MofaRequest.objects.filter(pk=here.request.pk).update(state="withdrawn", withdrawn_at=clock.now(),
                                                              withdrawn_by=here.principal.membership.user,
                                                              withdrawn_reason="中止")  # fmt: skip
        assert [read(path) for path in paths] == [{}, {}]


def test_nothing_of_another_school_or_of_the_past(here: World) -> None:
    other = seat(Role.SCHOOL_DRAFTER, world(FounderType.PRIVATE).drafter.org)
    ids = {str(event["UID"])[:36] for event in read(address_of(other)).values()}
    assert ids
    assert str(here.request.trip_id) not in ids
    assert here.dossier.outline.returns_on is not None
    with clock.stopped_at(here.dossier.outline.returns_on):
        assert read(address_of(here.drafter)) == {}


def test_unknown_stopped_and_orphaned_addresses_answer_alike(here: World) -> None:
    path = address_of(here.drafter)
    unknown = Client().get("/calendar/nobody-holds-this-one.ics")
    assert unknown.status_code == 404
    with here.drafter.at_work():
        revoke_feed(here.drafter.membership)
        assert feed_of(here.drafter.membership) is None
        assert AuditEvent.objects.filter(name="calendar.revoked").count() == 1
        revoke_feed(here.drafter.membership)
        assert AuditEvent.objects.filter(name="calendar.revoked").count() == 1
    stopped = Client().get(path)
    left = address_of(here.drafter)
    Membership.objects.filter(pk=here.drafter.membership.pk).update(active=False)
    orphaned = Client().get(left)
    assert [answer.status_code for answer in (stopped, orphaned)] == [404, 404]
    assert {answer.content.decode() for answer in (unknown, stopped, orphaned)} == {
        "この予定表はありません。\nThere is no such calendar.\n"
    }


def test_a_new_address_stops_the_old_one_and_only_the_hash_is_kept(here: World) -> None:
    old, new = address_of(here.drafter), address_of(here.drafter)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    token = new.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    assert not CalendarFeed.objects.filter(token_hash__contains=token).exists()
    found = owner_of(token)
    assert found is not None
    assert found.pk == here.drafter.membership.pk


def test_nobody_else_sees_or_stops_an_address(here: World) -> None:
    path = address_of(here.drafter)
    for stranger in (here.principal, here.officer, seat(Role.SCHOOL_DRAFTER, here.drafter.org)):
        with stranger.at_work():
            assert not CalendarFeed.objects.exists()
            revoke_feed(here.drafter.membership)
        with pytest.raises(ProgrammingError, match="row-level security"), stranger.at_work():
            CalendarFeed.objects.create(membership=here.drafter.membership, token_hash="0" * 64)
    assert Client().get(path).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_trips(
    here: World, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    path = address_of(here.drafter)
    with django_assert_max_num_queries(25) as one:
        Client().get(path)
    for _ in range(3):
        _another_trip(here, here.dossier)
    with django_assert_num_queries(len(one.captured_queries)):
        many = Client().get(path)
    assert len(Calendar.from_ical(many.content).walk("VEVENT")) == 12


def _another_trip(here: World, dossier: Dossier) -> None:
    with here.drafter.at_work() as by:
        store_dossier(open_plan(here.drafter.org, by=by, demo=True).trip, dossier, by=by)


def test_the_page_makes_shows_once_and_stops(here: World) -> None:
    client = signed_in(here.drafter)
    assert "まだありません" in client.get("/calendar/").content.decode()
    made = client.post("/calendar/make/").content.decode()
    found = re.search(r'value="(https://portal\.example(/calendar/[\w-]+\.ics))"', made)
    assert found is not None
    assert f"webcal://portal.example{found[2]}" in made
    assert Client().get(found[2]).status_code == 200
    assert found[2] not in client.get("/calendar/").content.decode()
    assert client.post("/calendar/stop/").status_code == 302
    assert Client().get(found[2]).status_code == 404
    assert Client().post(found[2]).status_code == 405


def test_the_account_menu_leads_there_for_those_who_may(here: World) -> None:
    assert 'href="/calendar/"' in signed_in(here.officer).get("/inbox/").content.decode()
    helper = signed_in(seat(Role.SCHOOL_AGENT, here.drafter.org))
    assert 'href="/calendar/"' not in helper.get("/trips/").content.decode()
    assert helper.get("/calendar/").status_code == 404


def test_the_feed_speaks_its_owners_language(here: World) -> None:
    user = here.drafter.membership.user
    user.language = "en"
    user.save()
    assert read(address_of(here.drafter))["receipt"]["SUMMARY"].startswith("Must have reached the ministry: ")
