"""Which rows of a roster file are people, and which are totals, notes, repeated headings or running numbers.

Here: sorting rows. Not here: reading a person's cells (persons).
"""

from __future__ import annotations

import re

from trips.roster.columns import RosterField, fold_label
from trips.roster.headers import Header, is_repeated_heading
from trips.roster.persons import RowReader
from trips.roster.table import Row
from trips.roster.verdicts import KeptRow, RefusedRow, Setting, SkippedRow, SkipReason

_COUNTING = re.compile(r"合計|小計|総計|総数|人数|計|total|sum", re.IGNORECASE)
_COUNTED = re.compile(
    r"合計|小計|総計|総数|人数|男子|女子|生徒|児童|引率|教員|参加者|くらす|total|sum|[計男女名人数全員年組\d]"
)
_NOTE = re.compile(r"^[\s\u3000]*(※|＊|\*|注[\d０-９]*[)）:：.]|備考[:：]|以上[\s\u3000]*$|作成[日者]?[:：])")


def judge_row(row: Row, header: Header, *, sheet: str, setting: Setting) -> KeptRow | RefusedRow | SkippedRow:
    """What ``row`` is under ``header``; the kept person has no ``key`` yet."""
    reason = skip_reason(row, header)
    if reason is None:
        return RowReader(row, header, sheet, setting).read()
    shown = " ".join(cell.text.strip() for cell in row.cells if not cell.is_blank)
    return SkippedRow(sheet=sheet, row=row.number, reason=reason, shown=shown[:200])


def skip_reason(row: Row, header: Header) -> SkipReason | None:
    """Why ``row`` is no person; ``None`` when it must be read as one."""
    filled = [(index, cell) for index, cell in enumerate(row.cells) if cell.text.strip()]
    if not filled:
        return SkipReason.BLANK
    if header.first and is_repeated_heading(row, header):
        return SkipReason.HEADING
    if _is_totals([cell.text for _, cell in filled]):
        return SkipReason.TOTALS
    if len(filled) <= 2 and _NOTE.match(filled[0][1].text):
        return SkipReason.NOTE
    running = {column.position for column in header.columns if column.field is RosterField.SERIAL}
    if running and all(index in running for index, _ in filled):
        return SkipReason.SERIAL_ONLY
    return None


def _is_totals(texts: list[str]) -> bool:
    """A word such as 合計 or 男子計, and in the whole row nothing but such words and figures."""
    if not _COUNTING.search("\n".join(texts)):
        return False
    return not any(_COUNTED.sub("", fold_label(text)) for text in texts)
