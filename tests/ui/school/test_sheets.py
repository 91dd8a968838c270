"""A section's sheet beside its form: page by page, on screen and as a fax; an amendment's draft has its bars."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from mofa_requests import queries
from mofa_requests.actions import sending
from mofa_requests.actions.amend import amend
from mofa_requests.documents.packet import TITLES
from portal.dossier.types import Channel
from portal.ui.school.sheets import PRINTED_ON
from tests.factories.cast import Seat, World
from tests.kit.pdf import paper
from tests.ui.authority.test_sending import approved, fixed, rendered
from tests.ui.school.conftest import Desk
from trips.enums import Section

AtDesk = Callable[[World, Seat], Desk]


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def test_every_section_is_printed_on_a_sheet() -> None:
    assert set(PRINTED_ON) == set(Section)
    assert set(PRINTED_ON.values()) <= set(TITLES)


def test_section_offers_its_sheet_with_the_number_of_pages(mine: Desk) -> None:
    assert "preview/sheets/emergency/page.png" in mine.open("sections/emergency/")
    page = mine.open("preview/sheets/emergency/?page=1&look=fine")
    assert "緊急連絡体制表" in page
    assert "枚のうち1枚目" in page
    assert "look=standard" in page


def test_picture_of_a_page_on_screen_and_as_a_fax(mine: Desk) -> None:
    sizes = {}
    for look in ("screen", "fine", "standard"):
        mine.open(f"preview/sheets/lodging/page.png?page=1&look={look}")
        assert mine.answer["Content-Type"] == "image/png"
        with Image.open(io.BytesIO(mine.answer.content)) as picture:
            sizes[look] = (picture.mode, picture.width)
            assert 1.2 < picture.height / picture.width < 1.5, "an upright sheet, standard's rows drawn twice as high"
    assert sizes["fine"] == sizes["standard"] == ("1", 1728)
    assert sizes["screen"][0] == "L"


def test_page_or_section_that_is_not_there(mine: Desk) -> None:
    for address in ("preview/sheets/lodging/page.png?page=99", "preview/sheets/none/", "preview/sheets/none/page.png"):
        mine.open(address)
        assert mine.status == 404, address
    mine.open("preview/sheets/lodging/?page=x&look=y")
    assert mine.status == 200


def test_draft_of_an_amendment_is_laid_against_what_the_ministry_has(here: World, mine: Desk) -> None:
    approved(here)
    packet = rendered(here, fixed(here))
    with here.officer.at_work() as by:
        sent = {"channel": Channel.EMAIL, "sent_on": here.on, "evidence": "控え", "by": by}
        sending.forward(queries.get_for(here.request.pk), packet, **sent)
    with here.drafter.at_work() as by:
        amend(queries.latest_of(here.request.trip), by=by)
    mine.open("preview/draft.pdf")
    assert paper.plain("変更届") in paper.text_of(mine.answer.content)
