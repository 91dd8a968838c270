"""The draft in its other forms: as a fax arrives, for reading aloud; characters without a face are named before."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from mofa_requests.actions.plan import store_dossier
from portal.kit.pdf.verify import verify
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]


@pytest.mark.parametrize("path", ["preview/fax.pdf", "preview/fax-standard.pdf"])
def test_fax_is_seen_as_it_arrives(here: World, desk: AtDesk, path: str) -> None:
    mine = desk(here, here.drafter)
    assert path in mine.open("preview/")
    mine.open(path)
    assert (mine.status, mine.answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(mine.answer.content)) as document:
        assert len(document.pages) > 5
        (image,) = document.pages[1].get_images().values()
        assert (int(image.Width), int(image.BitsPerComponent)) == (1728, 1)


def test_tagged_draft_is_unsigned_and_has_its_structure(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    mine.open("preview/tagged.pdf")
    verdict = verify(mine.answer.content)
    assert (mine.status, verdict.intact, verdict.signed) == (200, True, False)
    with pikepdf.open(io.BytesIO(mine.answer.content)) as document:
        assert "/StructTreeRoot" in document.Root


def test_character_without_a_face_is_named_on_the_preview(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    assert "印字できない文字があります" not in mine.open("preview/")
    school = here.dossier.school.model_copy(update={"principal": "渡\U0002fffc　一"})
    with here.drafter.at_work() as by:
        store_dossier(here.request.trip, here.dossier.model_copy(update={"school": school}), by=by)
    page = mine.open("preview/")
    assert "印字できない文字があります" in page
    assert "U+2FFFC" in page
    assert "校長名" in page
