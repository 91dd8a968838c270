"""Autosave in a real browser: nothing typed is lost by a conflict, an ended session, a lost line or a bad value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from portal.dossier.types import Outline, Stay
from tests.ui import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def section(settings: Any) -> Iterator[pages.Section]:
    settings.ROOT_URLCONF = "tests.ui.pages"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    fresh = pages.Section()
    vars(pages.SECTION).update(vars(fresh))
    return pages.SECTION


@pytest.fixture
def open_section(section: pages.Section, live_server: Any, page: Page) -> Page:
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(f"{live_server.url}/section/")
    return page


def test_typing_saves_the_draft_and_says_when(section: pages.Section, open_section: Page) -> None:
    open_section.get_by_label("旅行名").fill("第2学年 台湾修学旅行")
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert section.outline.title == "第2学年 台湾修学旅行"
    expect(open_section.locator("#base-version")).to_have_value("2")
    expect(open_section.locator("#meter-words")).to_have_text("2項目のうち1項目が完了")
    expect(open_section.locator("#findings")).to_contain_text("この項目に指摘はありません。")
    open_section.get_by_label("旅行名").fill("第2学年 台湾・高雄修学旅行")
    expect(open_section.locator("#base-version")).to_have_value("3")
    assert open_section.problems == []


def test_an_unreadable_field_is_named_and_the_others_are_saved(section: pages.Section, open_section: Page) -> None:
    open_section.get_by_label("旅行名").fill("見本")
    open_section.get_by_label("一人当たりの費用").fill("約十万")
    expect(open_section.locator("#save-state")).to_contain_text("読み取れない欄が1つ")
    expect(open_section.locator("#f-cost_per_head")).to_contain_text("数字で書いてください")
    expect(open_section.get_by_label("一人当たりの費用")).to_have_value("約十万")
    assert section.outline == Outline(title="見本")
    open_section.get_by_label("一人当たりの費用").fill("１２８，０００")
    expect(open_section.locator("#f-cost_per_head")).not_to_contain_text("数字で書いてください")
    assert section.outline == Outline(title="見本", cost_per_head=128000)


def test_a_conflict_shows_both_texts_and_waits(section: pages.Section, open_section: Page) -> None:
    section.outline, section.version = Outline(title="もう一人の題"), 5
    open_section.get_by_label("旅行名").fill("私の題")
    panel = open_section.locator("[data-conflict]")
    expect(panel).to_contain_text("髙橋 美保さんが 2026年11月20日(金) 14:00 に保存しています")
    expect(panel).to_contain_text("私の題")
    expect(panel).to_contain_text("もう一人の題")
    open_section.get_by_label("旅行名").fill("私の題、続き")
    assert section.outline.title == "もう一人の題"
    panel.get_by_role("button", name="自分の入力で保存する").click()
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert section.outline.title == "私の題、続き"
    expect(panel).to_have_count(0)


def test_an_ended_session_keeps_the_text_and_says_what_to_do(section: pages.Section, open_section: Page) -> None:
    section.session_lives = False
    open_section.get_by_label("旅行名").fill("書きかけ")
    bar = open_section.locator("[data-lost]")
    expect(bar).to_contain_text("新しいタブでサインインしてから")
    assert "/accounts/login/" in (bar.get_by_role("link").get_attribute("href") or "")
    expect(open_section.get_by_label("旅行名")).to_have_value("書きかけ")
    section.session_lives = True
    bar.get_by_role("button", name="もう一度保存する").click()
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    expect(bar).to_be_hidden()
    assert section.outline.title == "書きかけ"


def test_a_lost_line_keeps_the_text_and_warns_before_leaving(section: pages.Section, open_section: Page) -> None:
    open_section.context.set_offline(True)
    open_section.get_by_label("旅行名").fill("山の中")
    expect(open_section.locator("[data-lost]")).to_contain_text("通信できないため")
    with open_section.expect_event("dialog") as asked:
        open_section.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    open_section.context.set_offline(False)
    open_section.get_by_role("button", name="もう一度保存する").click()
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert section.outline.title == "山の中"


def test_enter_saves_in_place_and_adds_no_row(section: pages.Section, open_section: Page) -> None:
    open_section.get_by_label("旅行名").fill("台湾")
    open_section.get_by_label("旅行名").press("Enter")
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    expect(open_section.locator("[data-row]")).to_have_count(1)
    assert section.outline.title == "台湾"


def test_a_row_is_added_by_htmx_and_saved(section: pages.Section, open_section: Page) -> None:
    open_section.get_by_role("button", name="宿泊先を追加").click()
    row = open_section.locator("[data-row]").nth(1)
    expect(row.get_by_label("宿泊先名")).to_be_focused()
    row.get_by_label("宿泊先名").fill("Mihon Lodge")
    expect(open_section.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert [stay.name for stay in section.stays] == ["見本大飯店", "Mihon Lodge"]
    open_section.get_by_label("この行を削除する").first.check()
    expect(open_section.locator("#base-version")).to_have_value("3")
    assert [stay.name for stay in section.stays] == ["Mihon Lodge"]


def test_a_slow_answer_is_no_conflict_with_oneself(section: pages.Section, open_section: Page) -> None:
    slow = SlowAnswer(open_section)
    open_section.get_by_label("旅行名").fill("第2学年")
    slow.wait_for_request()
    open_section.get_by_label("旅行名").fill("第2学年 台湾修学旅行")
    slow.wait_for_next()
    slow.answer()
    expect(open_section.locator("#base-version")).to_have_value("3")
    expect(open_section.locator("[data-conflict]")).to_have_count(0)
    assert section.outline.title == "第2学年 台湾修学旅行"


def test_the_plain_button_waits_for_the_answer_and_saves_once(section: pages.Section, open_section: Page) -> None:
    slow = SlowAnswer(open_section)
    open_section.get_by_label("旅行名").fill("第2学年")
    slow.wait_for_request()
    open_section.get_by_label("一人当たりの費用").fill("128,000")
    open_section.get_by_role("button", name="保存して戻る").dblclick()
    slow.answer()
    expect(open_section.get_by_label("一人当たりの費用")).to_have_value("128,000")
    expect(open_section.locator("#base-version")).to_have_value("3")
    assert section.outline == Outline(title="第2学年", cost_per_head=128_000)


class SlowAnswer:
    """The first save reaches the server, which answers only when it is told to."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[tuple[Route, APIResponse]] = []
        page.route("**/section/", self._hold, times=1)

    def _hold(self, route: Route) -> None:
        self.held.append((route, route.fetch()))

    def wait_for_request(self) -> None:
        while not self.held:
            self.page.evaluate("1")

    def wait_for_next(self) -> None:
        """Until the page would save again, but for the save that is under way."""
        while not self.page.evaluate(
            "document.querySelector('[data-autosave]')['htmx-internal-data']?.queuedRequests?.length"
        ):
            assert self.held

    def answer(self) -> None:
        route, response = self.held.pop()
        route.fulfill(response=response)


def test_everything_works_without_javascript(section: pages.Section, live_server: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{live_server.url}/section/")
    page.get_by_label("旅行名").fill("台湾")
    page.get_by_role("button", name="宿泊先を追加").click()
    expect(page.get_by_label("旅行名")).to_have_value("台湾")
    page.get_by_label("宿泊先名").nth(1).fill("Mihon Inn")
    page.get_by_label("出発日").fill("2027-01-06")
    page.get_by_role("button", name="保存して戻る").click()
    assert section.outline == Outline(title="台湾", departs_on=dt.date(2027, 1, 6))
    assert [stay.name for stay in section.stays] == ["見本大飯店", "Mihon Inn"]
    assert isinstance(section.stays[1], Stay)
    page.get_by_label("一人当たりの費用").fill("たくさん")
    page.get_by_role("button", name="保存して戻る").click()
    expect(page).to_have_title("エラー: 旅行の概要 | 渡り鳥")
    expect(page.get_by_label("一人当たりの費用")).to_have_value("たくさん")
    expect(page.locator(".errors")).to_contain_text("数字で書いてください")
    context.close()
