"""The statistics page of an authority: charts with their tables, and the same figures as a file.

Not here: counting (mofa_requests.yearly).
"""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests.actions.series import business_year
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.yearly_report import report_pdf
from mofa_requests.yearly import first_year, year_of
from mofa_requests.years import MONTHS, Year
from portal.accounts.access import members
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.ui.authority.doors import OFFICERS
from portal.ui.files_out import attachment, pdf_response
from portal.ui.labels import label_of
from portal.ui.messages import refuse
from portal.ui.shapes import Bar, Tile
from portal.ui.typed import sentence_of
from trips.roster.sheets_out import XLSX_TYPE, delimited_bytes, new_workbook, write_texts

SHOWN_PLACES = 12


@members(OFFICERS, purpose="年度の統計")
def statistics(request: HttpRequest) -> HttpResponse:
    """One business year."""
    found, years = _year(request)
    context = {
        "year": found,
        "years": [(year, year == found.year) for year in years],
        "tiles": _tiles(found),
        "omissions": [Bar(label_of(item), found.omissions.get(item.value, 0)) for item in Annex3Item],
        "handling": [Bar(_month(month), round(found.handling[month])) for month in MONTHS if month in found.handling],
        "places": [Bar(place, many) for place, many in found.places[:SHOWN_PLACES]],
        "months": [_month(month) for month in MONTHS],
        "place_rows": [
            (place, many, [found.destinations[place].get(month, 0) for month in MONTHS]) for place, many in found.places
        ],
    }
    return render(request, "authority/statistics.html", context)


@members(OFFICERS, purpose="年度の統計をXLSXで書き出す")
def statistics_xlsx(request: HttpRequest) -> HttpResponse:
    """The figures as a workbook, one sheet."""
    found, _ = _year(request)
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    sheet, plain = book.add_worksheet(f"{found.year}"), book.add_format()
    for number, row in enumerate(rows_of(found)):
        write_texts(sheet, number, row, formats={}, plain=plain)
    book.close()
    return attachment(buffer.getvalue(), f"statistics-{found.year}.xlsx", media_type=XLSX_TYPE)


@members(OFFICERS, purpose="年度の統計をCSVで書き出す")
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The figures as text that a spreadsheet opens."""
    found, _ = _year(request)
    content, _losses = delimited_bytes(rows_of(found), encoding="utf-8-sig")
    return attachment(content, f"statistics-{found.year}.csv", media_type="text/csv; charset=utf-8")


@members(OFFICERS, purpose="年度の報告をPDFで書き出す")
def statistics_pdf(request: HttpRequest) -> HttpResponseBase:
    """The same figures on paper, for the board."""
    found, _ = _year(request)
    org = request.membership.org  # type: ignore[attr-defined]
    try:
        content = report_pdf(found, authority=org.name, on=clock.today())
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect("mofa_requests:statistics")
    return pdf_response(content, f"nendo-{found.year}.pdf")


def rows_of(year: Year) -> list[list[str]]:
    """Every figure of the page as rows of text: part, item, value."""
    rows = [[gettext("区分"), gettext("項目"), gettext("値")]]
    rows += [[gettext("件数"), tile.label, str(tile.value)] for tile in _tiles(year)]
    rows += [[gettext("別添三の欠落"), label_of(item), str(year.omissions.get(item.value, 0))] for item in Annex3Item]
    rows += [
        [gettext("届いてから送付までの日数(中央値)"), _month(month), str(year.handling[month])]
        for month in MONTHS
        if month in year.handling
    ]
    rows += [
        [gettext("行き先(出発の月)"), f"{place} {_month(month)}", str(months[month])]
        for place, months in sorted(year.destinations.items())
        for month in MONTHS
        if month in months
    ]
    return rows


def _year(request: HttpRequest) -> tuple[Year, list[int]]:
    """The year asked for, the present one otherwise; and the years there are, the newest first."""
    org_id = request.membership.org_id  # type: ignore[attr-defined]
    present = business_year(clock.today())
    years = list(range(present, min(first_year(org_id), present) - 1, -1))
    wanted = request.GET.get("year", "")
    chosen = int(wanted) if wanted.isascii() and wanted.isdigit() and int(wanted[:4]) in years else present
    return year_of(org_id, chosen), years


def _tiles(year: Year) -> list[Tile]:
    share = "―" if year.late_share is None else f"{year.late_share:g}"
    return [
        Tile(gettext("提出された依頼"), year.filed, gettext("件")),
        Tile(gettext("期限後の提出"), year.late, gettext("件")),
        Tile(gettext("期限後の割合"), share, "%"),
        Tile(gettext("差戻し後に再提出"), year.resubmitted, gettext("件")),
        Tile(gettext("外務省へ送付"), year.sent, gettext("件")),
        Tile(gettext("必着日を過ぎて到着"), year.received_late, gettext("件")),
        Tile(gettext("変更届"), year.amendments, gettext("件")),
    ]


def _month(month: int) -> str:
    return gettext("%(n)d月") % {"n": month}
