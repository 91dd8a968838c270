"""JCSOS's dashboard: the year of its members' trips as charts, each with its table, its file and the list behind it.

Not here: counting (jcsos.queries.dashboard), the shape of a chart (figures_shown), the map's drawing (world_map).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.enums import Band
from jcsos.queries import audits as audit_queries
from jcsos.queries import dashboard as queries
from jcsos.queries.assist import open_cases
from jcsos.queries.dashboard import Narrow, Year
from mofa_requests.actions.series import business_year
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.models import MofaRequest
from mofa_requests.yearly import MONTHS
from portal.accounts.access import members
from portal.accounts.acting import scope_of
from portal.directory.positions import country_of, position_of
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.tenancy.scope import acting_as
from portal.ui.files_out import attachment
from portal.ui.jcsos.figures_shown import CODES, Chart, charts_of, rule_title
from portal.ui.labels import label_of, speaks_english
from portal.ui.shapes import Tile
from portal.ui.world_map import draw_world
from trips.roster.sheets_out import XLSX_TYPE, new_workbook, write_texts

EVERY_DESK = Role.of(Audience.JCSOS)
READERS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)
A_PAGE = 50
_SHEET_NAME = 31


@dataclass(frozen=True)
class Standing:
    """A year's figures with the years one may choose, and how many are abroad today."""

    year: Year
    years: list[int]
    trend: dict[int, queries.Month]
    abroad: tuple[int, int]


@members(EVERY_DESK, purpose="会員校の旅行の全体の状況")
def dashboard(request: HttpRequest) -> HttpResponse:
    """One business year of all consenting members."""
    standing = _standing(request)
    places = [
        (_place_shown(name), many, _list_url(standing.year.year, place=name), _position(name))
        for name, many in standing.year.places.items()
    ]
    context = {
        "year": standing.year,
        "years": [(year, year == standing.year.year) for year in standing.years],
        "tiles": _tiles(request, standing),
        "map": draw_world(places),
        "charts": charts_of(standing.year, standing.trend, _list_url),
        "campaigns": list(audit_queries.campaigns()[:5]),
        "may_read": _role(request) in READERS,
        "may_audit": _role(request) is Role.JCSOS_AUDITOR,
    }
    return render(request, "jcsos/dashboard.html", context)


@members(EVERY_DESK, purpose="全体の状況をXLSXで書き出す")
def dashboard_xlsx(request: HttpRequest) -> HttpResponse:
    """Every chart's figures, a sheet each; ``part`` asks for one of them."""
    standing = _standing(request)
    charts = charts_of(standing.year, standing.trend, _list_url)
    wanted = [chart for chart in charts if chart.key == request.GET.get("part")] or charts
    name = f"dashboard-{standing.year.year}" + (f"-{wanted[0].key}" if len(wanted) == 1 else "")
    return attachment(_workbook(wanted), f"{name}.xlsx", media_type=XLSX_TYPE)


@members(EVERY_DESK, purpose="全体の状況の数のもとになる旅行の一覧")
def dashboard_trips(request: HttpRequest) -> HttpResponse:
    """The trips behind one figure."""
    year, chosen = year_asked(request), _narrow(request)
    abroad = "abroad" in request.GET
    rows = queries.abroad_on(clock.today()) if abroad else queries.trips_of_year(year)
    page = Paginator(_ordered(queries.narrowed(rows, chosen)), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    title = gettext("きょう海外にいる旅行") if abroad else gettext("%(year)d年度の旅行") % {"year": year}
    context = {
        "page": page,
        "query": query.urlencode(),
        "title": title,
        "narrowed_by": _narrow_words(chosen),
        "may_read": _role(request) in READERS,
        "crumbs": [(gettext("全体の状況"), reverse("jcsos:dashboard")), (title, "")],
    }
    return render(request, "jcsos/dashboard_trips.html", context)


def _standing(request: HttpRequest) -> Standing:
    table, year = queries.years(), year_asked(request)
    present = business_year(clock.today())
    trend = {one: sum(months.values(), queries.Month()) for one, months in sorted(table.items())}
    found = queries.year_of(year, table.get(year, {}))
    return Standing(found, sorted({*table, present, year}, reverse=True), trend, queries.people_abroad(clock.today()))


def _tiles(request: HttpRequest, standing: Standing) -> list[Tile]:
    whole, share = standing.year.whole, standing.year.whole.late_share
    abroad_trips, abroad_people = standing.abroad
    year = standing.year.year
    tiles = [
        Tile(gettext("この年度の旅行"), whole.trips, gettext("件"), url=_list_url(year)),
        Tile(gettext("旅行する会員校"), standing.year.schools, gettext("校")),
        Tile(gettext("参加者(計画の人数)"), whole.people, gettext("人")),
        Tile(
            gettext("きょう海外にいる人"),
            abroad_people,
            gettext("人"),
            url=f"{reverse('jcsos:dashboard_trips')}?abroad=1",
        ),
        Tile(gettext("きょう海外にいる旅行"), abroad_trips, gettext("件")),
        Tile(gettext("期限後の提出"), "―" if share is None else f"{share:g}", "%", url=_list_url(year, late=1)),
    ]
    return [*tiles, *_case_tile(request)]


def _case_tile(request: HttpRequest) -> list[Tile]:
    """Open cases, counted for the desk alone: nobody else has a right to learn even their number."""
    membership = request.membership  # type: ignore[attr-defined]
    if membership.role_kind is not Role.JCSOS_CASES:
        return []
    with acting_as(scope_of(membership, health=True)):
        many = open_cases().order_by().count()
    return [Tile(gettext("対応中のJ-TAS案件"), many, gettext("件"), url=reverse("jcsos:cases"))]


def _ordered(rows: QuerySet[MofaRequest]) -> QuerySet[MofaRequest]:
    return rows.select_related("school").order_by("departs_on", "id")


def _workbook(charts: list[Chart]) -> bytes:
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    for chart in charts:
        sheet, plain = book.add_worksheet(chart.sheet[:_SHEET_NAME]), book.add_format()
        for number, row in enumerate(chart.rows):
            write_texts(sheet, number, row, formats={}, plain=plain)
    book.close()
    return buffer.getvalue()


def _list_url(year: int, **narrow: Any) -> str:
    return f"{reverse('jcsos:dashboard_trips')}?{urlencode({'year': year, **narrow})}"


def year_asked(request: HttpRequest) -> int:
    """The year asked for if it can be one; the present one otherwise."""
    wanted = _number(request.GET.get("year", ""))
    return wanted if wanted is not None and 1990 <= wanted <= 2100 else business_year(clock.today())


def _narrow(request: HttpRequest) -> Narrow:
    """What the address asks for; a value that is none of ours narrows nothing."""
    asked = request.GET
    month, band, item = _number(asked.get("month", "")), asked.get("band", ""), asked.get("missing", "")
    return Narrow(
        month=month if month in MONTHS else None,
        place=asked.get("place", "").strip(),
        late="late" in asked,
        band=Band(band) if band in set(Band) else None,
        unread="unread" in asked,
        missing=item if item in set(Annex3Item) else "",
        gap=asked.get("gap", "") if asked.get("gap", "") in CODES else "",
    )


def _narrow_words(chosen: Narrow) -> list[str]:
    """What the list is narrowed by, in words."""
    words = [
        gettext("%(n)d月に出発") % {"n": chosen.month} if chosen.month else "",
        gettext("行き先 %(place)s") % {"place": _place_shown(chosen.place)} if chosen.place else "",
        gettext("期限後に提出") if chosen.late else "",
        gettext("備えの点数 %(band)s") % {"band": label_of(chosen.band)} if chosen.band else "",
        gettext("備えの点数がまだない") if chosen.unread else "",
        gettext("別添三の欠落 %(item)s") % {"item": label_of(Annex3Item(chosen.missing))} if chosen.missing else "",
        gettext("保険の不足 %(rule)s") % {"rule": rule_title(chosen.gap)} if chosen.gap else "",
    ]
    return list(filter(None, words))


def _place_shown(name: str) -> str:
    found = country_of(name)
    return found.en if found and speaks_english() else name


def _position(name: str) -> tuple[float, float] | None:
    found = country_of(name)
    return position_of(found) if found else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _role(request: HttpRequest) -> Role:
    return request.membership.role_kind  # type: ignore[attr-defined,no-any-return]
