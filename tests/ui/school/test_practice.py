"""The plan to play with: opened by one press, marked everywhere, complete but for two things, never submitted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mofa_requests import queries
from mofa_requests.actions.practice import open_practice
from mofa_requests.actions.submit import submit
from mofa_requests.due_dates import dates_of_school
from portal.demo.practice import practice_dossier
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk
from trips.queries import Trip

AtDesk = Callable[[World, Seat], Desk]


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def opened(desk: Desk) -> Desk:
    """The practice plan of this school, before the same person."""
    answer = desk.client.post("/trips/practice/")
    return Desk(desk.client, answer["Location"])


def test_one_press_opens_it_marked_and_a_second_the_same(here: World, mine: Desk) -> None:
    play = opened(mine)
    assert opened(mine).base == play.base
    page = play.open()
    assert "どこにも提出されません" in page
    assert "【練習】" in page
    trip = Trip.objects.get(practice=True)
    assert (trip.school_id, trip.demo) == (here.request.school_id, True)
    with here.drafter.at_work():
        dossier = queries.gather_dossier(trip)
    assert dossier.school.name == here.drafter.org.name
    assert dossier.demo
    assert len(dossier.participants) > 30
    home = play.client.get("/trips/").content.decode()
    assert "練習" in home
    assert "見本の旅行で練習する" not in home


def test_it_lacks_what_was_left_out_and_shows_it(mine: Desk) -> None:
    page = opened(mine).open("check/")
    assert "夜間" in page
    assert "泊まる所" in page


def test_it_is_never_submitted(here: World, desk: AtDesk, mine: Desk) -> None:
    play = opened(mine)
    principal = Desk(desk(here, here.principal).client, play.base)
    page = principal.open("submit/")
    assert "練習用の見本は提出できません" in page
    said = principal.post("submit/", {"attest": "on"}, follow=True)
    assert "練習用の見本の計画は、提出できません" in said
    request = queries.latest_of(Trip.objects.get(practice=True))
    with here.principal.at_work() as by, pytest.raises(Refused):
        submit(request, by=by, title="校長", on=clock.today())
    assert request.revision_number == 0


def test_it_counts_for_nothing_and_is_put_away(here: World, mine: Desk) -> None:
    play = opened(mine)
    trip = Trip.objects.get(practice=True)
    former = mine.client.get("/trips/new/").content.decode()
    assert str(trip.pk) not in former
    assert str(here.request.trip_id) in former
    with here.drafter.at_work():
        assert trip.pk not in {dates.id for dates in dates_of_school(here.drafter.org, on=here.on)}
    said = play.post("practice/over/", follow=True)
    assert "見本を片付けました" in said
    assert str(trip.pk) not in said
    assert "見本の旅行で練習する" in said
    assert opened(mine).base != play.base
    assert "だけを片付けられます" in mine.post("practice/over/", follow=True)
    assert Trip.objects.get(pk=here.request.trip_id).state == "open"


def test_it_departs_ahead_whenever_it_is_opened(here: World) -> None:
    with here.drafter.at_work() as by:
        trip = open_practice(here.drafter.org, practice_dossier(on=here.on), by=by)
        departs_on = queries.gather_dossier(trip).outline.departs_on
    assert departs_on is not None
    assert 80 <= (departs_on - here.on).days <= 91
