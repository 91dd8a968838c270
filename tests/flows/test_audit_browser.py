"""One audit at real screens: planned, drawn, evidence, a grave finding, the school's reply, its correction, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from jcsos.enums import Gravity, Verdict
from portal.demo.accounts import demo_accounts
from portal.demo.organisations import demo_organisation
from portal.kit import clock
from portal.kit.roles import Role
from tests.flows.people import Person, sign_in
from tests.stack import LiveStack

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS = 5_000, 60_000
TITLE = "冬の備えの監査(鵠)"
FAULT, OWN_WORDS = "AC04", "12月に掛けます"
PAPER = {"name": "指導.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + "見本".encode()}


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


@dataclass(frozen=True)
class Audit:
    """The paths of one audit: its campaign, its page at the desk, its page at the school."""

    campaign: str
    theirs: str
    ours: str
    school: str


def test_a_campaign_from_the_sample_to_the_closed_finding(live_stack: LiveStack, browser: Browser) -> None:
    desk, second = (
        sign_in(browser, live_stack.url, f"{name}.example") for name in ("kansa@jcsos", "kennin@wataridori")
    )
    sit_as_auditor(second)
    audit = draw(desk)
    drafter, head = (
        sign_in(browser, live_stack.url, _seat(audit.school, role))
        for role in (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
    )
    read_japanese(drafter)
    hand_in(drafter, audit)
    assess(desk, audit)
    find_fault(desk, second, audit)
    reply(head, audit)
    uphold(desk, audit)
    drafter.go(audit.ours)
    drafter.page.get_by_label("是正の報告").fill("12月3日に掛け、3回の呼出しでつながった")
    press(drafter, "是正を報告する")
    drafter.told("是正を報告しました")
    desk.go(audit.theirs)
    press(desk, "是正を確認する")
    desk.told("是正を確認しました")
    desk.go(audit.campaign)
    press(desk, "監査を締めくくる")
    desk.told("監査を締めくくりました")
    head.go(audit.ours)
    assert _file_behind(head, "監査報告書(PDF)").startswith(b"%PDF")


def sit_as_auditor(person: Person) -> None:
    """Somebody with several memberships takes the auditor's seat."""
    seat = person.page.locator("button[name=membership]").filter(has_text=Role.JCSOS_AUDITOR.label)
    person.page.locator("details").filter(has=person.page.locator("button[name=membership]")).locator("summary").click()
    with person.page.expect_navigation():
        seat.click()


def read_japanese(person: Person) -> None:
    """The university's drafter reads English; which school is drawn hangs on the ids of this run."""
    japanese = person.page.locator("button[name=language][value=ja]")
    if japanese.count():
        with person.page.expect_navigation():
            japanese.first.click()


def draw(desk: Person) -> Audit:
    """Plan a campaign that draws one trip, draw it, and tell its school."""
    page, today = desk.page, clock.today()
    desk.go("/jcsos/audits/new/")
    page.get_by_label("監査の名称").fill(TITLE)
    page.get_by_label("出発日の期間の始まり").fill((today - dt.timedelta(days=200)).isoformat())
    page.get_by_label("出発日の期間の終わり").fill((today + dt.timedelta(days=280)).isoformat())
    page.locator("input[name=rule_set][value=ready-1]").check()
    for label in ("少なくとも(件)", "多くとも(件)"):
        page.get_by_label(label).fill("1")
    page.get_by_label("乱数の種").fill("7")
    press(desk, "企画する")
    desk.told("いまの母集団は")
    press(desk, "抽出する")
    desk.told("1件を抽出しました")
    press(desk, "通知し、資料をお願いする")
    desk.told("1校に通知しました")
    row = page.get_by_role("table", name="抽出した旅行").get_by_role("row").nth(1)
    path = str(row.get_by_role("link").get_attribute("href"))
    school = row.get_by_role("cell").nth(1).inner_text()
    return Audit(page.url.removeprefix(desk.url), path, path.replace("/audits/trips/", "/ours/audits/"), school)


def hand_in(drafter: Person, audit: Audit) -> None:
    """The school sees that it was chosen, gives one piece with words and file, and says that this is all."""
    drafter.go("/jcsos/ours/")
    drafter.told(TITLE)
    drafter.go(audit.ours)
    piece = _unfold(drafter.page.locator("#AC01"), "資料を出す")
    piece.get_by_label("説明").fill("9月に実施し、欠席者には翌週に補講した")
    piece.get_by_label("ファイル").set_input_files(PAPER)
    piece.get_by_role("button", name="資料を出す").click()
    drafter.told("資料を出しました")
    press(drafter, "資料の提出を終える")
    drafter.told("資料の提出を終え")


def assess(desk: Person, audit: Audit) -> None:
    """Read what was given, and a verdict on each criterion; one does not hold."""
    desk.go(audit.theirs)
    assert _file_behind(desk, "指導.pdf") == PAPER["buffer"]
    for code in ("AC01", "AC02", "AC03", "AC04", "AC05"):
        card = desk.page.locator(f"#{code}")
        verdict = Verdict.NOT_MET if code == FAULT else Verdict.MET
        card.get_by_label("評価").select_option(verdict.value)
        card.get_by_label("理由・メモ").fill("資料と計画による")
        with desk.page.expect_navigation():
            card.get_by_role("button", name="この評価を保存").click()
        expect(desk.page.locator(f"#{code}").get_by_text("資料と計画による").first).to_be_visible()


def find_fault(desk: Person, second: Person, audit: Audit) -> None:
    """A grave finding leaves only after a second pair of eyes."""
    wording = _unfold(desk.page.locator("#findings"), "指摘を書く")
    wording.get_by_label("項目").select_option(FAULT)
    wording.get_by_label(Gravity.GRAVE.label, exact=True).check()
    wording.get_by_label("指摘", exact=True).fill("試しに掛けた記録がありません")
    wording.get_by_role("button", name="指摘を残す").click()
    desk.told("学校にはまだ見えません")
    press(desk, "指摘を学校へ送る")
    desk.told("別の評価者が確かめて")
    second.go(audit.theirs)
    press(second, "二人目として確かめる")
    second.told("確かめました")
    desk.go(audit.theirs)
    press(desk, "指摘を学校へ送る")
    desk.told("結果を学校に送りました")


def reply(head: Person, audit: Audit) -> None:
    head.go(audit.ours)
    head.page.get_by_label("学校の意見").fill(OWN_WORDS)
    press(head, "意見を送る")
    head.told("意見を送りました")


def uphold(desk: Person, audit: Audit) -> None:
    """The reply is read; the finding stays, with what is to be mended, by whom, until when."""
    desk.go(audit.theirs)
    desk.told(OWN_WORDS)
    asked = _unfold(desk.page.locator("#findings"), "維持して是正を求める")
    asked.get_by_label("直してほしいこと").fill("夜間の番号へ掛けた記録を残す")
    asked.get_by_label("直す人(役職)").fill("教頭")
    asked.get_by_label("期限").fill((clock.today() + dt.timedelta(days=20)).isoformat())
    asked.get_by_role("button", name="是正を求める").click()
    desk.told("是正を求めました")
    press(desk, "意見の確認を終える")
    desk.told("意見の確認を終え")


def press(person: Person, button: str) -> None:
    person.page.get_by_role("button", name=button, exact=True).first.click()


def _unfold(area: Locator, title: str) -> Locator:
    """Open the folded part of this title; the part itself."""
    part = area.locator("details").filter(has=area.page.locator("summary", has_text=title)).first
    part.locator("summary").first.click()
    return part


def _file_behind(person: Person, link: str) -> bytes:
    path = person.page.get_by_role("link", name=link).first.get_attribute("href")
    answer = person.page.request.get(f"{person.url}{path}")
    assert answer.ok, answer.status
    return answer.body()


def _seat(school: str, role: Role) -> str:
    """Who holds this role at the school that was drawn."""
    people = [account for account in demo_accounts() if account.role is role]
    return next(one.email for one in people if demo_organisation(one.organisation).name == school)
