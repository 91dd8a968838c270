"""The workspace of a trip: its sections as a task list, the meter of 別添三, open findings, the deadline ladder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.queries.circulars import on_countries
from mofa_requests import queries
from portal.lawbook.finding import Severity
from portal.ui.places import city_in_country
from portal.ui.school.calls import untested
from portal.ui.school.cards import desk_of, next_step
from portal.ui.school.doors import DRAFTERS, WRITERS, TripPage, trip_page
from portal.ui.school.editions import newer_edition
from portal.ui.school.following import correction_day
from portal.ui.school.standing import Standing, look_at
from trips.queries import waiting_count

_SHOWN = 6


@trip_page(WRITERS, purpose="旅行計画の作業台")
def workspace(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Everything about one plan at a glance."""
    standing = look_at(page)
    blocking = [f for f in standing.report.of(Severity.BLOCK) if standing.field_url(f.field)]
    context = page.context(
        "workspace",
        tasks=standing.tasks(),
        meter=standing.meter,
        rungs=standing.rungs(),
        shown=standing.shown(blocking[:_SHOWN]),
        blocking=len(blocking),
        advice=len(standing.report.findings) - len(blocking),
        outline=standing.dossier.outline,
        next_step=next_step(page.request),
        desk=desk_of(page.request),
        correction=correction_day(page.request),
        late_items=[] if page.is_agent else _late_items(page),
        open_remarks=[] if page.is_agent else _open_remarks(page),
        waiting=0 if page.is_agent or not page.editable else waiting_count(page.trip),
        untested=(0, 0) if page.is_agent else untested(standing),
        may_draft=page.role in DRAFTERS,
        newer=newer_edition(standing),
        places=[city_in_country(d.country, d.city) for d in standing.dossier.destinations if not d.transit],
        news=[] if page.is_agent else _news(standing),
        people=len(standing.dossier.participants) or standing.dossier.outline.party.total,
        crumbs=[(gettext("旅行"), reverse("trips:home")), (page.title, "")],
    )
    return render(request, "school/workspace.html", context)


def _news(standing: Standing) -> list[object]:
    """JCSOS's circulars on the countries of this plan; a school that is no member sees none."""
    return list(on_countries({place.country for place in standing.dossier.destinations if place.country}))


def _late_items(page: TripPage) -> list[object]:
    return list(queries.conditions_of(page.request).filter(met_at=None))


def _open_remarks(page: TripPage) -> list[object]:
    return list(queries.remarks_of(page.request).filter(answered_at=None))
