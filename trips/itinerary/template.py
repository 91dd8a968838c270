"""The form of an itinerary for a travel agent to fill in. Not here: reading it back (preview)."""

from __future__ import annotations

import io

from trips.itinerary.columns import ItineraryField
from trips.roster.sheets_out import XLSX_TYPE, GivenBack, new_workbook, write_texts

F = ItineraryField
COLUMNS: tuple[tuple[str, int], ...] = (
    (F.DATE.label, 16),
    (F.TIME.label, 14),
    (F.SERVICE.label, 22),
    (F.WAY.label, 34),
    (F.CITY.label, 12),
    (F.CONTENT.label, 40),
    ("食事", 10),
    (F.STAY.label, 28),
    (F.STAY_ADDRESS.label, 34),
    (F.STAY_PHONE.label, 20),
)
_EXAMPLE: tuple[tuple[str, ...], ...] = (
    ("2027/1/19", "7:10", "", "", "大阪", "関西国際空港に集合", "", "", "", ""),
    ("", "9:50-12:05", "CI157", "関西(KIX)→台北桃園(TPE)", "", "", "機内食", "", "", ""),
    (
        "",
        "15:00-17:30",
        "",
        "",
        "台北",
        "市内見学(見本)",
        "夕",
        "見本飯店(見本)",
        "台北市見本区例示街1号",
        "+886 000-0000-0000",
    ),
    ("2027/1/20", "9:00-16:00", "", "", "台北", "交流校で合同授業(見本)", "朝昼夕", "同上", "", ""),
    ("2027/1/21", "22:30-25:30", "CI172", "台北桃園(TPE)→関西(KIX)", "", "", "朝", "機中泊", "", ""),
)
_RULES = (
    "日付は、その日のはじめの行だけでもかまいません。時刻はすべて現地の時刻です。",
    "深夜は 25:30、翌日の到着は 6:10+1 のようにも書けます。",
    "便・列車は一行に一区間です。空港は三文字(KIX など)を書くと、時差と地図が自動で付きます。",
    "同じ所に続けて泊まるときは「同上」でかまいません。帰宅する日は空けておきます。",
    "食事の欄は学校と旅行会社の控えです。計画には入りません。",
)


def itinerary_form() -> GivenBack:
    """An empty sheet with headings, and a filled one beside it that shows how each column is written."""
    buffer = io.BytesIO()
    with new_workbook(buffer) as book:
        bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF7", "text_wrap": True})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for name, rows in (("日程表", ()), ("記入例", _EXAMPLE)):
            sheet = book.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.freeze_panes(1, 0)
            for position, (_, width) in enumerate(COLUMNS):
                sheet.set_column(position, position, width)
            write_texts(sheet, 0, [title for title, _ in COLUMNS], formats={}, plain=bold)
            for number, row in enumerate(rows, start=1):
                write_texts(sheet, number, row, formats={}, plain=plain)
        notes = book.add_worksheet("書き方")
        notes.set_column(0, 0, 90)
        for number, line in enumerate(_RULES):
            notes.write_string(number, 0, line)
    return GivenBack(buffer.getvalue(), "itinerary-form.xlsx", XLSX_TYPE)
