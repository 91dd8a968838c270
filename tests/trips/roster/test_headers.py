"""Headings are found wherever they stand, and every column gets a meaning or none with a reason."""

from __future__ import annotations

import pytest

from trips.roster.columns import RosterField, guess_field
from trips.roster.headers import How, choose_columns, find_header, header_at, is_repeated_heading
from trips.roster.table import Cell, CellKind, Row, Table

F = RosterField


def _table(*lines: list[str], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    rows = (Row(number, tuple(map(Cell, line))) for number, line in enumerate(lines, start=1) if any(line))
    return Table("名簿", tuple(rows), merged)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("氏名", F.NAME),
        ("氏　名", F.NAME),
        ("生徒氏名(漢字)", F.NAME),
        ("ﾌﾘｶﾞﾅ", F.KANA),
        ("氏名(カナ)", F.KANA),
        ("フリガナ※全角", F.KANA),
        ("性別(男・女)", F.SEX),
        ("生年月日\n(西暦)", F.BORN_ON),
        ("生年月日(例:2009/4/2)", F.BORN_ON),
        ("DATE OF BIRTH", F.BORN_ON),
        ("学年", F.GRADE),
        ("ｸﾗｽ", F.CLASS_NAME),
        ("出席番号", F.NUMBER),
        ("年組番", F.CLASS_CODE),
        ("No.", F.SERIAL),
        ("№", F.SERIAL),
        ("ローマ字氏名", F.PASSPORT_NAME),
        ("Surname", F.PASSPORT_SURNAME),
        ("パスポート番号", F.FORBIDDEN),
        ("旅券番号(8桁)", F.FORBIDDEN),
        ("マイナンバー", F.FORBIDDEN),
        ("パスポート有効期限", F.PASSPORT_EXPIRES_ON),
        ("血液型", F.BLOOD_TYPE),
        ("食物アレルギーの有無", F.ALLERGY),
        ("健康・アレルギー・服薬", F.HEALTH_NOTE),
        ("既往歴", F.ILLNESS),
        ("常備薬(名称)", F.MEDICINE),
        ("保護者氏名", F.GUARDIAN_NAME),
        ("緊急連絡先電話番号", F.GUARDIAN_PHONE1),
        ("保護者携帯電話番号", F.GUARDIAN_PHONE1),
        ("保護者住所", F.SERIAL),
        ("続柄", F.GUARDIAN_RELATION),
        ("参加者の氏名", F.NAME),
        ("備考", None),
        ("集合場所", None),
        ("令和8年度　海外修学旅行　参加者名簿", None),
    ],
)
def test_knows_what_schools_call_columns(heading: str, field: RosterField | None) -> None:
    assert guess_field(heading)[0] is field


@pytest.mark.parametrize("field", [field for field in F if field not in (F.FORBIDDEN, F.SERIAL)])
def test_every_field_knows_its_own_labels(field: RosterField) -> None:
    assert guess_field(field.label)[0] is field
    assert guess_field(field.english)[0] is field


def test_finds_the_headings_below_a_title() -> None:
    header = find_header(
        _table(["令和8年度 参加者名簿"], [], ["", "番号", "氏名", "性別"], ["", "1", "髙橋　花子", "女"])
    )
    assert header
    assert (header.first, header.last) == (3, 3)
    assert [(column.letters, column.field) for column in header.columns if column.field] == [
        ("B", F.NUMBER),
        ("C", F.NAME),
        ("D", F.SEX),
    ]


def test_joins_two_lines_of_headings_under_merged_cells() -> None:
    lines = (
        ["氏名", "性別", "保護者", "", ""],
        ["", "", "氏名", "続柄", "電話番号"],
        ["髙橋　花子", "女", "髙橋　太郎", "父", "1"],
    )
    header = find_header(_table(*lines, merged=((0, 2, 0, 4), (0, 0, 1, 0))))
    assert header
    assert (header.first, header.last) == (1, 2)
    expected = [F.NAME, F.SEX, F.GUARDIAN_NAME, F.GUARDIAN_RELATION, F.GUARDIAN_PHONE1]
    assert [column.field for column in header.columns] == expected


def test_reads_a_birth_date_in_three_columns() -> None:
    lines = (["氏名", "生年月日", "", ""], ["", "年", "月", "日"], ["髙橋　花子", "平成21", "4", "2"])
    header = find_header(_table(*lines, merged=((0, 1, 0, 3),)))
    assert header
    assert header.fields == {F.NAME, F.BORN_YEAR, F.BORN_MONTH, F.BORN_DAY}


def test_does_not_take_the_first_person_for_a_second_heading() -> None:
    header = find_header(_table(["氏名", "組"], ["森　年", "A"], ["林　月", "B"]))
    assert header
    assert (header.first, header.last) == (1, 1)


def test_finds_no_heading_in_a_list_without_one() -> None:
    assert find_header(_table(["髙橋　花子", "女"], ["山﨑　翔太", "男"])) is None


def test_gives_the_second_telephone_to_the_second_column() -> None:
    header = find_header(_table(["氏名", "電話番号", "電話番号", "電話番号"]))
    assert header
    assert [column.field for column in header.columns] == [F.NAME, F.GUARDIAN_PHONE1, F.GUARDIAN_PHONE2, None]
    assert header.columns[3].how is How.REPEATED


def test_takes_the_name_beside_a_surname_for_the_given_name() -> None:
    header = find_header(_table(["姓", "名前", "性別"]))
    assert header
    assert [column.field for column in header.columns] == [F.SURNAME, F.GIVEN, F.SEX]


def test_a_choice_takes_the_field_from_the_guess() -> None:
    header = find_header(_table(["氏名", "性別", "通称"]))
    assert header
    chosen = choose_columns(header, {"C": "name", "B": ""})
    assert [(column.field, column.how) for column in chosen.columns] == [
        (None, How.REPEATED),
        (None, How.CHOSEN),
        (F.NAME, How.CHOSEN),
    ]


@pytest.mark.parametrize("mapping", [{"C": "nonsense"}, {"3": "name"}])
def test_refuses_a_choice_that_does_not_exist(mapping: dict[str, str]) -> None:
    header = header_at(_table(["氏名", "性別", "通称"]), 1)
    with pytest.raises(ValueError, match=r"no such field|not a column"):
        choose_columns(header, mapping)


def test_remembers_what_the_school_chose_by_heading() -> None:
    header = find_header(
        _table(["氏名", "あだな", "性別"]), remembered={"あだな": "kana", "性別": "", "古い列": "gone"}
    )
    assert header
    assert [(column.field, column.how) for column in header.columns] == [
        (F.NAME, How.EXACT),
        (F.KANA, How.REMEMBERED),
        (None, How.REMEMBERED),
    ]


def test_knows_a_heading_printed_again() -> None:
    table = _table(["No", "氏名", "性別"], ["1", "髙橋　花子", "女"], ["No", "氏名", "性別"])
    header = find_header(table)
    assert header
    assert [is_repeated_heading(row, header) for row in table.rows[1:]] == [False, True]


def test_a_line_of_numbers_is_no_heading() -> None:
    table = Table("", (Row(1, (Cell("1", CellKind.NUMBER),)), Row(2, (Cell("氏名"), Cell("組")))))
    header = find_header(table)
    assert header
    assert header.first == 2
