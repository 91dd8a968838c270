"""The shell in a real browser: every component without a fault in four modes, language, theme, keyboard, paper."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ui.looks import MODES, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings: Any, live_server: Any) -> str:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    return live_server.url


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ["/gallery/", "/", "/no-such-page/"])
def test_no_fault_in_any_mode(site: str, browser: Any, mode: str, path: str) -> None:
    context = browser.new_context(locale="ja-JP", **MODES[mode])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site + path)
    assert faults(page) == []
    assert [line for line in said if "404" not in line] == []
    context.close()


def test_the_language_switch_answers_on_the_same_page(site: str, page: Page) -> None:
    page.goto(site + "/gallery/")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(site + "/gallery/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Component gallery")
    shown = page.locator("main form").nth(1).inner_text()
    assert "Departure from Japan" in shown
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("部品見本")


def test_the_theme_is_set_by_the_server(site: str, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site + "/gallery/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_text("配色").click()
    page.get_by_role("button", name="暗").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_a_foreign_way_back_is_not_taken(client: Any) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert answer.cookies["theme"].value == "dark"
    assert "theme" not in client.post("/theme/", {"theme": "pink"}).cookies
    assert client.get("/theme/").status_code == 405


def test_the_keyboard_reaches_the_content_first(site: str, page: Page) -> None:
    page.goto(site + "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_menus_close_by_escape_and_give_the_focus_back(site: str, page: Page) -> None:
    page.goto(site + "/")
    page.locator("summary").first.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details[data-menu]").first).not_to_have_attribute("open", "")
    expect(page.locator("summary").first).to_be_focused()


def test_a_dialog_asks_then_the_toast_offers_the_way_back(site: str, page: Page) -> None:
    page.goto(site + "/gallery/")
    opener = page.get_by_role("link", name="削除する")
    opener.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("dialog").get_by_role("button", name="削除する").click()
    expect(page.locator(".toast")).to_contain_text("削除しました")
    page.locator(".toast").get_by_role("button", name="元に戻す").click()
    expect(page.locator(".toast")).to_contain_text("元に戻しました")
    page.locator(".toast").get_by_role("button", name="閉じる").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(site: str, page: Page) -> None:
    page.goto(site + "/gallery/")
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").first.click()
    expect(page.locator("#id_holiday_phone")).to_be_focused()


def test_a_link_to_a_field_lands_in_it(site: str, page: Page) -> None:
    page.goto(site + "/gallery/#f-night_phone")
    expect(page.locator("#id_night_phone")).to_be_focused()


def test_paper_is_black_on_white_without_the_frame(site: str, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + "/gallery/")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".footer")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('.chip')).color") == "rgb(0, 0, 0)"


def test_the_first_page_is_light(site: str, page: Page) -> None:
    """At most 60 kB over the wire as the server would compress it; no web font."""
    bodies: dict[str, bytes] = {}
    page.on("response", lambda answer: bodies.setdefault(answer.url, answer.body()))
    page.goto(site + "/", wait_until="networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies.values()) <= 60_000
    assert not [url for url in bodies if re.search(r"\.(woff2?|ttf|otf)", url)]
