"""The stored roster given out as .xlsx or .csv, safe to open and fit to be read in again.

Here: the open fields of participants. Not here: guardians, blood type and health, which leave by documents only.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from portal.directory.countries import country
from portal.dossier.types import Participant, ParticipantRole, Sex
from trips.roster.columns import RosterField
from trips.roster.sheets_out import XLSX_TYPE, GivenBack, delimited_bytes, new_workbook, write_texts

F = RosterField
COLUMNS = (
    F.KEY,
    F.ROLE,
    F.GRADE,
    F.CLASS_NAME,
    F.NUMBER,
    F.NAME,
    F.KANA,
    F.PASSPORT_SURNAME,
    F.PASSPORT_GIVEN,
    F.BORN_ON,
    F.SEX,
    F.NATIONALITY,
    F.PASSPORT_EXPIRES_ON,
    F.GROUP,
    F.ROOM,
    F.CONSENTED_ON,
    F.CONSENT_VERSION,
)
_WIDTHS = {F.NAME: 20, F.KANA: 24, F.PASSPORT_SURNAME: 18, F.PASSPORT_GIVEN: 18, F.BORN_ON: 12, F.SEX: 8}
_CHOICES = {F.ROLE: [role.label for role in ParticipantRole], F.SEX: [sex.label for sex in Sex]}
_SPARE_ROWS = 50
UTF8, CP932 = "utf-8-sig", "cp932"


def roster_xlsx(
    people: Sequence[Participant], *, title: str, groups: Mapping[str, str] | None = None, english: bool = False
) -> GivenBack:
    """The roster as a workbook for A4 landscape: headings on each page, drop-down lists, every cell a string.

    ``title`` is printed at the head of each page; ``groups`` gives the name of each group key.
    """
    buffer = io.BytesIO()
    with new_workbook(buffer) as book:
        sheet = book.add_worksheet("名簿")
        bold, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        for number, texts in enumerate(roster_rows(people, groups=groups or {}, english=english)):
            write_texts(sheet, number, texts, formats={}, plain=plain if number else bold)
        _lay_out(sheet, len(people), title)
    return GivenBack(buffer.getvalue(), "名簿.xlsx", XLSX_TYPE)


def roster_csv(
    people: Sequence[Participant],
    *,
    encoding: str = UTF8,
    groups: Mapping[str, str] | None = None,
    english: bool = False,
) -> GivenBack:
    """The roster as comma-separated text in ``utf-8-sig`` or ``cp932``; what cp932 cannot hold is listed by cell.

    Raises ``ValueError`` for another coding.
    """
    if encoding not in (UTF8, CP932):
        raise ValueError(f"no coding for rosters: {encoding!r}")
    rows = roster_rows(people, groups=groups or {}, english=english)
    data, losses = delimited_bytes(rows, encoding=encoding)
    return GivenBack(data, "名簿.csv", "text/csv", losses)


def roster_rows(people: Sequence[Participant], *, groups: Mapping[str, str], english: bool) -> list[list[str]]:
    """A heading line and one line per person, in the order of ``COLUMNS``."""
    heading = [field.english if english else field.label for field in COLUMNS]
    return [heading, *([_text(person, field, groups, english) for field in COLUMNS] for person in people)]


def _text(person: Participant, field: RosterField, groups: Mapping[str, str], english: bool) -> str:
    value = getattr(person, field.value)
    if value is None:
        return ""
    if isinstance(value, (ParticipantRole, Sex)):
        return value.english if english else value.label
    if isinstance(value, dt.date):
        return value.isoformat()
    if field is F.NATIONALITY:
        nation = country(value)
        return (nation.en if english else nation.ja) if nation.listed else value
    return groups.get(value, value) if field is F.GROUP else str(value)


def _lay_out(sheet: Worksheet, people: int, title: str) -> None:
    for position, field in enumerate(COLUMNS):
        sheet.set_column(position, position, _WIDTHS.get(field, 10))
        if field in _CHOICES:
            choices = {"validate": "list", "source": _CHOICES[field], "ignore_blank": True}
            sheet.data_validation(1, position, people + _SPARE_ROWS, position, choices)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{people + 1}"})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{title[:80].replace('&', '&&')}&R&P/&N")
