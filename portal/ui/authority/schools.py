"""The schools whose requests come to this authority, each with its requests by state. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mofa_requests import queries
from mofa_requests.enums import RequestState
from portal.accounts.access import members
from portal.dossier.types import FounderType
from portal.ui.authority.doors import OFFICERS
from portal.ui.authority.words import org_name
from portal.ui.labels import label_of

_STATES = tuple(state for state in RequestState if state is not RequestState.DRAFT)


@dataclass(frozen=True)
class SchoolRow:
    """One school: founder, the board between if there is one, requests by state."""

    name: str
    founder: str
    through: str
    figures: list[int]
    url: str

    @property
    def total(self) -> int:
        return sum(self.figures)


@members(OFFICERS, purpose="所管する学校の一覧")
def schools(request: HttpRequest) -> HttpResponse:
    """All schools below, by reading."""
    membership = request.membership  # type: ignore[attr-defined]
    counts = queries.state_counts()
    rows = [
        SchoolRow(
            name=org_name(school),
            founder=label_of(FounderType(school.founder)),
            through=org_name(school.parent) if school.parent_id != membership.org_id else "",
            figures=[counts.get(school.pk, {}).get(state, 0) for state in _STATES],
            url=f"{reverse('mofa_requests:inbox')}?{urlencode({'q': school.name, 'state': 'all'})}",
        )
        for school in queries.schools_below(membership.org_id)
    ]
    context = {
        "rows": rows,
        "states": [label_of(state) for state in _STATES],
        "sums": [sum(row.figures[place] for row in rows) for place in range(len(_STATES))],
        "total": sum(row.total for row in rows),
        "has_boards": any(row.through for row in rows),
    }
    return render(request, "authority/schools.html", context)
