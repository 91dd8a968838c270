"""別添三 照合票: the authority's own tick of each of the seven items, its judgement, and its call to the ministry.

Not here: findings of the rules; an officer ticks for himself (領保6157 記二(一)).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mofa_requests.documents.annex3 import Annex3Item, other_ticks, ticks_by_item
from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.values import Shown, fact, facts, show, show_or_none, show_or_untold
from portal.dossier.types import Confirmation, Dossier, EnteredBy, Tick, TickResult
from trips.enums import SECTION_PROPERTIES, Section
from trips.facts.authorship import filled_count

WHERE = {
    Annex3Item.ITINERARY: "日程表",
    Annex3Item.SCHOOL: "計画書",
    Annex3Item.HOME: "計画書",
    Annex3Item.LODGING: "宿泊先一覧",
    Annex3Item.AGENT: "緊急連絡体制表",
    Annex3Item.INSURER: "保険",
    Annex3Item.ROSTER: "参加者名簿",
}
MARKS = {TickResult.PRESENT: "○", TickResult.MISSING: "×", TickResult.NOT_APPLICABLE: "―"}


def check_sheet(dossier: Dossier) -> dict[str, Any]:
    """The context of check_sheet.html."""
    request = dossier.request
    return {
        "ticks": _tick_grid(dossier),
        "decision": facts(request.decision, "judgement", "reasons", "decided_on", "decided_by"),
        "call": (fact(request, "mofa_called_on", show_or_untold), fact(request, "mofa_called_note", show_or_untold)),
        "confirmations": _confirmation_grid(dossier),
        "own_hand": own_hand(dossier),
    }


def _tick_grid(dossier: Dossier) -> Grid:
    columns = (
        Column("別添三の項目", 46),
        Column("記載の場所", 18),
        Column("照合", 16, "centre"),
        Column("所見", 20),
    )
    ticks = ticks_by_item(dossier)
    rows = [[Shown(item.label), Shown(WHERE[item]), *_result(ticks.get(item))] for item in Annex3Item]
    others = [[Shown(f"その他の項目({tick.item})"), Shown("―"), *_result(tick)] for tick in other_ticks(dossier)]
    return grid(columns, rows + others)


def _result(tick: Tick | None) -> list[Shown]:
    if tick is None:
        return [show(None), show(None)]
    return [Shown(f"{MARKS[tick.result]} {tick.result.label}", "strong"), show_or_none(tick.note)]


def _confirmation_grid(dossier: Dossier) -> Grid:
    """Whether teachers made what an agent typed their own (15初国教第25号: 業者に任せただけ); alike ones in one row."""
    columns = (Column("入力した人", 20), Column("職員が確認した日", 22), Column("欄", 58))
    alike: dict[tuple[str, dt.date | None], list[str]] = {}
    for mark in dossier.confirmations:
        alike.setdefault((mark.entered_by.label, mark.confirmed_on), []).append(_section_name(mark.section))
    return grid(columns, [[Shown(who), show(day), Shown("、".join(names))] for (who, day), names in alike.items()])


def own_hand(dossier: Dossier) -> str:
    """How many of the filled fields the school's staff entered or confirmed (15初国教第25号); the roster apart."""
    unconfirmed = {mark.section for mark in dossier.confirmations if _waits(mark)}
    filled = {section: _filled(dossier, section) for section in Section if section is not Section.ROSTER}
    total = sum(filled.values())
    if not total:
        return ""
    own = total - sum(number for section, number in filled.items() if section.value in unconfirmed)
    share = own * 100 // total
    return f"記入のある{total}欄のうち{own}欄({share}%)を、学校の職員が入力または確認しています(名簿を除く)。"


def _waits(mark: Confirmation) -> bool:
    return mark.entered_by is EnteredBy.AGENT and mark.confirmed_on is None


def _filled(dossier: Dossier, section: Section) -> int:
    return filled_count({prop: getattr(dossier, prop) for prop in SECTION_PROPERTIES[section]})


def _section_name(slug: str) -> str:
    return Section(slug).label if slug in set(Section) else slug
