"""From bytes to a preview in which every row is accounted for."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.dossier.types import Participant
from tests.trips.roster.builders import HEADINGS, PEOPLE, STRINGS, csv_text, ods, rezip, table, workbook
from tests.trips.roster.corpus_tables import specimen_people
from trips.roster.columns import RosterField
from trips.roster.headers import How
from trips.roster.preview import RosterPreview, read_roster
from trips.roster.refusals import FileRefused
from trips.roster.verdicts import SkipReason

TODAY = dt.date(2026, 11, 22)


def _kanji(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _read(rows: list[list[str]], **options: object) -> RosterPreview:
    return read_roster(csv_text(rows).encode("utf-8-sig"), "名簿.csv", on=TODAY, **options)  # type: ignore[arg-type]


def test_a_cp932_roster_of_400_with_three_bad_rows() -> None:
    rows = table(
        *(
            ("2", str(n % 10 + 1), str(n // 10 + 1), f"髙橋　{_kanji(n)}", "たかはし", "女", "平成21年4月2日")
            for n in range(400)
        )
    )
    rows[7][6], rows[123][5], rows[400][3] = "平成40年4月2日", "？？", ""
    preview = read_roster(csv_text(rows).encode("cp932"), "名簿.csv", on=TODAY)
    assert (preview.read, len(preview.kept), len(preview.refused)) == (400, 397, 3)
    told = [(row.row, problem.cell, problem.shown) for row in preview.refused for problem in row.problems]
    assert told == [(8, "G8", "平成40年4月2日"), (124, "F124", "？？"), (401, "D401", "")]
    assert preview.kept[0].person["name"] == "髙橋　〇"
    assert preview.kept[0].person["born_on"] == "2009-04-02"


def test_every_kept_person_is_a_participant_with_a_key_of_its_own() -> None:
    preview = read_roster(workbook(), "名簿.xlsx", on=TODAY)
    people = [Participant.model_validate(row.person) for row in preview.kept]
    assert [person.name for person in people] == [cells[3] for cells in PEOPLE]
    assert len({person.key for person in people}) == 3


def test_guardians_blood_and_health_stay_apart() -> None:
    headings = ["氏名", "血液型", "食物アレルギー", "薬アレルギー", "既往症", "配慮事項"]
    headings += ["保護者氏名", "続柄", "電話番号"]
    cells = ["髙橋　花子", "AB-", "卵", "なし", "ぜんそく", "車酔い", "髙橋　太郎", "父", "9000001111"]
    row = _read([headings, cells]).kept[0]
    assert row.sealed == {
        "guardian_name": "髙橋　太郎",
        "guardian_relation": "父",
        "guardian_phone1": "09000001111",
        "blood_type": "AB Rh-",
        "allergy": "食物アレルギー: 卵 / 薬アレルギー: なし",
        "illness": "ぜんそく",
        "health_note": "車酔い",
    }
    assert row.guardian == {"name": "髙橋　太郎", "relation": "父", "phone1": "09000001111"}
    assert set(row.health) == {"blood_type", "allergy", "illness", "note"}
    assert set(row.person) == {"key", "role", "name", "guardian_recorded"}
    assert row.person["guardian_recorded"] is True
    assert "髙橋　太郎" not in repr(row)


def test_rows_that_are_nobody_are_skipped_with_a_reason() -> None:
    rows = [
        ["No", "氏名", "性別"],
        ["1", "髙橋　花子", "女"],
        ["", "　", ""],
        ["No", "氏名", "性別"],
        ["2", "山﨑　翔太", "男"],
        ["3", "", ""],
        ["", "女子計", "1名"],
        ["合計", "2名", ""],
        ["※アレルギーは別紙", "", ""],
    ]
    preview = _read(rows)
    assert [row.row for row in preview.kept] == [2, 5]
    assert [(row.row, row.reason) for row in preview.skipped] == [
        (3, SkipReason.BLANK),
        (4, SkipReason.HEADING),
        (6, SkipReason.SERIAL_ONLY),
        (7, SkipReason.TOTALS),
        (8, SkipReason.TOTALS),
        (9, SkipReason.NOTE),
    ]


def test_a_class_without_a_name_is_refused_and_not_skipped() -> None:
    preview = _read([list(HEADINGS), ["2", "1", "5", "", "", "", ""], list(PEOPLE[0])])
    assert [row.problems[0].message for row in preview.refused] == ["氏名がありません。"]


def test_gathers_every_problem_of_a_row() -> None:
    preview = _read([list(HEADINGS), ["十三", "1", "0", "123", "たかはし", "？", "4月2日"]])
    assert [problem.cell for problem in preview.refused[0].problems] == ["C2", "D2", "F2", "G2"]


def test_shows_what_was_read_differently() -> None:
    preview = _read([["氏名", "ﾌﾘｶﾞﾅ", "性別", "生年月日"], ["髙橋　花子", "ﾀｶﾊｼ", "2", "H21.4.2"]])
    assert [(change.cell, change.before, change.after) for change in preview.kept[0].changes] == [
        ("B2", "ﾀｶﾊｼ", "タカハシ"),
        ("C2", "2", "女"),
        ("D2", "H21.4.2", "2009-04-02"),
    ]


def test_doubts_are_warnings() -> None:
    headings = ["氏名", "かな", "年齢", "生年月日", "同意日"]
    preview = _read(
        [headings, ["髙橋　花子", "髙はし", "12", "2009/4/2", "○"], ["山﨑　翔太", "やまさき", "", "1980/4/2", ""]]
    )
    assert [warning.field for warning in preview.kept[0].warnings] == [
        RosterField.KANA,
        RosterField.CONSENTED_ON,
        RosterField.AGE,
    ]
    assert [warning.field for warning in preview.kept[1].warnings] == [RosterField.BORN_ON]


def test_version_of_the_consent_form_stands_beside_the_day() -> None:
    preview = _read([["氏名", "保護者同意日", "同意書の版"], ["髙橋　花子", "2026/10/9", "令和8年９月版 "]])
    person = preview.kept[0].person
    assert (person["consented_on"], person["consent_version"]) == ("2026-10-09", "令和8年９月版")


def test_escorts_are_known_by_the_class_column() -> None:
    preview = _read([list(HEADINGS), ["引率", "", "", "田中　一郎", "たなか", "男", "1980/4/2"]])
    assert preview.kept[0].person["role"] == "escort"
    assert "grade" not in preview.kept[0].person


def test_surname_and_given_name_are_joined_by_a_wide_blank() -> None:
    preview = _read([["姓", "名", "セイ", "メイ"], ["髙橋", "花子", "ﾀｶﾊｼ", "ﾊﾅｺ"], ["スカルノ", "", "", ""]])
    assert [row.person["name"] for row in preview.kept] == ["髙橋　花子", "スカルノ"]
    assert preview.kept[0].person["kana"] == "タカハシ　ハナコ"


def test_groups_known_to_the_plan_become_keys() -> None:
    preview = _read([["氏名", "班"], ["髙橋　花子", "Ａ班"], ["山﨑　翔太", "B班"]], groups={"A班": "g1"})
    assert preview.kept[0].person["group"] == "g1"
    assert [row.group_name for row in preview.kept] == ["", "B班"]


def test_never_reads_passport_numbers() -> None:
    preview = _read([["氏名", "旅券番号", "備考"], ["髙橋　花子", "TZ0000000", "窓側"]])
    assert {notice.code for notice in preview.notices} == {"forbidden_column", "unknown_columns"}
    assert "TZ0000000" not in repr(preview.kept)


def test_a_person_may_choose_columns_and_the_choice_is_remembered() -> None:
    rows = [["なまえ欄", "いつ生まれた"], ["髙橋　花子", "2009/4/2"]]
    with pytest.raises(FileRefused) as caught:
        _read(rows)
    assert caught.value.code == "no_header"
    assert caught.value.peek[1].cell(0).text == "髙橋　花子"
    chosen = _read(rows, header_row=1, mapping={"A": "name", "B": "born_on"})
    assert [column.how for column in chosen.columns] == [How.CHOSEN, How.CHOSEN]
    again = _read(rows, remembered=chosen.remembered())
    assert again.kept[0].person == chosen.kept[0].person


def test_a_row_of_a_person_taken_for_headings_is_not_remembered() -> None:
    rows = [["髙橋　花子", "2009/4/2", "女"], ["山﨑　翔太", "2009/5/6", "男"]]
    chosen = _read(rows, header_row=1, mapping={"A": "name", "B": "born_on", "C": "sex"})
    assert chosen.remembered() == {}


def test_reads_a_file_without_headings_by_letters() -> None:
    preview = _read([["髙橋　花子", "女"], ["山﨑　翔太", "男"]], header_row=0, mapping={"A": "name", "B": "sex"})
    assert [row.row for row in preview.kept] == [1, 2]


def test_refuses_headings_without_a_name() -> None:
    with pytest.raises(FileRefused) as caught:
        _read([["ふりがな", "性別", "生年月日"], ["たかはし", "女", "2009/4/2"]])
    assert caught.value.code == "no_name_column"


def test_samples_show_three_values_of_each_column() -> None:
    preview = _read(table())
    assert preview.samples["D"] == tuple(cells[3] for cells in PEOPLE)


def test_reads_several_sheets_at_once() -> None:
    data = workbook(table(PEOPLE[0]), table(PEOPLE[1], PEOPLE[2]), [["集計"]], names=("1組", "2組", "集計"))
    one = read_roster(data, "名簿.xlsx", on=TODAY)
    assert one.used_sheets == ("1組",)
    assert "other_sheets" in {notice.code for notice in one.notices}
    both = read_roster(data, "名簿.xlsx", sheet=("1組", "2組"), on=TODAY)
    assert [(row.sheet, row.row) for row in both.kept] == [("1組", 2), ("2組", 2), ("2組", 3)]
    with pytest.raises(FileRefused, match="sheet_missing"):
        read_roster(data, "名簿.xlsx", sheet="3組", on=TODAY)


def test_the_reading_that_excel_keeps_beside_a_name_is_no_part_of_it() -> None:
    spoken = "</t><rPh sb='0' eb='2'><t>タカハシ</t></rPh><phoneticPr fontId='1'/>".encode()

    def speak(part: bytes) -> bytes:
        return part.replace("髙橋　花子</t>".encode(), "髙橋　花子".encode() + spoken)

    preview = read_roster(rezip(workbook(), edits={STRINGS: speak}), "名簿.xlsx", on=TODAY)
    assert preview.kept[0].person["name"] == "髙橋　花子"


def test_reads_ods() -> None:
    preview = read_roster(ods(table()), "名簿.ods", on=TODAY)
    assert [row.person["name"] for row in preview.kept] == [cells[3] for cells in PEOPLE]
    assert preview.notices == ()


def test_ods_with_errors_says_so() -> None:
    tail = '<table:table-row><table:table-cell calcext:value-type="error"/></table:table-row>'
    preview = read_roster(
        ods(table(), tail=tail.replace("calcext:", 'xmlns:calcext="urn:x" calcext:')), "a.ods", on=TODAY
    )
    assert [notice.code for notice in preview.notices] == ["ods_errors"]


def test_refuses_more_than_2000_people() -> None:
    rows = [["氏名", "番号"], *([f"生徒　{chr(0x4E00 + n)}", str(n + 1)] for n in range(2_001))]
    with pytest.raises(FileRefused) as caught:
        _read(rows)
    assert caught.value.code == "too_many_rows"
    assert len(_read(rows[:2_001]).kept) == 2_000


# --- the stored roster ----------------------------------------------------------------------------------------------


def test_our_own_roster_comes_back_without_a_difference() -> None:
    people = specimen_people()
    rows = [["氏名", "かな", "生年月日"], *([p.name or "", p.kana or "", str(p.born_on)] for p in people)]
    preview = _read(rows, existing=people)
    assert [row.same_as for row in preview.kept] == [person.key for person in people]
    assert preview.new == ()
    assert preview.changed == ()


def test_a_corrected_row_is_the_same_person_with_a_difference() -> None:
    person = specimen_people()[0]
    preview = _read([["氏名", "生年月日", "部屋"], [person.name or "", str(person.born_on), "501"]], existing=[person])
    (row,) = preview.changed
    assert row.same_as == person.key
    assert row.participant(person) == person.model_copy(update={"room": "501"})
    assert [(change.field, change.before, change.after) for change in row.differences] == [
        (RosterField.ROOM, "", "501")
    ]


def test_a_teacher_without_a_role_column_stays_a_teacher() -> None:
    teacher = next(person for person in specimen_people() if person.role == "escort")
    preview = _read([["氏名", "生年月日"], [teacher.name or "", str(teacher.born_on)]], existing=[teacher])
    assert "role" not in preview.kept[0].person
    assert preview.changed == ()


def test_an_ordinary_form_of_the_name_finds_the_stored_one() -> None:
    stored = Participant(key="s001", name="髙橋　花子", born_on=dt.date(2009, 4, 2))
    preview = _read([["氏名", "生年月日"], ["高橋 花子", "2009/4/2"]], existing=[stored])
    assert preview.kept[0].same_as == "s001"
    assert preview.kept[0].differences[0].before == "髙橋　花子"


def test_new_keys_never_meet_stored_ones() -> None:
    stored = Participant(key="p001", name="別の　人", born_on=dt.date(2009, 4, 2))
    preview = _read([["氏名"], ["髙橋　花子"]], existing=[stored])
    assert preview.kept[0].person["key"] == "p002"


def test_a_plan_total_that_differs_is_told() -> None:
    assert [notice.code for notice in _read(table(), expected=161).notices] == ["expected"]
    assert _read(table(), expected=3).notices == ()
