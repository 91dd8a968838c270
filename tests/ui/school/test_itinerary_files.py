"""An agent's itinerary as a file through the wizard: before and after, in the agent's hand, taken back whole."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat
from tests.trips.roster.builders import workbook
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of
from trips.models import TripSection

AtDesk = Callable[[World, Seat], Desk]
IMPORT = "itinerary/import/"
HEADINGS = ("日付", "時刻", "便名・列車", "区間", "都市", "内容", "食事", "宿泊先")


def sheet(here: World) -> list[tuple[str, ...]]:
    """An itinerary for the plan's own days: its first flight at another hour, a visit, a house for the night."""
    plan = plan_of(here)
    leg, first = plan.legs[0], plan.outline.departs_on
    assert first
    assert leg.number
    return [
        ("研修旅行 日程表",),
        HEADINGS,
        (f"{first:%Y/%m/%d}", "8:05", leg.number, f"{leg.origin}→{leg.destination}"),
        ("", "15:00-17:30", "", "", "見本市", "川の博物館の見学(鵠)", "夕", "見本迎賓館(見本)"),
        ("", "25:99", "", "", "", "暦にも時計にもない予定"),
        ("※ 時刻は変わることがあります",),
    ]


def send_file(desk: Desk, data: bytes, name: str) -> str:
    return desk.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def waiting(desk: Desk) -> dict[str, str]:
    return dict(re.findall(r'name="(digest|filename|header_row)" value="([^"]*)"', desk.page))


def hands(here: World) -> dict[str, tuple[str | None, list[str]]]:
    """Whose hand itinerary and lodging are, and which fields wait."""
    rows = TripSection.objects.filter(trip=here.request.trip, code__in=("itinerary", "lodging"))
    return {row.code: (row.entered_by, row.by_agent) for row in rows}


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def test_a_file_waits_for_a_teachers_word_and_is_taken_back_whole(here: World, mine: Desk) -> None:
    before, marks = plan_of(here), hands(here)
    book = workbook([["連絡事項"]], sheet(here), names=("表紙", "日程"))
    shown = send_file(mine, book, "最終日程表.xlsx")
    assert mine.status == 200, shown
    assert re.findall(r'class="tile__value">([\d,]+)', shown) == ["3", "2", "1", "1"]
    assert "B5" in shown
    assert "暦にも時計にもない" not in re.sub(r"<details.*?</details>", "", shown, flags=re.DOTALL)
    assert re.search(r"出発時刻\(現地\): <del>[^<]+</del> → <ins>[^<]*8:05</ins>", shown)
    assert "計画にあって、このファイルにないもの" in shown

    said = mine.post(f"{IMPORT}decide/", {**waiting(mine), "apply": "1"}, follow=True)
    assert "日程表の2行を取り込みました。取り込めなかった行は1行です。" in said
    after = plan_of(here)
    assert (after.legs[0].key, f"{after.legs[0].departs_at:%H:%M}") == (before.legs[0].key, "08:05")
    assert after.activities[-1].title == "川の博物館の見学(鵠)"
    assert after.stays[-1].name == "見本迎賓館(見本)"
    assert [len(after.legs), len(after.activities), len(after.stays)] == [
        len(before.legs), len(before.activities) + 1, len(before.stays) + 1,
    ]  # fmt: skip
    leg = before.legs[0].key
    assert hands(here)["itinerary"][0] == "agent"
    assert f"legs-{leg}-departs_at" in hands(here)["itinerary"][1]
    assert f"legs-{leg}-origin" not in hands(here)["itinerary"][1]
    assert "まだ学校が確認していない欄" in mine.open("sections/itinerary/")

    again = mine.post(f"{IMPORT}decide/", {**_sent_again(mine, book), "apply": "1"}, follow=True)
    assert "すでに計画に入っています" in again
    undo = re.search(r'action="([^"]*itinerary/import/[^"]*/undo/)"', mine.open(IMPORT))
    assert undo is not None
    assert "元に戻しました" in mine.post(undo[1].removeprefix(mine.base), follow=True)
    taken_back = plan_of(here)
    assert (taken_back.legs, taken_back.activities, taken_back.stays) == (before.legs, before.activities, before.stays)
    assert taken_back.confirmations == before.confirmations
    assert hands(here) == {code: marks.get(code, (None, [])) for code in hands(here)}


def _sent_again(desk: Desk, book: bytes) -> dict[str, str]:
    send_file(desk, book, "最終日程表.xlsx")
    return waiting(desk)


def test_a_new_itinerary_takes_the_place_of_the_old_and_hand_written_rows_outlive_the_undo(
    here: World, mine: Desk
) -> None:
    lines = sheet(here)
    send_file(mine, "\r\n".join(",".join(line) for line in lines).encode("cp932"), "日程表.csv")
    mine.post(f"{IMPORT}decide/", {**waiting(mine), "apply": "1", "drop": "1"}, follow=True)
    after = plan_of(here)
    assert [len(after.legs), len(after.activities), len(after.stays)] == [1, 1, 1]
    mine.open("sections/itinerary/")
    typed = {f"activities-{after.activities[0].key}-title": "学校で決めた見学", "done": "1"}
    mine.send("sections/itinerary/", follow=False, **typed)
    undo = re.search(r'action="([^"]*itinerary/import/[^"]*/undo/)"', mine.open(IMPORT))
    assert undo is not None
    said = mine.post(undo[1].removeprefix(mine.base), follow=True)
    assert "直した1件は、いまの記載のまま残しました" in said
    titles = [activity.title for activity in plan_of(here).activities]
    assert "学校で決めた見学" in titles
    assert len(plan_of(here).legs) > 1


def test_the_form_is_read_back_by_a_helper_of_the_agent(here: World, desk: AtDesk) -> None:
    helper = desk(here, seat(Role.SCHOOL_AGENT, here.drafter.org))
    helper.open(f"{IMPORT}form.xlsx")
    book = load_workbook(io.BytesIO(helper.answer.content))
    assert book.sheetnames == ["日程表", "記入例", "書き方"]
    for number, line in enumerate(sheet(here)[2:4], start=2):
        for column, text in enumerate(line, start=1):
            book["日程表"].cell(number, column, text)
    filled = io.BytesIO()
    book.save(filled)
    shown = send_file(helper, filled.getvalue(), "itinerary-form.xlsx")
    assert re.findall(r'class="tile__value">([\d,]+)', shown) == ["2", "2", "0", "0"]
    assert "読んだシート: 日程表" in shown


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "ファイルが空です"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "日程表として読むことができません"),
        ("日付,内容\r\n".encode(), "便・活動・宿泊先の行がありません"),
    ],
    ids=["empty", "pdf", "headings alone"],
)
def test_a_wrong_file_is_explained(mine: Desk, data: bytes, says: str) -> None:
    assert says in send_file(mine, data, "日程表.csv")
    assert mine.status == 422


def test_columns_may_be_chosen_where_headings_are_missing(here: World, mine: Desk) -> None:
    first = plan_of(here).outline.departs_on
    send_file(mine, f"{first:%Y/%m/%d},川の見学\r\n".encode(), "見出しなし.csv")
    assert mine.status == 422
    assert "どの列が何かを選ぶ" in mine.page
    columns = {"header_row": "0", "column-A": "date", "column-B": "content"}
    mine.post(f"{IMPORT}decide/", {**waiting(mine), **columns})
    assert re.findall(r'class="tile__value">([\d,]+)', mine.page) == ["1", "1", "0", "0"]


def test_what_was_handed_in_takes_no_itinerary(here: World, mine: Desk) -> None:
    send_file(mine, workbook(sheet(here)), "日程表.xlsx")
    chosen = waiting(mine)
    submitted(here)
    said = mine.post(f"{IMPORT}decide/", {**chosen, "apply": "1"}, follow=True)
    assert "いま書き換えられません" in said
    assert "読むだけのページです" in mine.open(IMPORT)
