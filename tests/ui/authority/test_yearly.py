"""The year's figures against plans counted by hand, the page in both states, and the files."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mofa_requests.documents.yearly_report import report_sheet
from mofa_requests.models import TickSheet
from mofa_requests.yearly import countries_of, year_of
from mofa_requests.years import Year
from portal.kit import clock
from portal.kit.pdf.pdfium import opened
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import Desk, newest, submitted
from tests.ui.authority.test_inbox import arrived, sent

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
PAGE = "/inbox/statistics/"


def at(year: int, month: int, day: int = 10) -> dt.datetime:
    return dt.datetime(year, month, day, 10, tzinfo=clock.TOKYO)


def filed(made: World, title: str, when: dt.datetime, **fields: Any) -> None:
    arrived(made, title, submitted_at=when, **fields)


def test_places_lose_their_cities_and_repeats() -> None:
    assert countries_of("台湾(台北)、台湾(高雄)、シンガポール") == ["台湾", "シンガポール"]
    assert countries_of("") == []


def test_a_business_year_runs_from_april_to_march(here: World) -> None:
    filed(here, "三月末", at(2026, 3, 31))
    filed(here, "四月", at(2026, 4, 1), late=True)
    filed(here, "翌年三月", at(2027, 3, 31), revision_number=2)
    filed(here, "翌年四月", at(2027, 4, 1))
    with here.officer.at_work():
        year = year_of(here.officer.org.pk, 2026)
    assert (year.filed, year.late, year.resubmitted, year.late_share) == (2, 1, 1, 50.0)


def test_handling_destinations_and_lateness_are_counted(here: World) -> None:
    for number, day in enumerate((10, 12, 20)):
        stamps = sent(here, dt.date(2026, 9, day)) | {"submitted_at": at(2026, 9, 1)}
        arrived(here, f"送った{number}", places="台湾(台北)、韓国", departs_on=dt.date(2026, 11, 3), **stamps)
    filed(here, "届いた", at(2026, 6, 1), places="韓国", departs_on=dt.date(2026, 12, 1))
    with here.officer.at_work():
        year = year_of(here.officer.org.pk, 2026)
    assert year.handling == {9: 11.0}
    assert year.destinations == {"台湾": {11: 3}, "韓国": {11: 3, 12: 1}}
    assert year.places == [("韓国", 4), ("台湾", 3)]
    assert year.sent == 3


def test_omissions_are_what_officers_ticked_as_missing(here: World, at_desk: AtDesk) -> None:
    revision = submitted(here)
    with here.officer.at_work():
        case = {"school_id": here.principal.org.pk, "request_id": here.request.pk}
        TickSheet.objects.create(
            **case, forwarder_org_id=here.officer.org.pk, revision=revision, saved_at=clock.now(),
            saved_by=here.officer.membership.user,
            ticks=[{"item": "3", "result": "missing"}, {"item": "4", "result": "present"}],
        )  # fmt: skip
        year = year_of(here.officer.org.pk, 2026)
    assert (year.checked, year.omissions["3"], year.omissions["4"]) == (1, 1, 0)
    assert "照合した1版のうち" in at_desk(here, here.officer).open(PAGE)
    assert newest(here) == revision


def test_the_page_its_empty_state_and_its_constant_queries(here: World, at_desk: AtDesk) -> None:
    desk = at_desk(here, here.officer)
    assert "この年度に提出された依頼はありません" in desk.open(PAGE)
    counted = []
    for _ in range(2):
        for number in range(3):
            filed(here, f"{len(counted)}-{number}", at(2026, 5 + number), places="台湾(台北)")
        with CaptureQueriesContext(connection) as seen:
            page = desk.open(PAGE)
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert "行き先と出発の月" in page
    assert "2026年度の統計" in desk.open(f"{PAGE}?year=1900"), "a year nobody filed in is not shown"


def test_the_files_hold_the_figures_and_calculate_nothing(here: World, at_desk: AtDesk) -> None:
    filed(here, "危ない名", at(2026, 5), places="=1+1", departs_on=dt.date(2026, 11, 3))
    client = at_desk(here, here.officer).client
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}year.xlsx?year=2026").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(cell.value == "=1+1 11月" for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}, "text, never a formula"
    text = client.get(f"{PAGE}year.csv").content.decode("utf-8-sig")
    assert "提出された依頼,1" in text
    assert "'=1+1" in text


def test_the_board_gets_the_year_on_paper(here: World, at_desk: AtDesk) -> None:
    filed(here, "一", at(2026, 5), places="台湾(台北)", departs_on=dt.date(2026, 11, 3))
    answer = at_desk(here, here.officer).client.get(f"{PAGE}year.pdf?year=2026")
    assert answer["Content-Type"] == "application/pdf"
    with opened(answer.getvalue()) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    assert "2026年度 海外修学旅行の届出に関する年度報告" in text
    assert here.officer.org.name in text
    assert "提出された依頼" in text
    assert str(here.request.school) not in text, "the report names no school"


def test_a_bar_is_as_long_as_its_figure_and_none_is_lost() -> None:
    year = Year(
        2026, filed=4, late=1, omissions={"3": 8, "5": 2}, checked=9, destinations={"台湾": {11: 300}, "韓国": {1: 1}}
    )
    sheet = report_sheet(year, authority="見本県教育委員会", on=dt.date(2027, 4, 5))
    omitted, places = sheet["charts"]
    assert [bar.percent for bar in omitted.bars] == [0, 0, 100, 0, 25, 0, 0]
    assert [(bar.label, bar.percent) for bar in places.bars] == [("台湾", 100), ("韓国", 1)], (
        "a small one stays visible"
    )
    assert ("期限後の提出", "1件(提出の25%)") in sheet["figures"]
