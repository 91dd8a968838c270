"""在外公館別票: for each mission the duty officer's page of its own nights, then what it looks after, day by day.

The ministry sends each mission its own sheets. Not here: which mission looks after what (districts).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Card, Column, Grid, grid
from mofa_requests.documents.districts import District, districts
from mofa_requests.documents.duty import duty_sheet
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.itinerary import leg_grid, visit_span
from mofa_requests.documents.lodging import stay_cards
from mofa_requests.documents.values import BLANK, Shown, short_day, show
from portal.dossier.types import Activity, Dossier, Mission


@dataclasses.dataclass(frozen=True)
class MissionSet:
    """The sheets of one mission; ``legs`` and ``visits`` are None where nothing of the kind falls to it."""

    name: str
    duty: dict[str, Any]
    legs: Grid | None
    stays: tuple[Card, ...]
    visits: Grid | None


def missions_sheet(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of missions.html; one set of 未記入 when no mission is named and nothing is planned."""
    found = districts(dossier) or (District(Mission(key="none")),)
    return {"sets": [_set_of(dossier, district, entries=entries) for district in found]}


def _set_of(dossier: Dossier, district: District, *, entries: DirectoryEntries) -> MissionSet:
    duty = duty_sheet(dossier, entries=entries, district=district)
    mine = dossier.model_copy(update={"legs": district.legs, "stays": district.stays})
    return MissionSet(
        name=str(duty["to"]),
        duty=duty,
        legs=leg_grid(mine, entries=entries) if district.legs else None,
        stays=stay_cards(mine, entries=entries) if district.stays else (),
        visits=_visit_grid(dossier, district.visits) if district.visits else None,
    )


def _visit_grid(dossier: Dossier, visits: tuple[Activity, ...]) -> Grid:
    columns = (Column("日付", 16, "time"), Column("現地時刻", 16, "time"), Column("訪問先・活動", 50), Column("班", 18))
    ordered = sorted(visits, key=lambda visit: (visit.on or dt.date.max, visit.starts or dt.time()))
    return grid(columns, [_visit_row(dossier, visit) for visit in ordered])


def _visit_row(dossier: Dossier, visit: Activity) -> list[Shown]:
    title = show(visit.title)
    return [
        Shown(short_day(visit.on)) if visit.on else BLANK,
        visit_span(visit),
        Shown(title.text, title.look, visit.city or ""),
        Shown(people.group_names(dossier, visit.groups)),
    ]
