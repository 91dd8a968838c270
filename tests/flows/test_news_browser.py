"""One circular to its read receipt and one seminar to its certificate, at real screens with a worker at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Locator, TimeoutError, expect

from tests.flows.people import Person, sign_in
from tests.stack import LiveStack

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS, LOOK_MS = 5_000, 60_000, 1_000
TITLE = "冬の台北へ行く学校へ: 夜市での集合のしかた"
NAME = "髙﨑 吉見"
SEMINAR = "現地の事故と保険: 机上の訓練(見本)"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


def test_a_circular_is_read_and_a_seminar_ends_in_a_certificate(live_stack: LiveStack, browser: Browser) -> None:
    writer = sign_in(browser, live_stack.url, "koho@jcsos.example")
    checker = sign_in(browser, live_stack.url, "kaiin@jcsos.example")
    head = sign_in(browser, live_stack.url, "kocho@mihon-gakuen.example")
    path = write_and_propose(writer)
    checker.go(path)
    press(checker, "内容を確認した")
    checker.told("確認しました。")
    writer.go(path)
    press(writer, "送る")
    writer.told("送信を予約しました。")
    shown_after_reloading(writer, writer.page.get_by_text("送った会員校"))
    expect(row(writer, "見本学園高等学校").get_by_text("まだ", exact=True)).to_be_visible()

    follow_the_mail(head)
    expect(head.page.get_by_text("さんが最初に開きました")).to_be_visible()
    writer.page.reload()
    expect(row(writer, "見本学園高等学校").get_by_text("開封", exact=True)).to_be_visible()

    head.go("/jcsos/ours/seminars/")
    head.page.get_by_role("link", name=SEMINAR).first.click()
    head.page.get_by_label("出席する人の氏名").fill(NAME)
    head.page.get_by_label("職名").fill("教諭")
    press(head, "申し込む")
    head.told("申し込みました。席があります。")
    head.page.get_by_role("link", name=f"受講票 {NAME}").click()
    code = head.page.get_by_role("img", name="受付で見せるQRコード")
    code.evaluate("image => image.decode()")  # waits until it is loaded, and throws where no image is

    writer.go("/jcsos/seminars/")
    writer.page.get_by_role("link", name=SEMINAR).click()
    press(writer, f"出席 {NAME}")
    writer.told("出席を記録しました。")
    press(writer, "開催を終え、修了証を出す")
    writer.told("開催を終えました。")

    head.page.go_back()
    head.page.reload()
    certificate = head.page.get_by_role("link", name=f"修了証(PDF) {NAME}").get_attribute("href")
    paper = head.page.request.get(f"{head.url}{certificate}")
    assert (paper.status, paper.headers["content-type"], paper.body()[:5]) == (200, "application/pdf", b"%PDF-")


def write_and_propose(writer: Person) -> str:
    """A draft for every member, handed to somebody else; the path of its page."""
    writer.go("/jcsos/circulars/new/")
    writer.page.get_by_label("題名").fill(TITLE)
    writer.page.get_by_label("内容").fill("夜市では、集合の場所と時刻を紙で配ってください。")
    press(writer, "下書きを保存")
    writer.heading(TITLE)
    press(writer, "別の人に確認を頼む")
    writer.told("確認を頼みました。")
    return writer.page.url.removeprefix(writer.url)


def follow_the_mail(head: Person) -> None:
    """The link of the newest mail in the demo's own mailbox."""
    head.go("/mailbox/")
    link = re.search(r"/jcsos/ours/told/[0-9a-f-]+/", head.page.content())
    assert link is not None
    head.go(link.group())
    head.heading(TITLE)


def press(person: Person, button: str) -> None:
    person.page.get_by_role("button", name=button, exact=True).first.click()


def row(person: Person, school: str) -> Locator:
    """A member's line in the table of openings."""
    return person.page.get_by_role("row").filter(has_text=school)


def shown_after_reloading(person: Person, what: Locator) -> None:
    """A worker does it meanwhile: look for a moment, load the page anew, look again until it is there."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        with suppress(TimeoutError):
            what.first.wait_for(timeout=LOOK_MS)
            return
        person.page.reload()
    expect(what.first).to_be_visible()
