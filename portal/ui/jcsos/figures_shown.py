"""The charts of the dashboard as data: title, bars, and the same figures as rows of a sheet. Not here: counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from jcsos.enums import Band
from jcsos.queries.dashboard import Month, Year
from mofa_requests.rules import BOOK
from mofa_requests.yearly import MONTHS
from portal.directory.positions import country_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.shapes import Bar

CODES = frozenset(rule.code for rule in BOOK.rules)
TREND = 10
PLACES_SHOWN = 12
_TONES = {Band.WEAK: "warn", Band.POOR: "error"}
ListUrl = Callable[..., str]


@dataclass(frozen=True)
class Chart:
    """One chart: bars for the eye, ``rows`` with every figure for the file. ``note`` says what is counted."""

    key: str
    title: str
    sheet: str
    unit: str
    bars: Sequence[Bar]
    rows: list[list[str]]
    note: str = ""


def charts_of(year: Year, trend: Mapping[int, Month], list_url: ListUrl) -> list[Chart]:
    """Every chart of a year; ``list_url(year, **narrow)`` is the address of the trips behind a bar."""
    return [
        _months(year, list_url),
        _places(year, list_url),
        _lateness(trend, list_url),
        _readiness(year, list_url),
        _omissions(year, list_url),
        _gaps(year, list_url),
    ]


def rule_title(code: str) -> str:
    """A rule's code with its title in the page's language."""
    rule = BOOK.get(code)
    return f"{code} {rule.english if speaks_english() else rule.title}"


def month_name(month: int) -> str:
    return gettext("%(n)d月") % {"n": month}


def _months(year: Year, list_url: ListUrl) -> Chart:
    found = [(month, year.months.get(month, Month())) for month in MONTHS]
    head = [gettext("出発の月"), gettext("旅行"), gettext("参加者"), gettext("期限後の提出")]
    return Chart(
        key="months",
        title=gettext("出発の月"),
        sheet=gettext("月別"),
        unit=gettext("件"),
        bars=[Bar(month_name(month), one.trips, url=list_url(year.year, month=month)) for month, one in found],
        rows=[head, *([month_name(month), *map(str, (one.trips, one.people, one.late))] for month, one in found)],
    )


def _places(year: Year, list_url: ListUrl) -> Chart:
    found = [(name, _country(name), many) for name, many in year.places.items()]
    return Chart(
        key="places",
        title=gettext("行き先"),
        sheet=gettext("行き先"),
        unit=gettext("件"),
        bars=[Bar(shown, many, url=list_url(year.year, place=name)) for name, shown, many in found[:PLACES_SHOWN]],
        rows=_two_columns(gettext("行き先"), [(shown, many) for _, shown, many in found]),
        note=gettext("二つの国へ行く旅行は、両方に数えます。13番目からはXLSXにあります。"),
    )


def _lateness(trend: Mapping[int, Month], list_url: ListUrl) -> Chart:
    newest = sorted(trend, reverse=True)[:TREND]
    head = [gettext("年度"), gettext("旅行"), gettext("期限後の提出"), gettext("割合(%)")]
    return Chart(
        key="late",
        title=gettext("期限後に提出された旅行の割合"),
        sheet=gettext("期限後の提出"),
        unit="%",
        bars=[Bar(_year_name(one), _whole(trend[one].late_share), url=list_url(one, late=1)) for one in newest],
        rows=[head, *([_year_name(one), *_late_figures(trend[one])] for one in newest)],
        note=gettext("出発日のある年度で数え、割合は整数に丸めます。小数はXLSXにあります。"),
    )


def _readiness(year: Year, list_url: ListUrl) -> Chart:
    rows = [(label_of(band), many) for band, many in year.bands.items()]
    bars = [
        Bar(label_of(band), many, _TONES.get(band, ""), list_url(year.year, band=band.value))
        for band, many in year.bands.items()
    ]
    unread = gettext("未集計")
    return Chart(
        key="readiness",
        title=gettext("備えの点数(旅行ごと)"),
        sheet=gettext("備えの点数"),
        unit=gettext("件"),
        bars=[*bars, Bar(unread, year.unread, url=list_url(year.year, unread=1))],
        rows=_two_columns(gettext("点数"), [*rows, (unread, year.unread)]),
        note=gettext("監査の基準のうち計画で確かめられるものの割合です。監査した旅行は、その評価で数えます。"),
    )


def _omissions(year: Year, list_url: ListUrl) -> Chart:
    found = [(item, label_of(item), many) for item, many in year.missing.items()]
    return Chart(
        key="omissions",
        title=gettext("別添三の欠落(所管庁の照合)"),
        sheet=gettext("別添三の欠落"),
        unit=gettext("件"),
        bars=[Bar(label, many, url=list_url(year.year, missing=item.value)) for item, label, many in found],
        rows=_two_columns(gettext("項目"), [(label, many) for _, label, many in found]),
        note=gettext("所管庁の担当者が、どれかの版で「欠落」とした旅行の数です。"),
    )


def _gaps(year: Year, list_url: ListUrl) -> Chart:
    found = [(code, rule_title(code), many) for code, many in year.gaps.items() if code in CODES]
    return Chart(
        key="gaps",
        title=gettext("保険の不足(別添二)"),
        sheet=gettext("保険の不足"),
        unit=gettext("件"),
        bars=[Bar(title, many, "warn", list_url(year.year, gap=code)) for code, title, many in found[:PLACES_SHOWN]],
        rows=_two_columns(gettext("点検の項目"), [(title, many) for _, title, many in found]),
        note=gettext("提出された計画で要注意となった旅行の数です。助言は数えません。"),
    )


def _two_columns(head: str, rows: Sequence[tuple[str, int]]) -> list[list[str]]:
    return [[head, gettext("旅行")], *([label, str(many)] for label, many in rows)]


def _late_figures(one: Month) -> tuple[str, str, str]:
    return str(one.trips), str(one.late), "" if one.late_share is None else f"{one.late_share:g}"


def _whole(share: float | None) -> int:
    return round(share or 0)


def _year_name(year: int) -> str:
    return gettext("%(year)d年度") % {"year": year}


def _country(name: str) -> str:
    found = country_of(name)
    return found.en if found and speaks_english() else name
