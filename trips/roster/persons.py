"""The cells of one row joined into a person: the open fields, what is sealed apart, every problem and doubt.

Here: one row at a time. Not here: which rows are people (rows), single columns (values, dates, sealed), comparing
people (duplicates).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.dossier.types import ParticipantRole
from trips.roster import dates, sealed, values
from trips.roster.cells import narrow_ascii
from trips.roster.columns import GUARDIAN, HEALTH, NOT_READ, RosterField
from trips.roster.headers import Column, Header
from trips.roster.readers import CLASS_READERS, COMPARED, READERS, show_value
from trips.roster.table import Cell, CellKind, Row, address
from trips.roster.verdicts import CellRefused, Change, KeptRow, RefusedRow, Remark, Setting

F = RosterField
_IDEOGRAPHIC_SPACE = "\u3000"
_PUPIL_AGES = range(6, 26)

_READ_ELSEWHERE = frozenset({*NOT_READ, *HEALTH})
_DATES = frozenset({F.BORN_ON, F.PASSPORT_EXPIRES_ON, F.CONSENTED_ON})
_BIRTH_PARTS = (F.BORN_YEAR, F.BORN_MONTH, F.BORN_DAY)


class RowReader:
    """Reads one row into a person, gathering every problem instead of stopping at the first."""

    def __init__(self, row: Row, header: Header, sheet: str, setting: Setting) -> None:
        self._row = row
        self._header = header
        self._sheet = sheet
        self._setting = setting
        self._problems: list[Remark] = []
        self._warnings: list[Remark] = []
        self._changes: list[Change] = []
        self._found: dict[RosterField, Any] = {}
        self._columns: dict[RosterField, Column] = {}

    def read(self) -> KeptRow | RefusedRow:
        """The kept or the refused row."""
        for column in self._header.columns:
            if column.field and column.field not in _READ_ELSEWHERE:
                self._read_column(column)
        person = self._person()
        apart = self._sealed()
        if self._problems:
            cells = sent_cells(self._row, self._header, self._setting)
            return RefusedRow(sheet=self._sheet, row=self._row.number, problems=tuple(self._problems), cells=cells)
        if apart.get("guardian_name") and apart.get("guardian_phone1"):
            person["guardian_recorded"] = True
        return KeptRow(
            sheet=self._sheet,
            row=self._row.number,
            person={name: value for name, value in person.items() if value is not None},
            sealed=apart,
            group_name=self._new_group(),
            changes=tuple(self._changes),
            warnings=tuple(self._warnings),
        )

    # --- cells ----------------------------------------------------------------------------------------------------

    def _read_column(self, column: Column) -> None:
        if column.field is None:
            return
        self._columns.setdefault(column.field, column)
        cell = self._row.cell(column.position)
        if cell.is_blank or column.field in _BIRTH_PARTS:
            return
        try:
            value = self._value(column.field, cell)
        except CellRefused as refused:
            self._refuse(column.field, refused)
            return
        if value in (None, "", (None, None), (None, None, None)):
            return
        self._found[column.field] = value
        self._note_change(column, cell, value)

    def _value(self, field: RosterField, cell: Cell) -> Any:
        if field not in CLASS_READERS:
            return READERS[field](cell, self._setting)
        role = values.role_in_place_of_class(cell)
        if role is not None:
            self._found.setdefault(F.ROLE, role)
            return None
        return CLASS_READERS[field](cell)

    def _refuse(self, field: RosterField, refused: CellRefused) -> None:
        self._problems.append(self._remark(field, refused.message, refused.mend, refused.english))

    def _warn(self, field: RosterField, message: str, mend: str, english: str) -> None:
        self._warnings.append(self._remark(field, message, mend, english))

    def _remark(self, field: RosterField, message: str, mend: str, english: str) -> Remark:
        column = self._columns.get(field)
        if column is None:
            return Remark(f"{self._row.number}行目", field, "", message, mend, english)
        shown = self._row.cell(column.position).text
        return Remark(address(self._row.number, column.position), field, shown[:80], message, mend, english)

    def _note_change(self, column: Column, cell: Cell, value: Any) -> None:
        if column.field is None or column.field not in COMPARED:
            return
        if type(value) is str and value == cell.text:
            return
        after = show_value(value)
        if after and after != cell.text.strip():
            self._changes.append(Change(address(self._row.number, column.position), column.field, cell.text, after))

    # --- the person -----------------------------------------------------------------------------------------------

    def _person(self) -> dict[str, Any]:
        found = self._found
        grade, class_name, number = found.get(F.CLASS_CODE, (None, None, None))
        surname, given = found.get(F.PASSPORT_NAME, (None, None))
        consented, ticked = found.get(F.CONSENTED_ON, (None, False))
        born_on = self._born_on()
        role = found.get(F.ROLE)
        person = {
            "role": role.value if role else None,
            "name": self._name(),
            "kana": self._joined(F.KANA, F.KANA_SURNAME, F.KANA_GIVEN),
            "passport_surname": found.get(F.PASSPORT_SURNAME, surname),
            "passport_given": found.get(F.PASSPORT_GIVEN, given),
            "born_on": _iso(born_on),
            "sex": found[F.SEX].value if F.SEX in found else None,
            "grade": found.get(F.GRADE, grade),
            "class_name": found.get(F.CLASS_NAME, class_name),
            "number": found.get(F.NUMBER, number),
            "nationality": found.get(F.NATIONALITY),
            "passport_expires_on": _iso(found.get(F.PASSPORT_EXPIRES_ON)),
            "group": self._known_group(),
            "room": found.get(F.ROOM),
            "consented_on": _iso(consented),
            "consent_version": found.get(F.CONSENT_VERSION),
        }
        self._doubt(person, role or ParticipantRole.STUDENT, born_on, ticked=ticked)
        return person

    def _name(self) -> str | None:
        name = self._joined(F.NAME, F.SURNAME, F.GIVEN)
        if name is None and not any(problem.field in (F.NAME, F.SURNAME, F.GIVEN) for problem in self._problems):
            field = F.NAME if F.NAME in self._columns else F.SURNAME
            self._problems.append(
                self._remark(
                    field,
                    "氏名がありません。",
                    "氏名を入力するか、参加者でなければこの行を消してください。",
                    "There is no name. Type it, or delete the row if it is nobody who takes part.",
                )
            )
        return name

    def _joined(self, whole: RosterField, first: RosterField, second: RosterField) -> str | None:
        """The whole name, or surname and given name joined as Japanese rosters print them; a mononym has one part."""
        if whole in self._found:
            return str(self._found[whole])
        parts = [self._found[part] for part in (first, second) if part in self._found]
        return _IDEOGRAPHIC_SPACE.join(parts) or None

    def _born_on(self) -> dt.date | None:
        if F.BORN_ON in self._found or F.BORN_YEAR not in self._columns:
            return self._found.get(F.BORN_ON)
        year, month, day = (self._part(field) for field in _BIRTH_PARTS)
        try:
            return dates.join_birth_date(year, month, day, self._setting)
        except CellRefused as refused:
            self._refuse(F.BORN_YEAR, refused)
            return None

    def _part(self, field: RosterField) -> Cell:
        column = self._columns.get(field)
        return self._row.cell(column.position) if column else Cell("")

    def _known_group(self) -> str | None:
        name = self._found.get(F.GROUP)
        return self._setting.groups.get(narrow_ascii(name)) if name else None

    def _new_group(self) -> str:
        name = self._found.get(F.GROUP, "")
        return "" if not name or narrow_ascii(name) in self._setting.groups else str(name)

    # --- doubts ---------------------------------------------------------------------------------------------------

    def _doubt(self, person: dict[str, Any], role: ParticipantRole, born_on: dt.date | None, *, ticked: bool) -> None:
        if person["kana"] and values.doubts_kana(person["kana"]):
            self._warn(
                F.KANA,
                "かなに漢字か数字が入っています。",
                "読みをかなで書くと、五十音順に並びます。",
                "The kana hold kanji or figures; write the reading in kana so that sorting works.",
            )
        if ticked:
            self._warn(
                F.CONSENTED_ON,
                "同意の印だけで日付がないため、同意日は空欄にしました。",
                "同意書の日付を入力してください。",
                "Only a tick without a date; the day of consent stays empty. Fill it in.",
            )
        if born_on is not None:
            self._doubt_age(role, dates.age_on(born_on, self._setting.on))

    def _doubt_age(self, role: ParticipantRole, age: int) -> None:
        stated = self._found.get(F.AGE)
        if stated is not None and abs(stated - age) > 1:
            self._warn(
                F.AGE,
                f"年齢({stated}歳)と生年月日(きょうで{age}歳)が合いません。",
                "どちらが正しいか確かめてください。",
                f"The age ({stated}) and the date of birth (today {age}) do not agree. Check which is right.",
            )
        if role is ParticipantRole.STUDENT and age not in _PUPIL_AGES:
            self._warn(
                F.BORN_ON,
                f"生徒としては年齢({age}歳)がふつうではありません。",
                "生年月日か区分を確かめてください。",
                f"{age} is an unusual age for a pupil. Check the date of birth or the role.",
            )

    # --- kept apart -----------------------------------------------------------------------------------------------

    def _sealed(self) -> dict[str, str]:
        apart = {field.value: str(self._found[field]) for field in GUARDIAN if field in self._found}
        blood = self._found.get(F.BLOOD_TYPE, "")
        if blood and blood != sealed.UNKNOWN_BLOOD and "Rh" not in blood:
            blood += self._found.get(F.BLOOD_RH, "")
        told = self._header.fields
        notes = {field.value: self._health(field) for field in HEALTH if field in told}
        return {**apart, **{name: text for name, text in {"blood_type": blood, **notes}.items() if text}}

    def _health(self, field: RosterField) -> str:
        """All columns of one kind in one note, each behind its heading when there are several."""
        columns = self._header.of(field)
        notes = []
        for column in columns:
            self._columns[field] = column
            try:
                note = sealed.read_health(self._row.cell(column.position))
            except CellRefused as refused:
                self._refuse(field, refused)
                continue
            if note:
                notes.append(f"{column.heading}: {note}" if len(columns) > 1 else note)
        return " / ".join(notes)


def sent_cells(row: Row, header: Header, setting: Setting) -> tuple[str, ...]:
    """The cells as sent; Excel's day numbers become dates, because another file may count from another epoch."""
    texts = [cell.text for cell in row.cells]
    for column in header.columns:
        cell = row.cell(column.position)
        if column.field in _DATES and cell.kind is CellKind.NUMBER:
            texts[column.position] = _as_iso(cell, setting)
    return tuple(texts)


def _as_iso(cell: Cell, setting: Setting) -> str:
    try:
        return _iso(dates.read_date(cell, setting)) or cell.text
    except CellRefused:
        # Not a date after all: it goes back as it came, with the problem named beside it.
        return cell.text


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
