"""While a draft is made in another tab the preview tells in numbers how far it is, and when it is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from portal.jobs.live import LiveTeller, how_far
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
PROGRESS, STOP_POLLING = "preview/draft/", 286


def test_preview_tells_pieces_and_sheets_while_a_draft_is_made(here: World, desk: AtDesk) -> None:
    cache.clear()
    mine = desk(here, here.drafter)
    trip, person = here.request.trip_id, here.drafter.actor.user_id
    assert 'hx-trigger="click from:.makes-draft' in mine.open("preview/")
    teller = LiveTeller(trip, by=person)
    assert "PDFを作り始めています" in mine.open(PROGRESS)
    teller.tell(done=3, total=11, pages=5)
    page = mine.open(f"{PROGRESS}?asked=9")
    assert "11の部分のうち3つを組みました(5枚)" in page
    assert '<progress value="3" max="11"' in page
    assert ('hx-trigger="every 1s"' in page, "?asked=10" in page) == (True, True)
    assert "11の部分のうち3つ" in mine.open("preview/"), "for those without scripts"
    teller.end(pages=0)
    mine.open(f"{PROGRESS}?asked=10")
    assert mine.status == STOP_POLLING
    assert "PDFを作れませんでした" in mine.page


def test_draft_tells_its_own_maker_alone_how_many_sheets_it_has(here: World, desk: AtDesk) -> None:
    cache.clear()
    mine = desk(here, here.drafter)
    mine.open("preview/draft.pdf")
    far = how_far(here.request.trip_id, by=here.drafter.actor.user_id)
    assert far is not None
    assert (far.ended, far.done == far.total > 5, far.pages > 5) == (True, True, True)
    mine.open(f"{PROGRESS}?asked=x")
    assert mine.status == STOP_POLLING
    assert f"{far.pages}枚のPDFができ" in mine.page
    assert how_far(here.request.trip_id, by=here.principal.actor.user_id) is None
    assert how_far(here.request.pk, by=here.drafter.actor.user_id) is None
