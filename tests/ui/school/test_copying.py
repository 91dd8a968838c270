"""A new plan from a former one: what waits is ticked one by one, and nobody else's plan can be the model."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mofa_requests import queries
from portal.dossier.types import FounderType
from tests.factories.cast import Seat, World, world
from tests.ui.authority.conftest import signed_in
from tests.ui.school.conftest import Desk, plan_of
from trips.facts.copying import copy_plan
from trips.models import CarriedValue, Trip
from trips.queries import trips_of

TITLE = "令和10年度 語学研修旅行"


@pytest.fixture
def copied(here: World, desk: Callable[[World, Seat], Desk]) -> Desk:
    """The page of what waits beside a copy of the plan."""
    mine = desk(here, here.drafter)
    sent = {"title": TITLE, "former": str(here.request.trip_id)}
    answer = mine.client.post("/trips/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].endswith("/carried/")
    return Desk(mine.client, answer["Location"].removesuffix("carried/"))


def newest(here: World) -> Trip:
    return trips_of(here.drafter.org.pk).exclude(pk=here.request.trip_id).get()


def stored(here: World) -> object:
    with here.drafter.at_work():
        return queries.gather_dossier(newest(here))


def test_structure_and_texts_come_along_and_the_rest_waits(here: World, copied: Desk) -> None:
    plan, waiting = copy_plan(plan_of(here))
    made = stored(here)
    assert (made.outline.title, made.stays, made.legs) == (TITLE, plan.stays, plan.legs)
    assert made.participants == ()
    page = copied.open("carried/")
    assert sorted(re.findall(r'name="confirmed" value="([^"]*)"', page)) == sorted(one.path for one in waiting)
    assert f"{len(waiting)}件は、確かめるまで計画に入りません" in copied.open()


def test_what_is_ticked_enters_the_plan_and_waits_no_longer(here: World, copied: Desk) -> None:
    _, waiting = copy_plan(plan_of(here))
    ticked = [one for one in waiting if one.path.startswith("home_contacts/")][:2]
    said = copied.post("carried/", {"confirmed": [one.path for one in ticked]}, follow=True)
    assert "2件を確かめ、計画に入れました。" in said
    made = stored(here)
    values = {
        f"home_contacts/{row.key}/{name}": getattr(row, name)
        for row in made.home_contacts
        for name in type(row).model_fields
    }
    assert [values[one.path] for one in ticked] == [one.value for one in ticked]
    assert CarriedValue.objects.count() == len(waiting) - 2
    copied.open("sections/home/")
    written = next(one for one in waiting if one.path.endswith("night_phone") and one not in ticked)
    _, key, name = written.path.split("/")
    copied.send("sections/home/", **{f"home_contacts-{key}-{name}": "090-0000-9999", "done": "1"})
    assert f'value="{written.path}"' not in copied.open("carried/")
    assert "値が選ばれていません" in copied.post("carried/", follow=True)


def test_a_blank_plan_and_a_foreign_model(here: World, copied: Desk) -> None:
    elsewhere = world(FounderType.PRIVATE)
    refused = copied.client.post("/trips/new/", {"title": TITLE, "former": str(elsewhere.request.trip_id)})
    assert refused.status_code == 422
    assert Trip.objects.filter(school=here.drafter.org).count() == 2
    blank = copied.client.post("/trips/new/", {"title": TITLE, "former": ""})
    assert re.fullmatch(r"/trips/[0-9a-f-]+/", blank["Location"])
    assert "もとにする計画" in signed_in(here.drafter).get("/trips/new/").content.decode()
