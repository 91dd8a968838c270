"""JCSOS's desk at real screens: one consultation from question to end, and one J-TAS case across two shifts.

The case is taken in and, at night, ended by keyboard alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from portal.kit import clock
from tests.flows.people import Person, sign_in
from tests.stack import LiveStack
from tests.ui.tabbing import choose, enter, follow, reach

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS = 5_000, 60_000
SUBJECT, QUESTION = "送迎バスの契約(鵠)", "送迎バスの会社と、だれが契約すればよいですか"
ANSWER, TROUBLE = "学校が手配会社と結ぶ契約に、バス会社の名を書いてください", "鵠生徒が市場で足をひねった"
SUMMARY = "骨折はない。明朝、保護者に折り返す約束"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


def test_a_consultation_and_a_case_across_two_shifts(live_stack: LiveStack, browser: Browser) -> None:
    school = sign_in(browser, live_stack.url, "kian@mihon-gakuen.example")
    day = sign_in(browser, live_stack.url, "sodan@jcsos.example")
    path = ask(school)
    day.go("/jcsos/consultations/")
    expect(day.page.get_by_text(SUBJECT)).to_have_count(0)
    expect(day.page.get_by_role("row").filter(has_text="契約").filter(has_text="回答待ち").first).to_be_visible()
    day.go(path.replace("/ours", ""))
    day.heading(SUBJECT)
    day.page.locator("#answer textarea").fill(ANSWER)
    press(day, "回答を送る")
    day.told("回答を送り、学校に知らせました。")
    school.go(path)
    school.told(ANSWER)
    press(school, "相談を終える")
    school.told("相談を終えました。")
    school.go("/jcsos/ours/")
    school.told("JCSOSが相談を開きました")

    number = take_in(day)
    describe(day)
    night = hand_over(day)
    late = sign_in(browser, live_stack.url, "yakan@jcsos.example")
    late.go(night)
    expect(late.page.get_by_text(TROUBLE)).to_have_count(0)
    choose(late.page, "引継ぎのため", name="purpose")
    follow(late.page, "button", "^記録して開く")
    late.heading(f"{number} {TROUBLE}")
    late.told(SUMMARY)
    expect(late.page.get_by_text("アシスタンスセンターが直ちに動けます")).to_be_visible()
    expect(late.page.get_by_text(re.compile(r"現地 \d+/\d+ \d+:\d+\(Asia/Taipei\)"))).to_be_visible()
    follow(late.page, "button", "^済みにする")
    late.told("済みにしました。")
    enter(late.page, "summary", "終了する")
    reach(late.page, "textarea", "^結果")
    late.page.keyboard.type("湿布で歩ける。旅行を続けた")
    reach(late.page, "textarea", "^次に生かすこと")
    late.page.keyboard.type("市場では歩きやすい靴で")
    follow(late.page, "button", "^終了する")
    late.told("終了しました。")
    expect(late.page.get_by_text("引継ぎのため").first).to_be_visible()


def ask(school: Person) -> str:
    """A new consultation; the path of its page."""
    school.go("/jcsos/ours/consultations/")
    school.page.get_by_label("契約", exact=True).check()
    school.page.get_by_label("件名").fill(SUBJECT)
    school.page.get_by_label("相談したいこと").fill(QUESTION)
    press(school, "相談を送る")
    school.told("相談を送りました。")
    link = school.page.get_by_role("link", name=SUBJECT).first.get_attribute("href")
    assert link is not None
    return link


def take_in(day: Person) -> str:
    """The first line saves; the case's number."""
    day.go("/jcsos/cases/")
    reach(day.page, "input", "^何が起きていますか")
    day.page.keyboard.type(TROUBLE)
    follow(day.page, "button", "^受け付ける")
    day.told("受け付けました。")
    found = re.search(r"J-\d{4}-\d{4}", day.page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return found.group()


def describe(day: Person) -> None:
    """What is known by now: place, cover, school; and a promise to call back."""
    details = day.page.locator("#details")
    details.get_by_label("国・地域").select_option("0886")
    details.get_by_label("保険").select_option("proper")
    details.get_by_label("会員校").select_option(label="学校法人見本学園 見本学園高等学校")
    details.get_by_role("button", name="保存").click()
    day.told("分かっていることを保存しました。")
    press(day, "対応を始める")
    day.told("状態を変えました。")
    day.page.locator("summary", has_text="やること・折返しの電話を加える").click()
    task = day.page.locator("details", has_text="やること・折返しの電話を加える")
    due = clock.now() + dt.timedelta(hours=6)
    task.get_by_label("すること").fill("保護者に折り返す")
    task.get_by_label("現地の日時").fill(f"{due:%Y-%m-%dT%H:%M}")
    task.get_by_role("button", name="加える").click()
    day.told("やることに加えました。")


def hand_over(day: Person) -> str:
    """The night shift takes it; the path of the case."""
    day.page.locator("summary", has_text="引き継ぐ").click()
    day.page.get_by_label("次の担当者").select_option(index=0)
    day.page.get_by_label("伝えること").fill(SUMMARY)
    press(day, "引き継ぐ")
    day.told("引き継ぎました。")
    return day.page.url.removeprefix(day.url)


def press(person: Person, button: str) -> None:
    person.page.get_by_role("button", name=button, exact=True).first.click()
