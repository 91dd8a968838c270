"""Guardians, blood and health are read and kept apart."""

from __future__ import annotations

import pytest

from trips.roster.sealed import read_blood_rh, read_blood_type, read_health, read_phone
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A", "A"),
        ("ＡＢ型", "AB"),
        ("AB-", "AB Rh-"),
        ("O型RH+", "O Rh+"),
        ("A(Rh+)", "A Rh+"),
        ("Rh−B", "B Rh-"),
        ("０", "O"),
        ("A型 Rhプラス", "A Rh+"),
        ("不明", "不明"),
        ("-", "不明"),
        ("", ""),
    ],
)
def test_reads_blood_types(typed: str, expected: str) -> None:
    assert read_blood_type(Cell(typed)) == expected


@pytest.mark.parametrize("typed", ["C", "AO", "A+B"])
def test_refuses_blood_types_that_are_none(typed: str) -> None:
    with pytest.raises(CellRefused, match="血液型"):
        read_blood_type(Cell(typed))


def test_reads_the_rhesus_column() -> None:
    assert read_blood_rh(Cell("＋")) == " Rh+"
    assert read_blood_rh(Cell("RH-")) == " Rh-"
    assert read_blood_rh(Cell("不明")) == ""
    with pytest.raises(CellRefused, match="Rh"):
        read_blood_rh(Cell("?!"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("090-0000-1111"), "090-0000-1111"),
        (Cell("０９０－００００－１１１１"), "０９０－００００－１１１１"),
        (Cell("9000001111", CellKind.NUMBER), "09000001111"),
        (Cell("9000001111"), "09000001111"),
        (Cell("312345678", CellKind.NUMBER), "0312345678"),
        (Cell("+81 90-0000-1111"), "+81 90-0000-1111"),
        (Cell("'+81 90-0000-1111"), "+81 90-0000-1111"),
        (Cell(""), ""),
    ],
)
def test_telephones_stay_as_typed_but_get_their_zero_back(cell: Cell, expected: str) -> None:
    assert read_phone(cell) == expected


@pytest.mark.parametrize("typed", ["なし", "1234", "#"])
def test_refuses_what_is_no_telephone(typed: str) -> None:
    with pytest.raises(CellRefused, match="電話番号"):
        read_phone(Cell(typed))


def test_health_notes_keep_their_text() -> None:
    assert read_health(Cell("卵・そば\nｴﾋﾟﾍﾟﾝ携帯")) == "卵・そば エピペン携帯"
