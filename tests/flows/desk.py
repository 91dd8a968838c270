"""What the authority and the auditor do at their pages, and the packet they take away. Not here: the order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RemarkKind
from portal.dossier.types import Judgement, TickResult
from tests.flows.people import Person
from tests.ui.tabbing import follow, reach

RENDERED_WITHIN_MS = 120_000
NOTE = "夜間の番号に架電して確認した"
CONDITION = "出発前日に現地の気象情報を確かめること。"


def open_request(officer: Person, title: str) -> str:
    """From the inbox to the request; the path of its pages."""
    officer.go("/inbox/")
    page = officer.page
    page.get_by_label("学校・旅行名・行き先で探す").fill(title)
    page.get_by_role("button", name="絞り込む").click()
    officer.photograph("inbox")
    page.get_by_role("link", name=title, exact=True).click()
    officer.heading("別添三の照合")
    return page.url.removeprefix(officer.url)


def claim(officer: Person) -> None:
    officer.page.get_by_role("button", name="確認を始める").click()
    officer.told("確認を始めました。")


def tick_everything(officer: Person) -> None:
    """The officer's own tick on each of the seven items, with one remark in words."""
    page = officer.page
    for item in Annex3Item:
        block = page.get_by_role("region", name=item.label)
        block.get_by_label(TickResult.PRESENT.label, exact=True).check()
    page.get_by_role("region", name=Annex3Item.HOME.label).get_by_label("所見").fill(NOTE)
    officer.photograph("review")
    page.get_by_role("button", name="照合を保存する").click()
    officer.told("7項目とも記入されています。")


def decide_twice(approver: Person, path: str) -> None:
    """別添三 is complete; the trip may take place under one condition."""
    page = approver.page
    approver.go(f"{path}decision/")
    completeness = page.get_by_role("region", name="別添三の照合", exact=True)
    completeness.get_by_label("漏れなし", exact=True).check()
    completeness.get_by_role("button", name="照合の判断を記録する").click()
    approver.told("判断を記録しました。もう一つの判断も記録すると承認になります。")
    safety = page.get_by_role("region", name="実施の是非", exact=True)
    safety.get_by_label(Judgement.CONDITIONAL.label, exact=True).check()
    safety.get_by_label("理由・条件").fill(CONDITION)
    safety.get_by_role("button", name="是非の判断を記録する").click()
    approver.told("承認しました。")


def fix_letter(officer: Person, path: str, *, number: str, wanted: str) -> None:
    """Number the letter and fix it; everything else the portal knew."""
    page = officer.page
    officer.go(f"{path}sending/")
    page.get_by_label("文書番号", exact=True).fill(number)
    page.get_by_label("希望する情報", exact=True).fill(wanted)
    page.get_by_role("button", name="依頼書を確定する").click()
    officer.told("依頼書を確定しました。")


def download_packet(officer: Person) -> bytes:
    """Wait for the worker, on the page that asks by itself, and take the PDF that the link gives."""
    link = officer.page.get_by_role("link", name="送付用PDFを開く")
    expect(link).to_be_visible(timeout=RENDERED_WITHIN_MS)
    officer.photograph("sending")
    answer = officer.page.request.get(f"{officer.url}{link.get_attribute('href')}")
    assert answer.ok, answer.status
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def forward(officer: Person, *, evidence: str) -> None:
    page = officer.page
    page.get_by_label("電子メール", exact=True).last.check()
    page.get_by_label("送付の証拠").fill(evidence)
    page.get_by_role("button", name="送付を記録する").click()
    officer.told("送付を記録しました。")


def acknowledge(officer: Person, *, received_on: dt.date, evidence: str) -> None:
    page = officer.page
    page.get_by_label("外務省が受け取った日").fill(received_on.isoformat())
    page.get_by_label("受領を確かめた方法").fill(evidence)
    page.get_by_role("button", name="受領を記録する").click()
    officer.told("必着日")
    officer.told("間に合っています。")


def press_together(*buttons: Locator) -> None:
    """Everybody presses at the same moment; nobody waits for an answer before the next one presses."""
    for button in buttons:
        button.click(no_wait_after=True)


def tick(officer: Person, *, note: str = "") -> None:
    """All seven items present; ``note`` stands beside the third."""
    page = officer.page
    for present in page.get_by_label(TickResult.PRESENT.label, exact=True).all():
        present.check()
    if note:
        page.get_by_role("region", name=Annex3Item.HOME.label).get_by_label("所見").fill(note)
    page.get_by_role("button", name="照合を保存する").click()
    officer.told("7項目とも記入されています。")


def check_by_keyboard(officer: Person, title: str) -> None:
    """From the inbox to the seven ticks without a mouse: search, open, begin, tick, save."""
    page = officer.page
    officer.go("/inbox/")
    reach(page, "input", "探す", name="q")
    page.keyboard.type(title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "a", f"^{re.escape(title)}$")
    follow(page, "button", "確認を始める")
    for item in Annex3Item:
        reach(page, "input", f"^{TickResult.PRESENT.label}", name=f"result_{item.value}")
        page.keyboard.press("Space")
    follow(page, "button", "照合を保存する")
    officer.told("7項目とも記入されています。")


def decide_by_keyboard(approver: Person, path: str) -> None:
    """Both decisions without a mouse; the page is come back to after each."""
    page = approver.page
    approver.go(f"{path}decision/")
    reach(page, "input", "^漏れなし", name="completeness-verdict")
    page.keyboard.press("Space")
    follow(page, "button", "照合の判断を記録する")
    reach(page, "input", f"^{Judgement.CLEAR.label}", name="safety-verdict")
    page.keyboard.press("Space")
    follow(page, "button", "是非の判断を記録する")
    approver.told("承認しました。")


def remark(officer: Person, path: str, *, at: str, kind: RemarkKind, text: str) -> None:
    """One remark to the school on one place."""
    page = officer.page
    officer.go(f"{path}remarks/")
    page.get_by_label("どこについて").select_option(value=at)
    page.get_by_label(kind.label, exact=True).check()
    page.get_by_label("内容", exact=True).fill(text)
    page.get_by_role("button", name="指摘を残す").click()
    officer.told("学校への指摘を残しました。")


def send_back(officer: Person, path: str) -> None:
    officer.go(f"{path}return/")
    officer.page.get_by_role("button", name="差し戻す").click()
    officer.told("差し戻しました。")


def find_in_order(approver: Person, path: str) -> None:
    """Both decisions without a reservation."""
    page = approver.page
    approver.go(f"{path}decision/")
    completeness = page.get_by_role("region", name="別添三の照合", exact=True)
    completeness.get_by_label("漏れなし", exact=True).check()
    completeness.get_by_role("button", name="照合の判断を記録する").click()
    approver.told("もう一つの判断も記録すると承認になります。")
    safety = page.get_by_role("region", name="実施の是非", exact=True)
    safety.get_by_label(Judgement.CLEAR.label, exact=True).check()
    safety.get_by_role("button", name="是非の判断を記録する").click()
    approver.told("承認しました。")


def _choose_all(officer: Person, named: str, *, many: int) -> None:
    chosen = officer.page.get_by_role("checkbox", name=re.compile(named))
    expect(chosen).to_have_count(many)
    for box in chosen.all():
        box.check()


def fix_letters(officer: Person, named: str, *, many: int) -> None:
    """Every approved plan of this name gets its number and its packet."""
    officer.go("/inbox/forwarding/")
    _choose_all(officer, named, many=many)
    officer.page.get_by_role("button", name="選んだ依頼の依頼書を確定する").click()
    officer.told(f"{many}件を処理し、0件はできませんでした。")


def wait_for_packets(officer: Person, paths: Sequence[str]) -> None:
    """Until each plan's page, which asks by itself, offers its packet."""
    for path in paths:
        officer.go(f"{path}sending/")
        expect(officer.page.get_by_role("link", name="送付用PDFを開く")).to_be_visible(timeout=RENDERED_WITHIN_MS)


def record_sending(officer: Person, named: str, *, many: int, evidence: str) -> None:
    """Everything of this name was sent by mail at once; what became of each stands in its row."""
    officer.go("/inbox/forwarding/")
    _choose_all(officer, named, many=many)
    page = officer.page
    page.get_by_label("電子メール", exact=True).check()
    page.get_by_label("送付の証拠").fill(evidence)
    page.get_by_role("button", name="選んだ依頼の送付を記録する").click()
    officer.told("それぞれの結果は表にあります。")


def call_ministry(officer: Person, path: str, note: str) -> None:
    """The telephone call that a late filing needs."""
    officer.go(f"{path}sending/")
    officer.page.get_by_label("電話の相手と内容").fill(note)
    officer.page.get_by_role("button", name="電話を記録する").click()
    officer.told("外務省への電話を記録しました。")


def confirm_receipt(officer: Person, path: str, *, received_on: dt.date, words: str) -> None:
    """The ministry holds it; ``words`` are how the page judges the day."""
    page = officer.page
    officer.go(f"{path}sending/")
    page.get_by_label("外務省が受け取った日").fill(received_on.isoformat())
    page.get_by_label("受領を確かめた方法").fill("受領の返信メール")
    page.get_by_role("button", name="受領を記録する").click()
    officer.told(words)


def read_as_auditor(auditor: Person, title: str) -> str:
    """Find the trip among those of the members and read it; the words of the page."""
    auditor.go("/jcsos/")
    auditor.page.get_by_role("link", name=title, exact=True).click()
    auditor.heading(title)
    return auditor.page.get_by_role("main").inner_text()
