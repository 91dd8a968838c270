"""A plan is judged while it is typed, and anew when its authority comes to work with other notices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from mofa_requests.models import MofaRequest
from portal.dossier.types import Edition
from portal.lawbook.deadlines import deadlines
from portal.lawbook.edition import load_edition
from tests.factories.cast import Seat, World
from tests.ui.posting import posted
from tests.ui.school.conftest import Desk, plan_of

AtDesk = Callable[[World, Seat], Desk]
NEWER = "所管庁が受け付ける通知が変わりました"


def _main_form(page: str) -> str:
    found = re.search(r"<form[^>]*hx-post.*?</form>", page, re.DOTALL)
    assert found is not None
    return found[0]


def test_an_autosave_brings_findings_meter_and_deadlines_of_what_was_typed(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    mine.open("sections/outline/")
    before = plan_of(here).outline.departs_on
    assert before is not None
    moved = before + dt.timedelta(days=14)
    data = posted(_main_form(mine.page), **{"outline-departs_on": moved.isoformat(), "outline-purpose": ""})
    answer = mine.post("sections/outline/", data, **{"HX-Request": "true"})
    assert plan_of(here).outline.departs_on == moved
    found, meter, ladder = (_swapped(answer, slot) for slot in ("findings", "meter-slot", "ladder"))
    assert "CO32" in found
    assert "別添三" in meter
    receipt = deadlines(moved, load_edition("2003")).receipt
    assert f"{receipt.year}年{receipt.month}月{receipt.day}日" in ladder
    assert mine.open("sections/outline/").count('id="meter-slot"') == 1
    assert f"{receipt.month}月{receipt.day}日" in mine.page


def _swapped(answer: str, slot: str) -> str:
    """What an answer puts into one slot of the page."""
    _, _, rest = answer.partition(f'id="{slot}" hx-swap-oob')
    assert rest, slot
    return rest.partition('hx-swap-oob="')[0]


def test_a_draft_is_judged_anew_when_its_authority_takes_other_notices(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    assert NEWER not in mine.open("")
    here.approver.org.edition = Edition.Y2024.value
    here.approver.org.save()
    page = mine.open("")
    assert NEWER in page
    assert Edition.Y2024.label in page
    assert "/check/#editions" in page
    mine.post("check/edition/", {"edition": "2024"})
    assert NEWER not in mine.open("")
    assert MofaRequest.objects.get(pk=here.request.pk).edition == "2024"
