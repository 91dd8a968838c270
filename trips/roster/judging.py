"""All rows of a file judged together: people, repeated people, people already stored.

Here: putting the verdicts of single rows in order. Not here: one row (persons), two people (duplicates).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from portal.dossier.types import Participant
from trips.roster.columns import FIELD_OF, RosterField
from trips.roster.duplicates import find_repeated, match_stored
from trips.roster.headers import Header
from trips.roster.limits import MAX_ROWS
from trips.roster.persons import sent_cells
from trips.roster.refusals import FileRefused
from trips.roster.rows import judge_row
from trips.roster.table import Row, Table
from trips.roster.verdicts import KeptRow, RefusedRow, Remark, Setting, SkippedRow


@dataclass(kw_only=True)
class Judged:
    """Every row below the headings in exactly one of three lists; ``strangers`` carry keys of another roster."""

    kept: list[KeptRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)


def judge_tables(
    tables: Sequence[Table], headers: Mapping[str, Header], setting: Setting, existing: Sequence[Participant]
) -> Judged:
    """Judge every row of ``tables``; raises :class:`FileRefused` for more than 2,000 people."""
    return _Judge(tables, headers, setting).judge(existing)


class _Judge:
    def __init__(self, tables: Sequence[Table], headers: Mapping[str, Header], setting: Setting) -> None:
        self._headers = headers
        self._setting = setting
        self._lines = {
            (table.sheet, row.number): row
            for table in tables
            for row in table.rows
            if row.number > headers[table.sheet].last
        }
        self._judged = Judged()

    def judge(self, existing: Sequence[Participant]) -> Judged:
        people = self._sort_rows()
        if len(people) + len(self._judged.refused) > MAX_ROWS:
            raise FileRefused("too_many_rows", rows=f"{MAX_ROWS + 1:,}")
        self._compare(people, existing)
        order = list(self._headers)
        self._judged.refused.sort(key=lambda row: (order.index(row.sheet), row.row))
        return self._judged

    def _sort_rows(self) -> list[KeptRow]:
        people = []
        for (sheet, _), line in self._lines.items():
            row = judge_row(line, self._headers[sheet], sheet=sheet, setting=self._setting)
            if isinstance(row, RefusedRow):
                self._judged.refused.append(row)
            elif isinstance(row, SkippedRow):
                self._judged.skipped.append(row)
            else:
                people.append(row)
        return people

    def _compare(self, people: list[KeptRow], existing: Sequence[Participant]) -> None:
        kept, repeated = find_repeated(people)
        for row, remark in repeated:
            self._refuse(row, (remark,))
        references = [self._reference(row) for row, _ in kept]
        for row, reference in zip(match_stored(kept, existing, references), references, strict=True):
            if existing and reference and row.same_as != reference:
                self._judged.strangers.append(row.row)
            self._settle(row)

    def _settle(self, row: KeptRow) -> None:
        """Keep ``row`` when the dossier will take it; its types have the last word."""
        try:
            Participant.model_validate(row.person)
        except ValidationError as error:
            self._refuse(row, _remarks(row, error))
        else:
            self._judged.kept.append(row)

    def _refuse(self, row: KeptRow, problems: tuple[Remark, ...]) -> None:
        cells = sent_cells(self._line(row), self._headers[row.sheet], self._setting)
        self._judged.refused.append(RefusedRow(sheet=row.sheet, row=row.row, problems=problems, cells=cells))

    def _reference(self, row: KeptRow) -> str:
        columns = self._headers[row.sheet].of(RosterField.KEY)
        return self._line(row).cell(columns[0].position).text.strip() if columns else ""

    def _line(self, row: KeptRow) -> Row:
        return self._lines[row.sheet, row.row]


def _remarks(row: KeptRow, error: ValidationError) -> tuple[Remark, ...]:
    remarks = []
    for fault in error.errors(include_url=False, include_context=False):
        name = str(fault["loc"][0])
        title = Participant.model_fields[name].title or name
        shown = str(row.person.get(name, ""))[:80]
        message, mend = f"{title}として使えない値です。", "値を書き直してください。"
        remarks.append(Remark(f"{row.row}行目", FIELD_OF[name], shown, message, mend, fault["msg"]))
    return tuple(remarks)
