"""The desk without a mouse, from draft to submitted, and at 400 % zoom: nothing needs a pointer or a wide window."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mofa_requests import queries
from portal.dossier.types import FounderType
from portal.kit import clock
from tests.factories.cast import Seat, World, world
from tests.ui.looks import faults
from tests.ui.school.conftest import plan_of
from tests.ui.tabbing import enter, follow, overwrite, reach

pytestmark = pytest.mark.browser
OpenTab = Callable[[Seat, str], Page]


@pytest.fixture
def ready() -> World:
    """A private school's plan that may be submitted."""
    return world(FounderType.PRIVATE)


def test_a_plan_is_written_and_submitted_by_keyboard_alone(ready: World, tab: OpenTab) -> None:
    with clock.stopped_at(ready.on):
        base = f"/trips/{ready.request.trip_id}/"
        page = tab(ready.drafter, "/trips/")
        follow(page, "a", re.escape(str(plan_of(ready).outline.title)))
        _write_purpose(page, ready)
        _move_a_leg(page, ready)
        _edit_the_roster(page, ready)
        principal = tab(ready.principal, base)
        follow(principal, "a", "^提出$")
        reach(principal, "input", "学校として確認しました")
        principal.keyboard.press("Space")
        follow(principal, "button", "提出する")
        expect(principal.get_by_role("heading", level=1)).to_have_text("経過・連絡")
        assert queries.latest_of(ready.request.trip).revision_number == 1


def _write_purpose(page: Page, ready: World) -> None:
    follow(page, "a", "^旅行概要")
    reach(page, "textarea", "目的")
    overwrite(page, "川と暮らしを調べる")
    expect(page.locator("#save-state")).to_contain_text("下書きを保存しました")
    follow(page, "button", "^保存して戻る")
    expect(page.locator(".toasts")).to_contain_text("「旅行概要」を保存しました")
    assert plan_of(ready).outline.purpose == "川と暮らしを調べる"


def _move_a_leg(page: Page, ready: World) -> None:
    keys = [leg.key for leg in plan_of(ready).legs]
    follow(page, "a", "^日程・便")
    enter(page, "button", "^下へ移す")
    expect(page.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert [leg.key for leg in plan_of(ready).legs][:2] == [keys[1], keys[0]]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-moved]")).to_have_text("1番目に移しました")
    follow(page, "button", "^保存して戻る")


def _edit_the_roster(page: Page, ready: World) -> None:
    person = plan_of(ready).participants[0]
    follow(page, "a", "^参加者名簿")
    enter(page, "a", f"^直す {str(person.name).split()[0]}")
    expect(page.locator("[data-editing] input[name$=name]").first).to_be_focused()
    reach(page, "input", "部屋", name=f"row-{person.key}-room")
    page.keyboard.type("東館 205")
    page.keyboard.press("Tab")
    expect(page.locator(f"#saved-{person.key}")).to_contain_text("保存しました")
    reach(page, "button", "^閉じる")
    page.keyboard.press("Enter")
    row = page.locator(f"#row-participants-{person.key}")
    expect(row).to_contain_text("東館 205")
    expect(row.get_by_role("link", name="直す")).to_be_focused()
    assert plan_of(ready).participants[0].room == "東館 205"


PAGES = (
    "/trips/",
    "",
    "sections/outline/",
    "sections/itinerary/",
    "sections/insurance/",
    "roster/",
    "roster/import/",
    "roster/passports/",
    "itinerary/",
    "check/",
    "submit/",
    "timeline/",
    "inquiries/",
)


def test_no_page_scrolls_sideways_at_400_percent(ready: World, tab: OpenTab) -> None:
    page = tab(ready.drafter, "/trips/")
    page.set_viewport_size({"width": 320, "height": 640})
    base = page.url.removesuffix("/trips/") + f"/trips/{ready.request.trip_id}/"
    wide = {}
    for path in PAGES:
        page.goto(page.url if path == "/trips/" else base + path)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > 320:
            wide[path] = found
    assert wide == {}
    page.goto(base + "roster/")
    page.get_by_role("link", name="直す").first.click()
    expect(page.locator("[data-editing]")).to_be_visible()
    assert faults(page) == []
