"""The dashboard: every figure against a plain recount, the list behind each figure, its queries, its files."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bench.nation import Nation, differences
from jcsos.enums import Band
from jcsos.queries import dashboard
from jcsos.queries.dashboard import Narrow
from portal.kit.roles import Role
from tests.factories.cast import Seat, seat
from tests.sizes import size
from tests.ui.authority.conftest import signed_in


@pytest.fixture
def nation(db: None, relaxed: None) -> Nation:
    made = Nation()
    made.arrive(schools=size(30, proof=600), trips=size(300, proof=6_000))
    return made


@pytest.fixture
def auditor(nation: Nation) -> Seat:
    return seat(Role.JCSOS_AUDITOR, nation.office)


def test_every_figure_of_every_year_is_what_a_plain_recount_finds(nation: Nation, auditor: Seat) -> None:
    with auditor.at_work():
        assert [line for year in nation.years for line in differences(nation, year)] == []


def test_the_list_behind_a_figure_has_as_many_trips(nation: Nation, auditor: Seat) -> None:
    year = nation.years[1]
    with auditor.at_work():
        found = dashboard.year_of(year, dashboard.years()[year])
        rows = dashboard.trips_of_year(year)
        wanted: list[tuple[Narrow, int]] = [(Narrow(), found.whole.trips), (Narrow(late=True), found.whole.late)]
        wanted += [(Narrow(month=month), one.trips) for month, one in found.months.items()]
        wanted += [(Narrow(place=place), many) for place, many in found.places.items()]
        wanted += [(Narrow(band=band), many) for band, many in found.bands.items()]
        wanted += [(Narrow(missing=item.value), many) for item, many in found.missing.items()]
        wanted += [(Narrow(gap=code), many) for code, many in found.gaps.items()]
        wanted += [(Narrow(unread=True), found.unread)]
        assert [(by, dashboard.narrowed(rows, by).count()) for by, _ in wanted] == wanted
    assert found.whole.trips > 10
    assert sum(found.missing.values()) > 0


def test_the_page_takes_as_many_queries_for_one_year_as_for_a_fuller_one(nation: Nation, auditor: Seat) -> None:
    client = signed_in(auditor)
    first, second = (_queries(client, f"/jcsos/dashboard/?year={year}") for year in (nation.years[0], 1999))
    assert first == second < 30


def test_the_page_shows_the_figures_and_leads_to_lists_that_open(nation: Nation, auditor: Seat) -> None:
    client, year = signed_in(auditor), nation.years[1]
    page = client.get(f"/jcsos/dashboard/?year={year}").content.decode()
    for words in ("行き先の地図", "別添三の欠落", "保険の不足", "備えの点数", "台湾", "監査はまだありません"):
        assert words in page
    assert "対応中のJ-TAS案件" not in page
    listed = client.get(f"/jcsos/dashboard/trips/?year={year}&place=台湾&band={Band.STRONG.value}").content.decode()
    assert "行き先 台湾、備えの点数 80点以上" in listed
    assert "見本 校長" not in page + listed
    odd = "/jcsos/dashboard/trips/?year=x&month=77&band=x&missing=99&gap=x&page=x"
    assert client.get(odd).status_code == 200
    assert client.get("/jcsos/dashboard/?year=1999").content.decode().count("この年度の旅行はありません") == 1


def test_the_number_of_open_cases_is_for_their_desk_alone(nation: Nation) -> None:
    page = signed_in(seat(Role.JCSOS_CASES, nation.office)).get("/jcsos/dashboard/").content.decode()
    assert "対応中のJ-TAS案件" in page


def test_the_file_holds_a_sheet_for_each_chart_or_the_one_asked_for(nation: Nation, auditor: Seat) -> None:
    client, year = signed_in(auditor), nation.years[1]
    book = _book(client, f"/jcsos/dashboard.xlsx?year={year}")
    assert book.sheetnames == ["月別", "行き先", "期限後の提出", "備えの点数", "別添三の欠落", "保険の不足"]
    with auditor.at_work():
        months = dashboard.years()[year]
    told = {row[0]: int(row[1]) for row in book["月別"].iter_rows(min_row=2, values_only=True)}
    assert told == {f"{month}月": months.get(month, dashboard.Month()).trips for month in (*range(4, 13), 1, 2, 3)}
    assert _book(client, f"/jcsos/dashboard.xlsx?year={year}&part=late").sheetnames == ["期限後の提出"]


def test_a_member_that_leaves_is_out_of_every_figure_at_once(nation: Nation, auditor: Seat) -> None:
    from jcsos.models import Membership

    with auditor.at_work():
        before = sum(month.trips for months in dashboard.years().values() for month in months.values())
    gone = nation.consenting[0].pk
    Membership.objects.filter(school_id=gone).update(consents=False, consented_at=None, consented_by=None)
    lost = sum(plan["school_id"] == gone for plan in nation.seen())
    with auditor.at_work():
        after = sum(month.trips for months in dashboard.years().values() for month in months.values())
    assert lost > 0
    assert before - after == lost


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def _book(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))
