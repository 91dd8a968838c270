"""What the teacher and the principal do at the school's pages. Not here: typing (typist), the order (test_story)."""

from __future__ import annotations

import csv
import io
import re

from playwright.sync_api import expect

from portal.dossier.types import Dossier, Participant
from tests.flows.people import Person
from tests.flows.typist import Typist, era

ROSTER_HEADINGS = (
    "学年",
    "組",
    "番号",
    "氏名",
    "ふりがな",
    "性別",
    "生年月日",
    "旅券の姓",
    "旅券の名",
    "有効期限",
    "国籍",
    "班",
    "同意日",
)


def start_trip(teacher: Person, title: str) -> str:
    """Start a plan; the path of its workspace."""
    page = teacher.page
    page.get_by_role("link", name="新しい旅行を始める").first.click()
    page.get_by_label("旅行名").fill(title)
    page.get_by_role("button", name="始める").click()
    teacher.heading(title)
    return page.url.removeprefix(teacher.url)


def open_section(teacher: Person, workspace: str, title: str) -> None:
    """From the workspace into one section."""
    teacher.go(workspace)
    teacher.page.get_by_role("list", name="計画の項目").get_by_role("link", name=title).click()
    teacher.heading(title)


def save(teacher: Person, title: str) -> None:
    """Press the plain button; the workspace says that the section is kept."""
    teacher.page.get_by_role("button", name="保存して戻る").click()
    teacher.told(f"「{title}」を保存しました。")


def write_outline(teacher: Person, workspace: str, trip: Dossier) -> None:
    """Outline and group; who leads the group is chosen later, when people are on the roster."""
    typist = Typist(teacher.page, trip)
    open_section(teacher, workspace, "旅行概要")
    typist.fill_block("旅行の概要", trip.outline)
    typist.add_rows("班・分散出発", "班を追加", trip.groups, without=("leader",))
    save(teacher, "旅行概要")


def name_group_leader(teacher: Person, workspace: str, trip: Dossier) -> None:
    """Come back to a draft: what was typed stands there, and one thing is added."""
    typist = Typist(teacher.page, trip)
    open_section(teacher, workspace, "旅行概要")
    expect(teacher.page.get_by_label("目的", exact=True)).to_have_value(trip.outline.purpose or "")
    typist.fill(typist.rows("班・分散出発").first, trip.groups[0], only=("leader",))
    save(teacher, "旅行概要")


def write_home_contacts(teacher: Person, workspace: str, trip: Dossier) -> None:
    """Two people at home; the findings of the page go while their entries come."""
    page, typist = teacher.page, Typist(teacher.page, trip)
    chief, deputy = trip.home_contacts
    open_section(teacher, workspace, "留守校の連絡先")
    findings = page.get_by_role("complementary", name="この項目の点検").get_by_role("article")
    expect(findings.filter(has_text="未入力").first).to_be_visible()
    row = typist.add_row("留守校の連絡先", "連絡先を追加")
    typist.fill(row, chief, only=("role", "name", "title"))
    expect(findings.filter(has_text="夜間の連絡先").first).to_be_visible()
    teacher.photograph("section")
    typist.fill(row, chief, only=("night_phone", "holiday_phone", "holiday_same_as_night"))
    expect(page.get_by_text("この項目に指摘はありません。")).to_be_visible()
    typist.add_rows("留守校の連絡先", "連絡先を追加", [deputy])
    save(teacher, "留守校の連絡先")


def import_pupils(teacher: Person, workspace: str, pupils: tuple[Participant, ...], groups: dict[str, str]) -> None:
    """The class list as the office keeps it: a CSV file in the coding of old Excel, birthdays in eras."""
    page = teacher.page
    teacher.go(f"{workspace}roster/import/")
    file = {"name": "2年3組名簿.csv", "mimeType": "text/csv", "buffer": roster_file(pupils, groups)}
    page.get_by_label("名簿のファイル").set_input_files(file)
    page.get_by_role("button", name="読み取る").click()
    teacher.heading("取込みの確認")
    page.get_by_role("button", name=f"{len(pupils)}人を取り込む").click()
    teacher.told(f"{len(pupils)}人を取り込みました。取り込めなかった行は0行です。")


def roster_file(pupils: tuple[Participant, ...], groups: dict[str, str]) -> bytes:
    """``pupils`` as rows of a Shift_JIS (cp932) file; ``groups`` gives a group's name by its key."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(ROSTER_HEADINGS)
    for pupil in pupils:
        assert pupil.sex
        assert pupil.born_on
        assert pupil.passport_expires_on
        assert pupil.consented_on
        rows.writerow(
            (
                pupil.grade,
                pupil.class_name,
                pupil.number,
                pupil.name,
                pupil.kana,
                pupil.sex.label,
                era(pupil.born_on),
                pupil.passport_surname,
                pupil.passport_given,
                f"{pupil.passport_expires_on:%Y/%m/%d}",
                "日本",
                groups[pupil.group or ""],
                era(pupil.consented_on),
            )
        )
    return text.getvalue().encode("cp932")


def add_adults(teacher: Person, workspace: str, trip: Dossier, adults: tuple[Participant, ...]) -> None:
    """The escort and the conductor, one after the other."""
    page, typist = teacher.page, Typist(teacher.page, trip)
    teacher.go(f"{workspace}roster/add/")
    for number, person in enumerate(adults, start=1):
        typist.fill_block("参加者", person)
        page.get_by_role("button", name="保存する" if number == len(adults) else "保存して次の人を追加").click()
        teacher.told("参加者を追加しました。")
    expect(page.get_by_role("rowheader")).to_contain_text([str(person.name) for person in trip.participants])


def write_the_rest(teacher: Person, workspace: str, trip: Dossier) -> None:
    """Every other section, in the order of the list."""
    typist = Typist(teacher.page, trip)
    for section, add, parts in (
        ("訪問先・安全情報", {"訪問先": ("訪問先を追加", trip.destinations)}, {}),
        (
            "日程・便",
            {"便・移動": ("便・移動を追加", trip.legs), "訪問・活動": ("訪問・活動を追加", trip.activities)},
            {},
        ),
        ("宿泊", {"宿泊先": ("宿泊先を追加", trip.stays)}, {}),
        ("ホームステイ", {}, {"ホームステイ": trip.homestay}),
        ("旅行団責任者", {}, {"旅行団責任者": trip.leader}),
        (
            "旅行会社・現地エージェント",
            {"旅行会社・現地エージェント": ("会社を追加", trip.agents)},
            {"添乗員": trip.conductor},
        ),
        ("在外公館", {"在外公館": ("在外公館を追加", trip.missions)}, {}),
        ("緊急連絡体制", {}, {"緊急連絡体制": trip.emergency}),
        (
            "保険",
            {"保険契約": ("保険契約を追加", trip.policies)},
            {"アシスタンス会社への引渡し": trip.handover},
        ),
        ("事前指導・たびレジ", {}, {"事前指導・たびレジ": trip.readiness}),
    ):
        open_section(teacher, workspace, section)
        for title, (button, rows) in add.items():
            typist.add_rows(title, button, rows)
        for title, part in parts.items():
            typist.fill_block(title, part)
        save(teacher, section)


def expect_ready(teacher: Person, workspace: str) -> None:
    """The check page holds nothing against submission."""
    teacher.go(f"{workspace}check/")
    expect(teacher.page.get_by_role("heading", name="提出できます", level=2)).to_be_visible()
    teacher.photograph("check")


def rewrite(teacher: Person, workspace: str, section: str, field: str, words: str) -> None:
    """Change the first field of this name in one section, unfolding the row it stands in."""
    open_section(teacher, workspace, section)
    named = teacher.page.get_by_label(re.compile(rf"^{field}"))
    folded = teacher.page.locator("details:not([open])").filter(has=named)
    if folded.count():
        folded.first.locator("summary").first.click()
    named.first.fill(words)
    save(teacher, section)


def answer_all(teacher: Person, workspace: str, words: str) -> None:
    """Answer every remark, one after the other."""
    teacher.go(f"{workspace}timeline/")
    waiting = teacher.page.get_by_role("button", name="回答する")
    for left in range(waiting.count(), 0, -1):
        expect(waiting).to_have_count(left)
        teacher.page.get_by_label("回答", exact=True).first.fill(words)
        waiting.first.click()
    expect(waiting).to_have_count(0)


def open_amendment(teacher: Person, workspace: str) -> None:
    """Begin a 変更届 on what was sent."""
    teacher.go(f"{workspace}amend/")
    teacher.page.get_by_role("button", name="書き換えられるようにする").click()
    teacher.told("書き換えられるようにしました。")


def submit(principal: Person, workspace: str, *, version: int = 1) -> None:
    """The principal attests and presses the button twice, as people do; one revision is submitted."""
    principal.go(f"{workspace}submit/")
    page = principal.page
    page.get_by_label(re.compile("計画の内容を学校として確認しました")).check()
    page.get_by_role("button", name="提出する").dblclick()
    principal.heading("経過・連絡")
    principal.told(f"第{version}版を提出しました")


def export_plan(teacher: Person, workspace: str) -> bytes:
    """The plan as the file that the workspace's link gives."""
    teacher.go(workspace)
    teacher.photograph("workspace")
    link = teacher.page.get_by_role("link", name="計画をファイル(JSON)に書き出す")
    answer = teacher.page.request.get(f"{teacher.url}{link.get_attribute('href')}")
    assert answer.ok, answer.status
    return answer.body()


def read_timeline(teacher: Person, workspace: str) -> str:
    """What the school sees of its request, as text."""
    teacher.go(f"{workspace}timeline/")
    teacher.heading("経過・連絡")
    expect(teacher.page.get_by_role("term").filter(has_text="外務省の受領日")).to_be_visible()
    teacher.photograph("timeline")
    return teacher.page.get_by_role("main").inner_text()
