"""The school's desk at real screens: a trip of 161 pupils from an empty plan to its second submission.

A teacher has a class list from an old Excel, the agent's itinerary, and the forms. The whole portal runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, expect

from mofa_requests.enums import RemarkKind
from portal.dossier import files
from portal.dossier.types import Dossier, ParticipantRole
from portal.kit import clock
from tests.flows import desk, readback, school
from tests.flows.people import Person, sign_in
from tests.flows.school_trip import PUPILS, itinerary_file, itinerary_lines, school_trip
from tests.flows.small_trip import adults
from tests.stack import LiveStack

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS = 5_000, 60_000
TEACHER, PRINCIPAL, OFFICER = "kian@mihon-gakuen.example", "kocho@mihon-gakuen.example", "tanto@pref-mihon.example"
PURPOSE = "姉妹校の授業に加わり、事前に調べた水害への備えを発表する。"
NIGHT = "090-0000-5877"
REMARKS = (
    ("/outline/purpose", RemarkKind.MISSING, "事前学習とのつながりが書かれていません"),
    ("/home_contacts/0/night_phone", RemarkKind.WRONG, "夜間の番号につながりません"),
    ("/policies/0", RemarkKind.UPDATE, "約款が新しくなっていないか確かめてください"),
)
ANSWER = "確かめ、直すところは直しました"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


def test_161_pupils_from_an_empty_plan_to_the_second_submission(live_stack: LiveStack, browser: Browser) -> None:
    trip = school_trip(on=clock.today())
    title = str(trip.outline.title)
    teacher = sign_in(browser, live_stack.url, TEACHER)
    workspace = school.start_trip(teacher, title)
    write_plan(teacher, workspace, trip)
    # Giving out a whole plan wants a sign-in of the last minutes; writing one may take longer.
    teacher = sign_in(browser, live_stack.url, TEACHER)
    written = files.load(school.export_plan(teacher, workspace))
    assert readback.as_plan(written) == readback.as_plan(trip)

    hand_in(browser, live_stack.url, workspace, version=1)
    officer = sign_in(browser, live_stack.url, OFFICER)
    request = desk.open_request(officer, title)
    desk.claim(officer)
    for pointer, kind, text in REMARKS:
        desk.remark(officer, request, at=pointer, kind=kind, text=text)
    desk.send_back(officer, request)

    correct(teacher, workspace)
    expect_changes(
        teacher,
        workspace,
        {"目的": (str(trip.outline.purpose), PURPOSE), "夜間の連絡先": (str(trip.home_contacts[0].night_phone), NIGHT)},
    )
    hand_in(browser, live_stack.url, workspace, version=2)
    officer.go(f"{request}remarks/")
    expect(officer.page.get_by_text(ANSWER)).to_have_count(len(REMARKS))
    expect(officer.page.get_by_text("修正済", exact=True)).to_have_count(2)


def correct(teacher: Person, workspace: str) -> None:
    """Each remark waits with its kind and the place it speaks of; two places are written anew, all are answered."""
    teacher.go(f"{workspace}timeline/")
    for _, kind, text in REMARKS:
        card = teacher.page.get_by_role("article").filter(has_text=text)
        expect(card.get_by_text(kind.label, exact=True)).to_be_visible()
        expect(card.get_by_role("link").first).to_have_attribute("href", re.compile(r"#f-|#rows-|sections/"))
    teacher.photograph("returned")
    school.rewrite(teacher, workspace, "旅行概要", "目的", PURPOSE)
    school.rewrite(teacher, workspace, "留守校の連絡先", "夜間の連絡先", NIGHT)
    school.answer_all(teacher, workspace, ANSWER)


def expect_changes(teacher: Person, workspace: str, changes: Mapping[str, tuple[str, str]]) -> None:
    """The submission page lists what changed since the last revision, before and after, and nothing else."""
    teacher.go(f"{workspace}submit/")
    rows = teacher.page.get_by_role("table", name="前回の提出から変わった点").get_by_role("row")
    expect(rows).to_have_count(1 + len(changes))
    for place, cells in changes.items():
        expect(rows.filter(has_text=place).get_by_role("cell")).to_have_text(list(cells))
    teacher.photograph("changes")


def hand_in(browser: Browser, url: str, workspace: str, *, version: int) -> None:
    """The principal comes to attest, signed in anew as the portal wants it."""
    principal = sign_in(browser, url, PRINCIPAL)
    school.submit(principal, workspace, version=version)
    principal.page.context.close()


def write_plan(teacher: Person, workspace: str, trip: Dossier) -> None:
    """Forms for what the school alone knows, two files for the rest."""
    pupils = tuple(person for person in trip.participants if person.role is ParticipantRole.STUDENT)
    assert len(pupils) == PUPILS
    assert any("髙" in str(pupil.name) for pupil in pupils)
    by_hand = trip.model_copy(update={"legs": (), "activities": (), "stays": ()})
    school.write_outline(teacher, workspace, trip)
    school.import_pupils(teacher, workspace, pupils, {group.key: str(group.name) for group in trip.groups})
    school.add_adults(teacher, workspace, trip, adults())
    school.name_group_leader(teacher, workspace, trip)
    school.write_home_contacts(teacher, workspace, trip)
    school.write_the_rest(teacher, workspace, by_hand)
    import_itinerary(teacher, workspace, trip)
    school.expect_ready(teacher, workspace)


def import_itinerary(teacher: Person, workspace: str, trip: Dossier) -> None:
    """The agent's workbook: looked at row by row, taken into the plan, and made the school's own by a word."""
    page, lines = teacher.page, itinerary_lines(trip)
    school.open_section(teacher, workspace, "日程・便")
    page.get_by_role("link", name="旅行会社の日程表(Excel・CSV)を取り込む").click()
    teacher.heading("旅行会社の日程表を取り込む")
    file = {"name": "最終日程表.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": itinerary_file(trip)}
    page.get_by_label("日程表のファイル").set_input_files(file)
    page.get_by_role("button", name="読み取る").click()
    teacher.heading("日程表の取込みの確認")
    expect(page.get_by_role("row").filter(has_text="新しい")).to_have_count(
        len(trip.legs) + len(trip.activities) + len(trip.stays)
    )
    teacher.photograph("itinerary")
    page.get_by_role("button", name=f"{len(lines)}行を計画に取り込む").click()
    teacher.told(f"日程表の{len(lines)}行を取り込みました。取り込めなかった行は0行です。")
    teacher.go(f"{workspace}check/")
    expect(page.get_by_role("heading", name="提出できます", level=2)).to_have_count(0)
    for section in ("日程・便", "宿泊"):
        school.open_section(teacher, workspace, section)
        expect(page.get_by_text("旅行会社の入力", exact=True).first).to_be_attached()
        page.get_by_role("button", name="内容を確認した").click()
        teacher.told(f"「{section}」を学校として確認しました。")
