"""The machine interface: same doors, same walls, clear refusals."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from mofa_requests import queries
from mofa_requests.actions.submit import submit
from portal.accounts.models import Membership
from portal.dossier.files import dump, load
from portal.dossier.types import Dossier
from tests.accounts.cast import sign_in_fully
from tests.factories.cast import Seat, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def caller(seat: Seat) -> Client:
    """A signed-in client of this person, CSRF enforced as for a browser."""
    from allauth.account.models import EmailAddress

    from tests.accounts.cast import PASSWORD

    user = seat.membership.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return sign_in_fully(Client(), user)


def test_a_school_reads_its_trips_and_takes_its_plan_out_and_in(here: World) -> None:
    client = caller(here.drafter)
    listed = client.get("/api/v1/trips/").json()
    assert [trip["trip_no"] for trip in listed["results"]] == [here.request.trip.trip_no]
    url = f"/api/v1/trips/{here.request.trip_id}/dossier/"
    exported = load(client.get(url).content)
    assert exported.participants == here.dossier.participants
    changed = exported.model_copy(update={"late_filing_reason": "受入先が変わったため"})
    answer = client.put(f"{url}import/", dump(changed), content_type="application/json")
    assert answer.status_code == 204, answer.content.decode()
    assert load(client.get(url).content).late_filing_reason == "受入先が変わったため"


def test_a_broken_file_is_explained_and_changes_nothing(here: World) -> None:
    client = caller(here.drafter)
    url = f"/api/v1/trips/{here.request.trip_id}/dossier/"
    before = client.get(url).content
    wrong = json.dumps({"outline": {"departs_on": "2027-02-30"}, "unknown": 1})
    answer = client.put(f"{url}import/", wrong, content_type="application/json")
    assert answer.status_code == 422
    assert {problem["pointer"] for problem in answer.json()["problems"]} == {"/outline/departs_on", "/unknown"}
    assert client.get(url).content == before


def test_findings_under_each_edition(here: World) -> None:
    client = caller(here.drafter)
    url = f"/api/v1/trips/{here.request.trip_id}/findings/"
    for edition in ("2003", "2016", "2024"):
        assert client.get(url, {"edition": edition}).json()["edition"] == edition
    assert client.get(url, {"edition": "1989"}).status_code == 400


def test_a_submitted_plan_cannot_be_replaced(here: World) -> None:
    with here.principal.at_work() as by:
        submit(here.request, by=by, title="校長", on=here.on)
    client = caller(here.drafter)
    url = f"/api/v1/trips/{here.request.trip_id}/dossier/import/"
    assert client.put(url, dump(Dossier()), content_type="application/json").status_code == 409


def test_an_authority_sees_what_came_to_it_and_nothing_else(here: World) -> None:
    other = world()
    for each in (here, other):
        with each.principal.at_work() as by:
            submit(each.request, by=by, title="校長", on=each.on)
    client = caller(here.officer)
    assert [row["id"] for row in client.get("/api/v1/requests/").json()["results"]] == [str(here.request.pk)]
    opened = load(client.get(f"/api/v1/requests/{here.request.pk}/dossier/").content)
    assert opened.participants == here.dossier.participants
    foreign = client.get(f"/api/v1/requests/{other.request.pk}/")
    unknown = client.get("/api/v1/requests/00000000-0000-7000-8000-000000000000/")
    assert (foreign.status_code, foreign.content) == (unknown.status_code, unknown.content) == (404, foreign.content)
    assert client.get("/api/v1/trips/").status_code == 404


def test_receipt_before_sending_is_refused(here: World) -> None:
    with here.principal.at_work() as by:
        submit(here.request, by=by, title="校長", on=here.on)
    client = caller(here.officer)
    url = f"/api/v1/requests/{here.request.pk}/receipt/"
    answer = client.post(url, {"received_on": "2026-11-20", "evidence": "電話"}, content_type="application/json")
    assert answer.status_code == 409
    assert client.post(url, {"received_on": "31日"}, content_type="application/json").status_code == 400


def test_without_a_seat_there_is_no_answer(here: World) -> None:
    assert Client().get("/api/v1/trips/").status_code == 401
    bearer = Client().get("/api/v1/trips/", headers={"Authorization": "Bearer nobody"})
    assert bearer.status_code == 401
    assert Membership.objects.filter(user=None).count() == 0


def test_the_description_is_published(here: World) -> None:
    text = Client().get("/api/v1/schema/").content.decode()
    assert "trip_dossier_import" in text
    assert "clientCredentials" in text
    with here.drafter.at_work():
        assert queries.latest_of(here.request.trip).state == "draft"
