"""The check page tells an open plan what to mend, and of a closed one only what the rules say."""

from __future__ import annotations

from collections.abc import Callable

from mofa_requests.shelves import SHELVES
from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk
from trips.actions.plan import close_trip, write_properties


def test_nothing_is_to_be_mended_in_a_closed_plan(here: World, desk: Callable[[World, Seat], Desk]) -> None:
    mine, trip = desk(here, here.drafter), here.request.trip
    assert "提出できます" in mine.open("check/")
    with here.drafter.at_work() as by:
        close_trip(trip, by=by)
    assert "不備・未入力はありません" in mine.open("check/")
    with here.drafter.at_work():
        write_properties(trip, {"home_contacts": ()}, cipher=cipher_for(trip.pk), shelves=SHELVES)
    assert "この欄を見る" in mine.open("check/")
    assert "直しに行く" not in mine.page


def test_the_submit_page_offers_changes_of_an_open_plan_alone(here: World, desk: Callable[[World, Seat], Desk]) -> None:
    mine, trip = desk(here, here.drafter), here.request.trip
    assert "dlist__change" in mine.open("submit/")
    with here.drafter.at_work() as by:
        close_trip(trip, by=by)
    assert "dlist__change" not in mine.open("submit/")
    assert "dlist" in mine.page
