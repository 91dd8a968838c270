"""Corpus 23–28, 47–56 and 58: honest containers with hard content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from portal.demo.people import Party, roster
from portal.dossier.types import Participant
from tests.trips.roster.builders import HEADINGS, PEOPLE, rezip, table, workbook
from tests.trips.roster.case import Case
from trips.roster.export import roster_xlsx

_TWINS = (PEOPLE[0], PEOPLE[1], PEOPLE[0])


def specimen_people() -> tuple[Participant, ...]:
    """Forty people with hard names, as a trip would store them."""
    return roster(
        Party(
            seed=3,
            students=36,
            classes=("1", "2"),
            grade="2",
            born_from=dt.date(2009, 4, 2),
            departs_on=dt.date(2027, 1, 18),
            consented_on=dt.date(2026, 10, 1),
            escorts=3,
            nurses=1,
        )
    )


def _formulas(_book: Any, sheet: Any) -> None:
    for row, cells in enumerate(table()):
        sheet.write_row(row, 0, cells)
    sheet.write_formula(1, 3, '="髙橋　"&"花子"', None, "髙橋　花子")
    sheet.write_formula(2, 3, "=A1&B1", None, "")


def _uncalculated() -> bytes:
    """Row 3's name is a formula that no program ever calculated."""
    data = workbook(_formulas)
    return rezip(
        data,
        edits={
            "xl/worksheets/sheet1.xml": lambda part: part.replace(
                b' t="str"><f>A1&amp;B1</f><v></v>', b"><f>A1&amp;B1</f>"
            )
        },
    )


def _hidden(book: Any, sheet: Any) -> None:
    for row, cells in enumerate(table()):
        sheet.write_row(row, 0, cells)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    other = book.add_worksheet("控え")
    other.write_row(0, 0, ["氏名", "生年月日"])
    other.hide()


def _merged(_book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:H1", "令和8年度　海外修学旅行　参加者名簿")
    for column, heading in ((0, "氏名"), (1, "性別"), (2, "生年月日")):
        sheet.merge_range(2, column, 3, column, heading)
    sheet.merge_range("D3:F3", "保護者")
    sheet.write_row(3, 3, ["氏名", "続柄", "電話番号"])
    sheet.write_row(4, 0, ["髙橋　花子", "女", "2009/4/2", "髙橋　太郎", "父", "090-0000-1111"])
    sheet.write_row(6, 0, ["山﨑　翔太", "男", "2009/7/15", "山﨑　恵", "母", "090-0000-2222"])


def _errors(_book: Any, sheet: Any) -> None:
    for row, cells in enumerate(table()):
        sheet.write_row(row, 0, cells)
    sheet.write_formula(2, 6, "=#REF!", None, "#REF!")
    sheet.write_formula(3, 3, "=VLOOKUP(1,A1,2)", None, "#N/A")


def _dates(book: Any, sheet: Any) -> None:
    shown = book.add_format({"num_format": "yyyy/m/d"})
    era = book.add_format({"num_format": '[$-411]ggge"年"m"月"d"日"'})
    sheet.write_row(0, 0, ["氏名", "生年月日"])
    for row, name in enumerate("一二三四五六七", start=1):
        sheet.write_string(row, 0, f"生徒　{name}")
    sheet.write_datetime(1, 1, dt.datetime(2009, 4, 2), shown)
    sheet.write_number(2, 1, 39905, era)
    sheet.write_number(3, 1, 39905)
    sheet.write_string(4, 1, "平成21年4月2日")
    sheet.write_string(5, 1, "H21.4.2")
    sheet.write_number(6, 1, 20090402)
    sheet.write_number(7, 1, 60)


def _epoch_1904() -> bytes:
    """The same day by number in a workbook that counts from 1904."""
    data = workbook([["氏名", "生年月日"], ["髙橋　花子", 39905 - 1462]])
    return rezip(
        data, edits={"xl/workbook.xml": lambda part: part.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')}
    )


def _column(heading: str, values: Sequence[str]) -> bytes:
    rows = [["氏名", heading], *([f"生徒　{chr(0x4E00 + n)}", value] for n, value in enumerate(values))]
    return workbook(rows)


CASES = (
    Case(number=23, title="formulas with values", build=lambda: workbook(_formulas), kept=2, bad=1),
    Case(number=23, title="formula never calculated", build=_uncalculated, kept=2, bad=1, says=("D3", "計算式の結果")),
    Case(
        number=24,
        title="hidden sheet, row and column",
        build=lambda: workbook(_hidden),
        kept=3,
        says=("隠れている行(3行目)", "隠れている列(E)"),
    ),
    Case(number=25, title="merged headings in two lines", build=lambda: workbook(_merged), kept=2),
    Case(
        number=26,
        title="two sheets, wrong one first",
        build=lambda: workbook([["集計", "人数"], ["男子", "80"], ["女子", "81"]], table(), names=("集計", "名簿")),
        kept=3,
    ),
    Case(number=27, title="error cells", build=lambda: workbook(_errors), kept=1, bad=2, says=("G3", "#REF!", "#N/A")),
    Case(number=28, title="dates of every kind", build=lambda: workbook(_dates), kept=6, bad=1, says=("B8",)),
    Case(number=28, title="epoch 1904", build=_epoch_1904, kept=1),
    Case(
        number=47,
        title="heading twice",
        build=lambda: workbook([["氏名", "性別", "性別"], ["髙橋　花子", "女", "男"]]),
        kept=1,
        says=("C列",),
    ),
    Case(
        number=48,
        title="the same pupil twice",
        build=lambda: workbook(table(*_TWINS)),
        kept=2,
        bad=1,
        says=("2行目と同じ人",),
    ),
    Case(
        number=49,
        title="names that begin like formulas",
        build=lambda: workbook([["氏名"], *([f"{start}SUM(A1)"] for start in "=+-@＝"), ["\t=1+1"], ["髙橋　花子"]]),
        kept=1,
        bad=6,
        says=("で始まる氏名",),
    ),
    Case(number=50, title="full-width figures", build=lambda: _column("年齢", ["１７", "１７歳", "17"]), kept=3),
    Case(
        number=51,
        title="ages that are none",
        build=lambda: _column("年齢", ["-1", "999", "17.5", "じゅうなな", "17", ""]),
        kept=2,
        bad=4,
        says=("B2", "B5", "年齢"),
    ),
    Case(
        number=52,
        title="sex in free text",
        build=lambda: _column("性別", ["男", "F", "２", "その他", "", "おとこのこ", "♀"]),
        kept=6,
        bad=1,
        says=("B7", "「男」「女」「その他」"),
    ),
    Case(
        number=53,
        title="blood types",
        build=lambda: _column("血液型", ["AB-", "不明", "A型RH+", "Ｏ", "", "C"]),
        kept=5,
        bad=1,
        says=("B7", "血液型"),
    ),
    Case(
        number=54,
        title="501 rows over the plan's total",
        build=lambda: _column("年齢", ["17"] * 662),
        kept=662,
        says=("161人", "662人"),
        options={"expected": 161},
    ),
    Case(
        number=55,
        title="references of another school",
        build=lambda: workbook([["整理番号", "氏名"], ["s001", "別校　花子"], ["s002", "別校　太郎"]]),
        kept=2,
        says=("整理番号", "2、3行目"),
        options={"existing": specimen_people()},
    ),
    Case(
        number=56,
        title="our own export sent again",
        build=lambda: roster_xlsx(specimen_people(), title="見本").data,
        kept=40,
        options={"existing": specimen_people()},
    ),
    Case(number=58, title="the same file twice at once", build=lambda: workbook(table(headings=HEADINGS)), kept=3),
)
