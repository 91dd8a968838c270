"""The sheets of the packet beside what the officer checks: each item has its page, and no page names the travellers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import Desk, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]


def test_the_items_show_the_sheets_that_print_them(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)
    shown = re.findall(rf"/inbox/{here.request.pk}/sheets/(\w+)/page\.png", desk.open())
    assert shown == ["itinerary", "plan", "contacts", "lodging", "contacts", "insurance"]
    page = desk.client.get(desk.url("sheets/lodging/page.png"))
    assert page.content.startswith(b"\x89PNG")
    assert page["Cache-Control"] == "no-store"
    for nothing in ("sheets/lodging/page.png?page=99", "sheets/roster/page.png", "sheets/nothing/page.png"):
        assert desk.client.get(desk.url(nothing)).status_code == 404


def test_the_letter_is_seen_before_it_is_fixed_by_who_sends_it(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    assert there.endorser is not None
    letter = at_desk(there, there.officer).client.get(f"/inbox/{there.request.pk}/sheets/letter/page.png")
    assert letter.content.startswith(b"\x89PNG")
    assert (
        at_desk(there, there.endorser).client.get(f"/inbox/{there.request.pk}/sheets/letter/page.png").status_code
        == 404
    )
