"""The journey on one page: map, its table, the nights, day by day; to be printed or shown, nothing to write in.

Not here: drawing the map (portal.ui.route_map), the forms behind the rows (sections).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from portal.directory.airports import Airport
from portal.dossier.types import Dossier, Leg
from portal.ui.labels import label_of
from portal.ui.places import place_name
from portal.ui.route_map import RouteMap, draw_route
from portal.ui.school.days import journey, night_strips
from portal.ui.school.doors import WRITERS, TripPage, trip_page
from portal.ui.school.lines import names_in
from portal.ui.school.standing import look_at
from portal.ui.templatetags.shown import jday, jtime
from trips.enums import Section
from trips.facts.journey import airport_of, distance_km


@dataclass(frozen=True)
class RouteLine:
    """One leg as the table under the map prints it; ``number`` is the one on the map."""

    number: int
    name: str
    way: str
    departs: str
    arrives: str
    groups: str
    kilometres: str


@trip_page(WRITERS, purpose="日程の一覧と地図")
def board(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Map, table, nights and days of the plan."""
    standing = look_at(page)
    dossier = standing.dossier
    context = page.context(
        "workspace",
        map=route_of(dossier.legs),
        route=list(route_lines(dossier)),
        strips=night_strips(dossier, url_of=standing.section_url),
        days=journey(dossier, standing.findings_of(Section.ITINERARY), url_of=standing.section_url),
        outline=dossier.outline,
        crumbs=page.crumbs(gettext("旅程表"), (label_of(Section.ITINERARY), standing.section_url(Section.ITINERARY))),
    )
    return render(request, "school/board.html", context)


def route_of(legs: Iterable[Leg]) -> RouteMap | None:
    """The map of every leg between two known airports."""
    return draw_route((number, *ends) for number, leg in enumerate(legs, start=1) if (ends := _ends(leg)))


def route_lines(dossier: Dossier) -> Iterator[RouteLine]:
    """The same in words, and the legs that no map can show as well."""
    names = names_in(dossier)
    for number, leg in enumerate(dossier.legs, start=1):
        ends = _ends(leg)
        yield RouteLine(
            number=number,
            name=leg.number or label_of(leg.mode),
            way=f"{place_name(leg.origin) or '?'}→{place_name(leg.destination) or '?'}",
            departs=f"{jday(leg.departs_at)} {jtime(leg.departs_at)}".strip(),
            arrives=f"{jday(leg.arrives_at)} {jtime(leg.arrives_at)}".strip(),
            groups="・".join(names.get(key, key) for key in leg.groups),
            kilometres=f"{distance_km(*ends):,.0f}" if ends else "",
        )


def _ends(leg: Leg) -> tuple[Airport, Airport] | None:
    origin, destination = airport_of(leg.origin), airport_of(leg.destination)
    return (origin, destination) if origin and destination else None
