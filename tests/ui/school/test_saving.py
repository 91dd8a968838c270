"""What is typed into a section is stored, by the plain button as by the page's own script."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mofa_requests import queries
from mofa_requests.shelves import SHELVES
from portal.dossier.types import Leg
from portal.vault.keyring import cipher_for
from tests.factories.cast import world
from tests.ui.api.test_api import caller
from trips.actions.plan import write_properties
from trips.queries import Trip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["button", "script"])
def test_a_typed_purpose_is_stored(headers: dict[str, str]) -> None:
    here = world()
    client = caller(here.drafter)
    url = f"/trips/{here.request.trip_id}/sections/outline/"
    version = re.search(r'name="base_version"[^>]*value="(\d+)"', client.get(url).content.decode())
    assert version is not None
    typed = {"base_version": version[1], "outline-title": "髙原の旅", "outline-purpose": "姉妹校の授業に加わる"}
    assert client.post(url, typed, headers=headers).status_code in (200, 302)
    with here.drafter.at_work():
        outline = queries.gather_dossier(here.request.trip).outline
    assert (outline.title, outline.purpose) == ("髙原の旅", "姉妹校の授業に加わる")


def test_of_many_rows_only_what_differs_is_written() -> None:
    here = world()
    trip = here.request.trip
    with here.drafter.at_work():
        first, *others = queries.gather_dossier(trip).legs
        assert _written(trip, (first, *others)) == []
        changed = first.model_copy(update={"carrier": "髙原バス"})
        (update,) = _written(trip, (changed, *others))
        assert queries.gather_dossier(trip).legs == (changed, *others)
    assert '"carrier" = ' in update
    assert '"number" = ' not in update
    assert update.count("WHEN") == 1


def _written(trip: Trip, legs: tuple[Leg, ...]) -> list[str]:
    """The statements that change something when these legs are stored."""
    with CaptureQueriesContext(connection) as asked:
        write_properties(trip, {"legs": legs}, cipher=cipher_for(trip.pk), shelves=SHELVES)
    return [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
