"""The year of an authority on paper, for its board: figures, then charts with their tables. Names no school.

Not here: counting (mofa_requests.yearly), the same figures as a page and as files (portal.ui.authority.yearly).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mofa_requests.documents import html
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.years import MONTHS, Year
from portal.kit.digest import digest_of, in_fours
from portal.kit.era import both_dates
from portal.kit.pdf import PartSource, Running, print_parts

TITLE = "海外修学旅行の届出に関する年度報告"
_FULL = 100


@dataclass(frozen=True)
class ReportBar:
    """One line of a chart: its label, its value in words, its length in per cent of the longest."""

    label: str
    value: str
    percent: int


@dataclass(frozen=True)
class Chart:
    """A chart that is its own table; ``note`` says what was counted."""

    title: str
    unit: str
    note: str
    bars: Sequence[ReportBar]


def report_pdf(year: Year, *, authority: str, on: dt.date) -> bytes:
    """The report as A4 pages; same figures and day, same bytes. Raises ``RenderError``."""
    title = f"{year.year}年度 {TITLE}"
    body = html.draw("yearly_report.html", report_sheet(year, authority=authority, on=on))
    part = PartSource("yearly_report", title, body)
    style = html.style("packet.css", "yearly_report.css")
    key = digest_of(body)
    lines = {"flags": [], "line": authority, "word": "照合符号", "key": in_fours(key), "foot": ""}
    running = Running(html.draw("running_paper.html", lines), html.style("running.css"))
    return print_parts([part], title=f"{title} {authority}", style=style, running=running).pdf


def report_sheet(year: Year, *, authority: str, on: dt.date) -> dict[str, object]:
    """What stands on the report."""
    return {
        "title": f"{year.year}年度 {TITLE}",
        "authority": authority,
        "on": both_dates(on),
        "period": f"{year.year}年4月1日から{year.year + 1}年3月31日まで(最初に提出された日で数える)",
        "figures": _figures(year),
        "charts": [chart for chart in _charts(year) if chart.bars],
        "months": [f"{month}月" for month in MONTHS],
        "places": [
            (place, many, [year.destinations[place].get(month, "") for month in MONTHS]) for place, many in year.places
        ],
    }


def _figures(year: Year) -> list[tuple[str, str]]:
    share = "―" if year.late_share is None else f"{year.late_share:g}%"
    return [
        ("提出された依頼", f"{year.filed}件"),
        ("期限後の提出", f"{year.late}件(提出の{share})" if year.filed else "0件"),
        ("差戻し後に再提出", f"{year.resubmitted}件"),
        ("外務省へ送付", f"{year.sent}件"),
        ("必着日を過ぎて到着", f"{year.received_late}件"),
        ("変更届", f"{year.amendments}件"),
    ]


def _charts(year: Year) -> list[Chart]:
    omitted = [(item.label, float(year.omissions.get(item.value, 0))) for item in Annex3Item]
    handled = [(f"{month}月", year.handling[month]) for month in MONTHS if month in year.handling]
    return [
        Chart(
            "別添三の項目ごとの欠落", "件", f"照合した{year.checked}版のうち、担当者が「欠落」とした数", _bars(omitted)
        ),
        Chart("届いてから送付までの日数", "日", "送付した月ごとの中央値(暦日)", _bars(handled)),
        Chart(
            "行き先", "件", "取り下げたものを除く旅行の数", _bars((place, float(many)) for place, many in year.places)
        ),
    ]


def _bars(values: Iterable[tuple[str, float]]) -> list[ReportBar]:
    pairs = list(values)
    longest = max((value for _, value in pairs), default=0.0)
    return [
        ReportBar(label, f"{value:g}", max(1, round(_FULL * value / longest)) if value else 0) for label, value in pairs
    ]
