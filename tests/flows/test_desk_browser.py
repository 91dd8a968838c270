"""An authority's week at real screens: plans checked, returned, corrected, approved, sent together and received.

Among them a municipal school's, one that comes late, and a change after sending; two officers reach for one plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, expect

from mofa_requests.enums import RemarkKind
from portal.kit import clock
from tests.flows import desk, school
from tests.flows.people import Person, sign_in
from tests.flows.prepared import Plan, prepare, prepared
from tests.stack import LiveStack

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS = 5_000, 60_000
OURS = r"\(鵠\)を選ぶ"
NIGHT, PURPOSE, POLICY = "/home_contacts/0/night_phone", "/outline/purpose", "/policies/0/phone"
REMARKS = (
    (NIGHT, RemarkKind.WRONG, "夜間の番号につながりません"),
    (PURPOSE, RemarkKind.MISSING, "事前学習とのつながりが書かれていません"),
    (POLICY, RemarkKind.UPDATE, "番号が変わっていないか、保険会社に確かめてください"),
)
NEW_NIGHT, NEW_PURPOSE = "090-0000-5877", "姉妹校の授業に加わり、事前に調べた水害への備えを発表する。"
TOLD = re.compile("確認を始めました。|あなたの操作は記録していません")
NEW_FLIGHT = "CI9163"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


def test_an_officer_takes_the_plans_of_a_week_to_the_ministry(live_stack: LiveStack, browser: Browser) -> None:
    begun = prepare(live_stack)
    officer = sign_in(browser, live_stack.url, "tanto@pref-mihon-board.example")
    approver = sign_in(browser, live_stack.url, "kessai@pref-mihon-board.example")
    *usual, municipal, late = plans = prepared(begun)
    one, two = usual[0], usual[1]

    endorse_first(browser, live_stack.url, officer, municipal)
    race_for(one, officer, approver)
    desk.tick(officer)
    desk.check_by_keyboard(officer, municipal.title)
    for plan in (*usual[1:], late):
        officer.go(plan.desk)
        desk.claim(officer)
        desk.tick(officer)
    correct(browser, live_stack.url, officer, two)

    for many in (len(plans) // 2, len(plans)):
        for plan in plans[many - len(plans) // 2 : many]:
            decide = desk.decide_by_keyboard if plan is municipal else desk.find_in_order
            decide(approver, plan.desk)
        desk.fix_letters(officer, OURS, many=many)
    desk.wait_for_packets(officer, [plan.desk for plan in plans])
    send_together(officer, late, plans)

    for plan in plans[:-1]:
        desk.confirm_receipt(officer, plan.desk, received_on=clock.today(), words="に間に合っています。")
    desk.confirm_receipt(officer, late.desk, received_on=clock.today(), words="日過ぎています。")
    change_afterwards(browser, live_stack.url, officer, one)


def endorse_first(browser: Browser, url: str, officer: Person, plan: Plan) -> None:
    """The prefecture waits for the city, which looks and endorses."""
    officer.go(plan.desk)
    officer.told("見本市教育委員会の経由の確認が済むと、確認を始められます。")
    expect(officer.page.get_by_role("button", name="確認を始める")).to_have_count(0)
    city = sign_in(browser, url, "tanto@city-mihon-board.example")
    city.go(plan.desk)
    city.page.get_by_role("button", name="経由を確認する").click()
    city.told("経由を確認しました。転送する所管庁に知らせました。")


def race_for(plan: Plan, officer: Person, approver: Person) -> None:
    """Both want to begin; one does, and the other reads who was faster and when."""
    rivals = (officer, approver)
    for person in rivals:
        person.go(plan.desk)
    desk.press_together(*(person.page.get_by_role("button", name="確認を始める") for person in rivals))
    told = {}
    for person in rivals:
        words = person.page.get_by_text(TOLD).first
        expect(words).to_be_visible()
        told[person.email] = words.inner_text()
    (loser,) = [words for words in told.values() if not words.startswith("確認を始めました")]
    assert re.search(r"\d+時\d+分に(三好 拓也|河野 美和子)さんが「確認中」にしています。", loser), told


def correct(browser: Browser, url: str, officer: Person, plan: Plan) -> None:
    """Three remarks of three kinds go back with the plan; each is answered, two places are mended, and both show."""
    for pointer, kind, text in REMARKS:
        desk.remark(officer, plan.desk, at=pointer, kind=kind, text=text)
    desk.send_back(officer, plan.desk)
    principal = sign_in(browser, url, "kocho@kita.mihon-ed.example")
    school.answer_all(principal, plan.workspace, "直しました")
    school.rewrite(principal, plan.workspace, "留守校の連絡先", "夜間の連絡先", NEW_NIGHT)
    school.rewrite(principal, plan.workspace, "旅行概要", "目的", NEW_PURPOSE)
    school.submit(principal, plan.workspace, version=2)

    officer.go("/inbox/?mark=corrected")
    officer.page.get_by_role("link", name=plan.title, exact=True).click()
    changes = officer.page.get_by_role("region", name="前回確認後の変更")
    expect(changes.get_by_role("caption")).to_have_text("前回確認した第1版から変わった点 2件")
    expect(changes.get_by_role("insertion")).to_have_text([NEW_PURPOSE])
    expect(changes.get_by_text("個人に関わる内容のため")).to_have_count(1)
    officer.go(f"{plan.desk}remarks/")
    expect(officer.page.get_by_text("修正済", exact=True)).to_have_count(2)
    officer.go(plan.desk)
    desk.claim(officer)
    expect(officer.page.get_by_role("radio", checked=True)).to_have_count(0)
    desk.tick(officer, note=desk.NOTE)


def send_together(officer: Person, late: Plan, plans: Sequence[Plan]) -> None:
    """All but one leave at one press; the late one says in its row what it waits for, and leaves after the call."""
    desk.record_sending(officer, OURS, many=len(plans), evidence="送信控えを文書管理簿に綴った")
    rows = officer.page.get_by_role("row")
    expect(rows.filter(has_text="送付を記録しました")).to_have_count(len(plans) - 1)
    expect(rows.filter(has_text="送付の前に外務省へ電話し、その記録を残してください")).to_contain_text(late.title)
    desk.call_ministry(officer, late.desk, "領事サービスセンターの担当者に理由と出発日を伝え、受け付けるとの返事")
    desk.record_sending(officer, OURS, many=1, evidence="送信控えを文書管理簿に綴った")
    expect(officer.page.get_by_role("row").filter(has_text="送付を記録しました")).to_contain_text(late.title)


def change_afterwards(browser: Browser, url: str, officer: Person, plan: Plan) -> None:
    """A flight changes after the papers have arrived: only that comes back to the desk."""
    teacher = sign_in(browser, url, "kian@kita.mihon-ed.example")
    school.open_amendment(teacher, plan.workspace)
    school.rewrite(teacher, plan.workspace, "日程・便", "便名", NEW_FLIGHT)
    principal = sign_in(browser, url, "kocho@kita.mihon-ed.example")
    school.submit(principal, plan.workspace)
    officer.go("/inbox/?q=" + plan.title)
    row = officer.page.get_by_role("row").filter(has_text="変更届")
    row.get_by_role("link", name=plan.title, exact=True).click()
    changes = officer.page.get_by_role("region", name="前回確認後の変更")
    expect(changes.get_by_role("caption")).to_have_text("送付済みの第1版から変わった点 1件")
    expect(changes.get_by_role("insertion")).to_have_text([NEW_FLIGHT])
    officer.told("判断に関わる変更が1か所あります。照合と二つの判断をし直してください。")
    desk.claim(officer)
    desk.tick(officer)
