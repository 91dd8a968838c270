"""Who is the same person, and who only shares a name."""

from __future__ import annotations

from typing import Any

from portal.dossier.types import Participant
from trips.roster.duplicates import find_repeated, identify, match_stored
from trips.roster.verdicts import KeptRow


def _row(at: int, /, **person: Any) -> KeptRow:
    return KeptRow(sheet="", row=at, person=person, sealed={})


def test_the_same_name_and_birth_date_is_the_same_person() -> None:
    compared = find_repeated(
        [_row(2, name="髙橋　花子", born_on="2009-04-02"), _row(9, name="髙橋花子", born_on="2009-04-02")]
    )
    assert [row.row for row, _ in compared.kept] == [2]
    ((repeated, remark),) = compared.repeated
    assert repeated.row == 9
    assert "2行目" in remark.message


def test_the_same_name_with_another_birth_date_is_only_a_namesake() -> None:
    compared = find_repeated(
        [_row(2, name="佐藤　愛", born_on="2009-04-02"), _row(3, name="佐藤　愛", born_on="2009-05-02")]
    )
    assert len(compared.kept) == 2
    assert "同じ氏名" in compared.kept[1][0].warnings[0].message


def test_the_same_name_alone_is_only_a_namesake() -> None:
    compared = find_repeated([_row(2, name="佐藤　愛"), _row(3, name="佐藤　愛")])
    assert len(compared.kept) == 2


def test_two_people_in_one_seat_are_told() -> None:
    seat = {"grade": "2", "class_name": "1", "number": "7"}
    compared = find_repeated([_row(2, name="佐藤　愛", **seat), _row(3, name="鈴木　蓮", **seat)])
    assert "学年・組・番号が同じ" in compared.kept[1][0].warnings[0].message


def test_a_reference_counts_only_when_something_else_agrees() -> None:
    stored = [Participant(key="s001", name="髙橋　花子"), Participant(key="s002", name="山﨑　翔太")]
    rows = [_row(2, name="別校　太郎"), _row(3, name="山﨑　翔太")]
    matched = match_stored([(row, identify(row.person)) for row in rows], stored, ["s001", "s002"])
    assert [row.same_as for row in matched] == ["", "s002"]


def test_a_stored_person_is_found_once_only() -> None:
    stored = [Participant(key="s001", name="佐藤　愛")]
    rows = [_row(2, name="佐藤　愛", kana="さとう　あい"), _row(3, name="佐藤　愛", kana="さとう　めぐみ")]
    matched = match_stored([(row, identify(row.person)) for row in rows], stored, ["", ""])
    assert [row.same_as for row in matched] == ["s001", ""]


def test_two_stored_namesakes_cannot_be_told_apart() -> None:
    stored = [Participant(key="s001", name="佐藤　愛"), Participant(key="s002", name="佐藤　愛")]
    row = _row(2, name="佐藤　愛")
    assert match_stored([(row, identify(row.person))], stored, [""])[0].same_as == ""


def test_a_corrected_birth_date_is_found_by_the_seat() -> None:
    seat = {"grade": "2", "class_name": "1", "number": "7"}
    stored = [Participant.model_validate({"key": "s001", "name": "佐藤　愛", "born_on": "2009-04-02", **seat})]
    row = _row(2, name="佐藤　愛", born_on="2009-04-03", **seat)
    assert match_stored([(row, identify(row.person))], stored, [""])[0].same_as == "s001"
