"""What is typed into a section is stored, by the plain button as by the page's own script."""

from __future__ import annotations

import re

import pytest

from mofa_requests import queries
from tests.factories.cast import world
from tests.ui.api.test_api import caller

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
