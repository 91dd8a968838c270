"""Refused rows come back as sent, and a mended error file is taken."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from tests.trips.roster.builders import csv_text, rezip, table, workbook
from trips.roster.errorfile import MEND_HEADING, ROW_HEADING, error_file
from trips.roster.preview import read_roster

TODAY = dt.date(2026, 11, 22)


def _bad() -> list[list[str]]:
    rows = table()
    rows[1][6], rows[3][5] = "平成40年4月2日", "？？"
    return rows


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp932", ","), ("utf-8-sig", ","), ("utf-16", "\t"), ("euc_jp", ";")]
)
def test_text_comes_back_in_its_coding(encoding: str, delimiter: str) -> None:
    rows = [[cell.replace("髙", "高").replace("﨑", "崎") for cell in row] for row in _bad()]
    preview = read_roster(csv_text(rows, delimiter=delimiter).encode(encoding), "名簿.csv", on=TODAY)
    given = error_file(preview)
    assert given.losses == ()
    assert given.filename == f"名簿_直すところ.{'tsv' if delimiter == chr(9) else 'csv'}"
    lines = given.data.decode(encoding).split("\r\n")
    assert lines[0] == delimiter.join([*rows[0], ROW_HEADING, MEND_HEADING])
    assert lines[1].startswith(delimiter.join(rows[1]))
    assert "平成ではありません" in lines[1]
    assert len(lines) == 4


def test_a_mended_error_file_is_taken() -> None:
    preview = read_roster(csv_text(_bad()).encode("cp932"), "名簿.csv", on=TODAY)
    mended = (
        error_file(preview)
        .data.decode("cp932")
        .replace("平成40年4月2日,2", "平成21年4月2日,2")
        .replace("？？,", "女,", 1)
    )
    again = read_roster(mended.encode("cp932"), "名簿_直すところ.csv", on=TODAY)
    assert [row.person["name"] for row in again.kept] == ["髙橋　花子", "渡邉　葵"]
    assert again.refused == ()


def test_a_workbook_comes_back_as_strings_with_the_faulty_cell_marked() -> None:
    preview = read_roster(workbook(_bad()), "名簿.xlsx", on=TODAY)
    book = openpyxl.load_workbook(io.BytesIO(error_file(preview).data))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][-2:] == [ROW_HEADING, MEND_HEADING]
    assert sheet["H2"].value == "2"
    assert sheet["G2"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["F3"].fill.fgColor.rgb == "FFFFF2CC"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.value is None for row in sheet.iter_rows() for cell in row if cell.data_type == "n")


def test_formulas_in_refused_rows_stay_text() -> None:
    preview = read_roster(workbook([["氏名", "部屋"], ["=HYPERLINK(1)", "+1"]]), "名簿.xlsx", on=TODAY)
    sheet = openpyxl.load_workbook(io.BytesIO(error_file(preview).data)).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")
    text = read_roster(csv_text([["氏名", "部屋"], ["=HYPERLINK(1)", "+1"]]).encode(), "名簿.csv", on=TODAY)
    assert error_file(text).data.decode().split("\r\n")[1].startswith("'=HYPERLINK(1),'+1,")


def test_day_numbers_of_1904_come_back_as_dates() -> None:
    data = workbook([["氏名", "性別", "生年月日"], ["髙橋　花子", "？", 39905 - 1462]])
    old = rezip(
        data, edits={"xl/workbook.xml": lambda part: part.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')}
    )
    assert read_roster(old, "名簿.xlsx", on=TODAY).refused[0].cells[2] == "2009-04-02"


def test_sheets_come_back_under_their_names() -> None:
    data = workbook(_bad(), table(), _bad(), names=("1組", "2組", "3組"))
    preview = read_roster(data, "名簿.xlsx", sheet=("1組", "2組", "3組"), on=TODAY)
    book = openpyxl.load_workbook(io.BytesIO(error_file(preview).data))
    assert set(book.sheetnames) == {row.sheet for row in preview.refused}


def test_there_is_no_error_file_without_errors() -> None:
    with pytest.raises(ValueError, match="no row was refused"):
        error_file(read_roster(workbook(), "名簿.xlsx", on=TODAY))
