"""Whatever stands in the cells, every row ends in exactly one list."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.types import Participant
from trips.roster.columns import RosterField
from trips.roster.headers import find_header
from trips.roster.judging import judge_tables
from trips.roster.table import Cell, CellKind, Row, Table
from trips.roster.verdicts import Setting

_HEADINGS = tuple(Cell(field.label) for field in RosterField)
_TYPICAL = [
    "髙橋　花子",
    "女",
    "2",
    "2009/4/2",
    "H21.4.2",
    "17",
    "A",
    "合計",
    "※注",
    "",
    "=1",
    "090-0000-1111",
    "TAKAHASHI",
]
_cells = st.one_of(
    st.builds(
        Cell,
        st.one_of(st.sampled_from(_TYPICAL), st.text(max_size=12)),
        st.sampled_from([CellKind.TEXT, CellKind.NUMBER, CellKind.ERROR, CellKind.UNCALCULATED, CellKind.BOOLEAN]),
    ),
    st.builds(lambda day: Cell(day.isoformat(), CellKind.DATE), st.dates()),
)
_SETTING = Setting(on=dt.date(2026, 11, 22))


@given(st.lists(st.lists(_cells, min_size=1, max_size=len(_HEADINGS)), max_size=12))
def test_no_row_is_lost_and_none_counted_twice(lines: list[list[Cell]]) -> None:
    rows = (Row(1, _HEADINGS), *(Row(number, tuple(cells)) for number, cells in enumerate(lines, start=2)))
    table = Table("名簿", rows)
    header = find_header(table)
    assert header
    judged = judge_tables([table], {"名簿": header}, _SETTING, [])
    numbers = [row.row for group in (judged.kept, judged.refused, judged.skipped) for row in group]
    assert sorted(numbers) == [row.number for row in rows if row.number > header.last]
    people = [Participant.model_validate(row.person) for row in judged.kept]
    assert all(person.name for person in people)
    assert all(row.problems for row in judged.refused)
