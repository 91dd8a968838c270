"""The desk's own small scripts in a real browser: finding a country by its reading, ticking many people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.dossier.types import FounderType
from tests.factories.cast import Seat, world
from tests.ui.school.conftest import plan_of

pytestmark = pytest.mark.browser
OpenTab = Callable[[Seat, str], Page]


def test_a_country_is_found_by_its_reading_and_people_are_ticked_together(tab: OpenTab) -> None:
    here = world(FounderType.PRIVATE)
    base = f"/trips/{here.request.trip_id}/"
    page = tab(here.drafter, f"{base}sections/destinations/")
    said = _complaints(page)
    place = plan_of(here).destinations[0]
    row = page.locator(f"#row-destinations-{place.key}")
    if not row.locator("select").first.is_visible():
        row.locator("summary").click()
    box = row.get_by_label("国・地域を探す")
    box.fill("かんこく")
    shown = row.locator("select[name$=country] option:not([hidden])")
    assert "韓国" in shown.all_inner_texts()
    assert "ドイツ" not in shown.all_inner_texts()
    box.press("Enter")
    expect(page.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert plan_of(here).destinations[0].country == "0082"

    page.goto(page.url.replace("sections/destinations/", "roster/"))
    people = len(plan_of(here).participants)
    page.get_by_label("表示している全員を選ぶ").check()
    expect(page.locator("[data-selected]")).to_have_text(f"{people}人を選択中")
    page.locator("input[name=who]").first.uncheck()
    expect(page.locator("[data-selected]")).to_have_text(f"{people - 1}人を選択中")
    page.get_by_label("部屋").fill("東館")
    page.get_by_role("button", name="選んだ人に決める").click()
    expect(page.locator(".toasts")).to_contain_text(f"{people - 1}人の班・部屋を決めました")
    assert sum(person.room == "東館" for person in plan_of(here).participants) == people - 1
    assert said == []


def _complaints(page: Page) -> list[str]:
    """Whatever the console or the policy says against the page."""
    said: list[Any] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
