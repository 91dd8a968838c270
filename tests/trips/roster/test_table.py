"""Coordinates and the form in which tables cross the child process."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trips.roster.table import (
    Cell,
    CellKind,
    Reading,
    Row,
    Sheet,
    Table,
    address,
    column_index,
    column_letters,
    pack,
    unpack,
)


@given(st.integers(0, 16_383))
def test_letters_lead_back_to_the_column(column: int) -> None:
    assert column_index(column_letters(column)) == column


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH"), (16_383, "XFD")])
def test_letters_are_those_of_excel(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert address(12, column) == f"{letters}12"


@pytest.mark.parametrize("letters", ["", "a", "A1", "Ａ", "ABCD"])
def test_refuses_what_is_no_column(letters: str) -> None:
    with pytest.raises(ValueError, match="not a column"):
        column_index(letters)


_cells = st.builds(Cell, st.text(max_size=20), st.sampled_from(CellKind))


@given(st.lists(st.lists(_cells, max_size=5), max_size=5))
def test_a_reading_survives_json(rows: list[list[Cell]]) -> None:
    table = Table("名簿", tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1)), ((0, 0, 1, 2),), (3,), (1,))
    reading = Reading((Sheet("名簿", False, 3, 4.5),), (table,), True, ("link",), ";")
    assert unpack(json.loads(json.dumps(pack(reading)))) == reading
