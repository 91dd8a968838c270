"""A roster file through the wizard: every row accounted for, wrong files explained, applied once, taken back whole."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.cast import Seat, World
from tests.trips.roster.builders import HEADINGS, csv_text, workbook
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of

AtDesk = Callable[[World, Seat], Desk]
IMPORT = "roster/import/"
BAD = {17: "2009/2/30", 208: "令和99年13月1日", 399: "昨日"}
SURNAMES = (("髙橋", "たかはし"), ("山﨑", "やまさき"), ("渡邉", "わたなべ"), ("濵田", "はまだ"), ("德永", "とくなが"))
GIVEN = (("花子", "はなこ", "女"), ("翔太", "しょうた", "男"), ("葵", "あおい", "女"), ("蓮", "れん", "男"))


def roster(people: int) -> str:
    """A roster as schools keep it, three birthdays of which no calendar has."""
    rows = [_pupil(number) for number in range(1, people + 1)]
    return csv_text([HEADINGS, *rows])


def _pupil(number: int) -> list[str]:
    surname, kana = SURNAMES[number % 5]
    given, given_kana, sex = GIVEN[number % 4]
    day = BAD.get(number, f"H{21 + number % 2}.{1 + number % 12}.{1 + number % 28}")
    seat = ["2", str(1 + number // 40), str(number % 40 + 1)]
    return [*seat, f"{surname}　{given}{number}", f"{kana}　{given_kana}", sex, day]


def chosen(desk: Desk) -> dict[str, str]:
    """The hidden fields of the preview."""
    return dict(re.findall(r'name="(digest|filename|header_row)" value="([^"]*)"', desk.page))


def send_file(desk: Desk, data: bytes, name: str) -> str:
    return desk.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def test_400_rows_with_three_bad_ones_are_all_accounted_for_and_taken_back(here: World, mine: Desk) -> None:
    before = plan_of(here).participants
    shown = send_file(mine, roster(400).encode("cp932"), "2年名簿.csv")
    assert mine.status == 200
    assert re.findall(r'class="tile__value">([\d,]+)', shown)[:3] == ["400", "397", "3"]
    assert "Shift_JIS" in shown
    assert all(f'<th scope="row">{row + 1}</th>' in shown for row in BAD)
    waiting = chosen(mine)

    errors = mine.client.post(f"{mine.base}{IMPORT}decide/", {**waiting, "errors": "1"})
    assert errors["Content-Type"].startswith("text/csv")
    given_back = errors.content.decode("cp932").splitlines()
    assert len(given_back) == 1 + len(BAD)
    assert all(any(text in line for line in given_back) for text in BAD.values())

    said = mine.post(f"{IMPORT}decide/", {**waiting, "apply": "1"}, follow=True)
    assert "397人を取り込みました。取り込めなかった行は3行です。" in said
    after = plan_of(here).participants
    assert len(after) == len(before) + 397
    assert "髙橋　花子20" in {person.name for person in after}

    again = mine.post(f"{IMPORT}decide/", {**waiting, "apply": "1"}, follow=True)
    assert "すでに取り込まれています" in again
    assert len(plan_of(here).participants) == len(after)

    undo = re.search(r'action="([^"]*roster/import/[^"]*/undo/)"', mine.open(IMPORT))
    assert undo is not None
    assert "名簿を元に戻しました" in mine.post(undo[1].removeprefix(mine.base), follow=True)
    assert plan_of(here).participants == before


ODD = ("生徒", "名簿用よみ", "いつ生まれた", "メモ欄")


def test_columns_are_remembered_for_the_next_file_and_may_be_forgotten(here: World, mine: Desk) -> None:
    first = csv_text([ODD, ("髙橋　あおい", "たかはし　あおい", "平成21年5月6日", "窓側")])
    send_file(mine, first.encode("cp932"), "旧式.csv")
    assert mine.status == 422
    columns = {"column-A": "name", "column-B": "kana", "column-C": "born_on", "column-D": ""}
    mine.post(f"{IMPORT}decide/", {**chosen(mine), **columns, "header_row": "1"})
    assert mine.status == 200
    said = mine.post(f"{IMPORT}decide/", {**chosen(mine), **columns, "apply": "1"}, follow=True)
    assert "1人を取り込みました" in said
    assert "4列の読み方を覚えています" in mine.open(IMPORT)

    second = csv_text([("番号", *ODD), ("7", "山﨑　りく", "やまさき　りく", "H21.7.8", "")])
    send_file(mine, second.encode("cp932"), "旧式2.csv")
    assert mine.status == 200
    assert mine.page.count("前回の選び方") == 4
    assert '<option value="kana" selected>' in mine.page

    assert "読み方を消しました" in mine.post(f"{IMPORT}forget/", follow=True)
    send_file(mine, first.encode("cp932"), "旧式.csv")
    assert mine.status == 422


def test_several_sheets_are_read_together(mine: Desk) -> None:
    sheets = [[HEADINGS, *(_pupil(n) for n in numbers)] for numbers in (range(1, 4), range(41, 43))]
    book = workbook(*sheets, [["雨の日は体育館"]], names=("1組", "2組", "覚え書き"))
    send_file(mine, book, "学年名簿.xlsx")
    assert '<input type="checkbox" name="sheet" value="2組">' in mine.page
    shown = mine.post(f"{IMPORT}decide/", {**chosen(mine), "sheet": ["1組", "2組"]})
    assert re.findall(r'class="tile__value">([\d,]+)', shown)[:3] == ["5", "5", "0"]
    assert shown.count('name="sheet" value') == 3
    assert shown.count(" checked>") == 2


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "名簿.xlsx", "ファイルが空です"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "名簿.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "名簿.xlsx", "画像"),
        (",".join(HEADINGS).encode("cp932") + b"\r\n2,1,1,\x81\xff\xfe\xa0", "名簿.csv", "文字"),
        ("今日の天気\r\n晴れ\r\n".encode(), "日記.csv", "見出し"),
        (workbook([[]]), "空の名簿.xlsx", "どのシートにもデータがありません"),
    ],
    ids=["empty", "pdf", "picture", "encoding", "no roster", "empty sheet"],
)  # fmt: skip
def test_a_wrong_file_is_explained_and_nothing_is_lost(
    here: World, mine: Desk, data: bytes, name: str, says: str
) -> None:
    before = plan_of(here).participants
    shown = send_file(mine, data, name)
    assert mine.status == 422
    assert "エラー: " in shown
    assert says in shown
    assert plan_of(here).participants == before


def test_no_file_at_all_is_asked_for(mine: Desk) -> None:
    assert "ファイルを選んでから" in mine.post(IMPORT)
    assert mine.status == 422


def test_what_was_handed_in_takes_no_file(here: World, mine: Desk) -> None:
    send_file(mine, roster(4).encode(), "追加.csv")
    waiting = chosen(mine)
    submitted(here)
    said = mine.post(f"{IMPORT}decide/", {**waiting, "apply": "1"}, follow=True)
    assert "いま書き換えられません" in said
    assert "読むだけのページです" in mine.open(IMPORT)
