"""JCSOS's yearly report: one A4 PDF of a business year's trips, audits, findings and benchmarks. In Japanese.

Not here: who may have it (portal.ui.jcsos), the counting (queries.annual). It names no school and no person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jcsos.documents.paper import draw_paper, running_lines
from jcsos.models import Campaign
from jcsos.models.figures import AT_LEAST
from jcsos.queries.annual import Annual, Judged
from jcsos.rules.criteria import BY_CODE
from mofa_requests.documents.html import style
from mofa_requests.rules import BOOK
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.kit.pdf import PartSource, print_parts
from portal.lawbook.words import day_words
from portal.tenancy.models import Org

TITLE = "年次報告書"
_PLACES = 10
_HIDDEN = f"{AT_LEAST}校未満のため出しません"


def build_annual(org: Org, annual: Annual, *, on: dt.date) -> bytes:
    """The PDF of a business year as it is known on ``on``. The same figures give the same bytes.

    Raises ``portal.kit.pdf.RenderError`` when it cannot be laid out.
    """
    sheet = annual_sheet(annual, on=on)
    body = draw_paper("annual", sheet)
    running = running_lines(
        whose=str(org),
        title=TITLE,
        number=f"{annual.year}年度",
        revision=f"{day_words(on)}現在",
        key=digest_of(sheet),
        demo=org.demo,
    )
    title = f"{org} {annual.year}年度 {TITLE}"
    return print_parts([PartSource("annual", TITLE, body)], title=title, style=style("packet.css"), running=running).pdf


def annual_sheet(annual: Annual, *, on: dt.date) -> dict[str, Any]:
    """Everything the paper prints, as texts."""
    figures, whole = annual.figures, annual.figures.whole
    share = "—" if whole.late_share is None else f"{whole.late_share:g}%({whole.late}件)"
    return {
        "title": f"{annual.year}年度 {TITLE}",
        "facts": [
            ("対象", f"{annual.year}年4月1日から{annual.year + 1}年3月31日まで"),
            ("数えた日", day_words(on)),
            ("旅行", f"{whole.trips}件({figures.schools}校、{whole.people}人)"),
            ("期限後の提出", share),
        ],
        "places": [(name, f"{many}件") for name, many in list(figures.places.items())[:_PLACES]],
        "scores": [(band.label, f"{many}件") for band, many in figures.bands.items()],
        "missing": [(item.label, f"{many}件") for item, many in figures.missing.items()],
        "gaps": [(f"{code} {BOOK.get(code).title}", f"{many}件") for code, many in figures.gaps.items()],
        "campaigns": [_campaign(campaign) for campaign in annual.campaigns],
        "judged": [_judged(one) for one in annual.judged],
        "findings": [(gravity.label, *map(str, counts)) for gravity, counts in annual.findings.items()],
        "by_criterion": [(f"{code} {BY_CODE[code].title}", f"{many}件") for code, many in annual.by_criterion.items()],
        "benchmarks": [
            (row.group_kind.label, f"{row.schools}校", f"{row.lower}点", f"{row.middle}点", f"{row.upper}点")
            for row in annual.benchmarks
        ],
        "hidden": _HIDDEN,
    }


def _campaign(campaign: Campaign) -> dict[str, str]:
    """``told`` and ``done`` are annotated by the query."""
    drawn_on = campaign.drawn_at.astimezone(clock.TOKYO).date() if campaign.drawn_at else None
    return {
        "title": campaign.title,
        "period": f"{day_words(campaign.period_from)}から{day_words(campaign.period_to)}まで",
        "drawing": f"{day_words(drawn_on)}に{campaign.population_size}件から{campaign.drawn_size}件(種{campaign.seed})"
        if drawn_on
        else "—",
        "state": f"結果{getattr(campaign, 'told', 0)}件、終了{getattr(campaign, 'done', 0)}件",
    }


def _judged(one: Judged) -> tuple[str, str]:
    title = f"{one.criterion} {BY_CODE[one.criterion].title}"
    return title, _HIDDEN if one.assessed is None else f"{one.assessed}件のうち{one.met}件が満たす"
