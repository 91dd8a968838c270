"""What the authority and the auditor do at their pages, and the packet they take away. Not here: the order."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import expect

from mofa_requests.documents.annex3 import Annex3Item
from portal.dossier.types import Judgement, TickResult
from tests.flows.people import Person

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


def read_as_auditor(auditor: Person, title: str) -> str:
    """Find the trip among those of the members and read it; the words of the page."""
    auditor.go("/jcsos/")
    auditor.page.get_by_role("link", name=title, exact=True).click()
    auditor.heading(title)
    return auditor.page.get_by_role("main").inner_text()
