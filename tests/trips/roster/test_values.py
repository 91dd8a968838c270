"""Cells become values, or are refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.types import ParticipantRole, Sex
from trips.roster.cells import narrow_text, plain_text, widen_half_kana
from trips.roster.table import Cell, CellKind
from trips.roster.values import (
    doubts_kana,
    read_class,
    read_class_code,
    read_grade,
    read_kana,
    read_name,
    read_nationality,
    read_number,
    read_passport,
    read_passport_name,
    read_role,
    read_room,
    read_sex,
    role_in_place_of_class,
)
from trips.roster.verdicts import CellRefused


@pytest.mark.parametrize(
    "name", ["髙橋　花子", "山﨑 翔太", "𠮷田　葵", "葛󠄀城　蓮", "神\ufa19　陽", "スカルノ", "Anna Müller", "ｴﾏ･ｽﾐｽ"]
)
def test_names_stay_exactly_as_typed(name: str) -> None:
    assert read_name(Cell(f"　{name} \n")) == name


def test_a_line_break_inside_a_name_becomes_a_blank() -> None:
    assert read_name(Cell("髙橋\n花子")) == "髙橋 花子"


@pytest.mark.parametrize(
    "text", ["=1+1", "＝SUM(A1)", "@花子", "-", "12345", "２", "？？", "髙橋\u202e花子", "名" * 81]
)
def test_refuses_what_is_no_name(text: str) -> None:
    with pytest.raises(CellRefused) as caught:
        read_name(Cell(text))
    assert caught.value.mend


def test_refuses_a_date_and_an_error_in_place_of_a_name() -> None:
    for cell in (Cell("2009-04-02", CellKind.DATE), Cell("#N/A", CellKind.ERROR), Cell("=", CellKind.UNCALCULATED)):
        with pytest.raises(CellRefused):
            read_name(cell)


@pytest.mark.parametrize("blank", ["", "   ", "　", "\u3164", "\n"])
def test_blank_is_not_entered(blank: str) -> None:
    assert read_name(Cell(blank)) is None
    assert read_sex(Cell(blank)) is None
    assert read_grade(Cell(blank)) is None
    assert read_nationality(Cell(blank)) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("ﾀｶﾊｼ ﾊﾅｺ", "タカハシ ハナコ"), ("ﾜﾀﾅﾍﾞ", "ワタナベ"), ("たかはし", "たかはし"), ("ﾊﾟｸ･ｼﾞﾐﾝ", "パク・ジミン")],
)
def test_half_width_kana_are_widened_in_runs(typed: str, expected: str) -> None:
    assert read_kana(Cell(typed)) == expected


@given(st.text(alphabet="神福靖羽都塚晴髙﨑𠮷\ufa19\ufa1b\ufa12\ufa10", min_size=1, max_size=8))
def test_widening_never_touches_kanji(name: str) -> None:
    assert widen_half_kana(name) == name
    assert plain_text(Cell(name)) == name


def test_doubts_kana_with_kanji() -> None:
    assert doubts_kana("髙はし")
    assert not doubts_kana("タカハシ　はなこ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("男", Sex.MALE),
        ("男子", Sex.MALE),
        ("Ｍ", Sex.MALE),
        ("male", Sex.MALE),
        ("1", Sex.MALE),
        ("１", Sex.MALE),
        (" 女 ", Sex.FEMALE),
        ("f", Sex.FEMALE),
        ("2", Sex.FEMALE),
        ("その他", Sex.OTHER),
        ("回答しない", Sex.OTHER),
        ("その他・記載しない", Sex.OTHER),
    ],
)
def test_reads_sex(typed: str, expected: Sex) -> None:
    assert read_sex(Cell(typed)) is expected


@pytest.mark.parametrize("typed", ["3", "0", "おとこのこ", "男女", "♂♀"])
def test_refuses_sex_it_cannot_read(typed: str) -> None:
    with pytest.raises(CellRefused, match="性別"):
        read_sex(Cell(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("生徒", ParticipantRole.STUDENT),
        ("引率教員", ParticipantRole.ESCORT),
        ("校長", ParticipantRole.ESCORT),
        ("添乗員", ParticipantRole.CONDUCTOR),
        ("養護教諭", ParticipantRole.NURSE),
        ("カメラマン", ParticipantRole.OTHER),
    ],
)
def test_reads_roles(typed: str, expected: ParticipantRole) -> None:
    assert read_role(Cell(typed)) is expected


def test_every_label_of_the_product_is_read_back() -> None:
    assert [read_role(Cell(role.label)) for role in ParticipantRole] == list(ParticipantRole)
    assert [read_role(Cell(role.value)) for role in ParticipantRole] == list(ParticipantRole)
    assert [read_sex(Cell(sex.label)) for sex in Sex] == list(Sex)
    assert [read_sex(Cell(sex.value)) for sex in Sex] == list(Sex)


def test_a_teacher_in_the_class_column_is_an_escort() -> None:
    assert role_in_place_of_class(Cell("引率")) is ParticipantRole.ESCORT
    assert role_in_place_of_class(Cell("3")) is None


@pytest.mark.parametrize(
    ("typed", "expected"), [("２", "2"), ("2年", "2"), ("第2学年", "2"), ("高2", "高2"), ("02", "2")]
)
def test_reads_grades(typed: str, expected: str) -> None:
    assert read_grade(Cell(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("３組", "3"), ("A組", "A"), ("梅", "梅"), ("Ｂ", "B"), ("特進", "特進")]
)
def test_reads_classes(typed: str, expected: str) -> None:
    assert read_class(Cell(typed)) == expected


@pytest.mark.parametrize(("typed", "expected"), [("０７", "7"), ("7番", "7"), ("40", "40")])
def test_reads_numbers(typed: str, expected: str) -> None:
    assert read_number(Cell(typed)) == expected


@pytest.mark.parametrize("typed", ["-1", "17.5", "0", "10000", "七"])
def test_refuses_numbers_that_are_none(typed: str) -> None:
    with pytest.raises(CellRefused, match="番号"):
        read_number(Cell(typed))


@pytest.mark.parametrize("typed", ["0", "13", "2.5", "-2"])
def test_refuses_grades_that_are_none(typed: str) -> None:
    with pytest.raises(CellRefused, match="学年"):
        read_grade(Cell(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2年3組15番", ("2", "3", "15")),
        ("２－３－１５", ("2", "3", "15")),
        ("2-A-07", ("2", "A", "7")),
        ("2315", ("2", "3", "15")),
        ("21007", ("2", "10", "7")),
        ("2A07", ("2", "A", "7")),
        ("2年梅組", ("2", "梅", None)),
        ("", (None, None, None)),
    ],
)
def test_reads_class_codes(typed: str, expected: tuple[str | None, ...]) -> None:
    assert read_class_code(Cell(typed)) == expected


def test_refuses_a_class_code_it_cannot_split() -> None:
    with pytest.raises(CellRefused, match="年組番号"):
        read_class_code(Cell("二年三組"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("TAKAHASHI HANAKO", ("TAKAHASHI", "HANAKO")),
        ("ＴＡＫＡＨＡＳＨＩ　ＨＡＮＡＫＯ", ("TAKAHASHI", "HANAKO")),
        ("Takahashi/Hanako Ms", ("TAKAHASHI", "HANAKO")),
        ("O’Brien, Mary Jane", ("O'BRIEN", "MARY JANE")),
        ("SUKARNO", ("SUKARNO", None)),
    ],
)
def test_splits_passport_names(typed: str, expected: tuple[str, str | None]) -> None:
    assert read_passport_name(Cell(typed)) == expected


@pytest.mark.parametrize("typed", ["髙橋", "TAKAHASH1", "たかはし", "-TAKA"])
def test_refuses_passport_letters_that_are_none(typed: str) -> None:
    with pytest.raises(CellRefused, match="ローマ字"):
        read_passport(Cell(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("日本", "0081"),
        ("JPN", "0081"),
        ("韓国籍", "0082"),
        ("大韓民国", "0082"),
        ("台湾", "0886"),
        ("Philippines", "0063"),
        ("0084", "0084"),
    ],
)
def test_reads_nationalities(typed: str, expected: str) -> None:
    assert read_nationality(Cell(typed)) == expected


def test_refuses_an_unknown_nationality() -> None:
    with pytest.raises(CellRefused, match="国籍"):
        read_nationality(Cell("どこかの国"))


def test_rooms_keep_their_words() -> None:
    assert read_room(Cell("５０１")) == "501"
    assert read_room(Cell("新館 ５０１号室")) == "新館 ５０１号室"


def test_takes_off_the_guard_of_our_own_export() -> None:
    assert narrow_text(Cell("'-1")) == "-1"
    assert plain_text(Cell("'花子")) == "'花子"
