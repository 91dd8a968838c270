"""Counting the trips in JCSOS's window for its dashboard, in a fixed number of queries, never a person.

A figure is a count over ``trips``; the list behind it is the same rows narrowed by ``narrowed``, so that both agree.
Not here: charts and files (portal.ui.jcsos), reading a trip (actions.figures), scores of a school (readiness).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When

from jcsos.enums import Band
from jcsos.models import TripFigure
from jcsos.rules.readiness import band_of, bounds_of
from mofa_requests.actions.series import business_year
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from mofa_requests.queries import visible_to
from mofa_requests.yearly import MONTHS
from portal.directory.positions import country_of

LONGEST_TRIP = dt.timedelta(days=366)
"""Nobody is looked for abroad on a trip that left longer ago: the index on the departure then does the work."""


@dataclass(frozen=True)
class Month:
    """Trips that leave in one month, those of them filed late, and the people of all."""

    trips: int = 0
    late: int = 0
    people: int = 0

    def __add__(self, other: Month) -> Month:
        return Month(self.trips + other.trips, self.late + other.late, self.people + other.people)

    @property
    def late_share(self) -> float | None:
        """Per cent with one decimal; ``None`` without trips."""
        return round(100 * self.late / self.trips, 1) if self.trips else None


@dataclass(frozen=True)
class Year:
    """One business year by departure. ``months`` go April to March; ``places`` are trips by Japanese country name."""

    year: int
    months: Mapping[int, Month] = field(default_factory=dict)
    schools: int = 0
    places: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[Band, int] = field(default_factory=dict)
    missing: Mapping[Annex3Item, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> Month:
        return sum(self.months.values(), Month())

    @property
    def unread(self) -> int:
        """Trips whose score was not read yet."""
        return self.whole.trips - sum(self.bands.values())


@dataclass(frozen=True)
class Narrow:
    """Which trips a figure stands for; an empty field narrows nothing."""

    month: int | None = None
    place: str = ""
    late: bool = False
    band: Band | None = None
    unread: bool = False
    missing: str = ""
    gap: str = ""


def trips() -> QuerySet[MofaRequest]:
    """Each trip in view once, by its newest submitted request; withdrawn ones never travelled.

    What takes a counted request's place is always an amendment: a new filing follows a withdrawn one alone. Of those
    there are few, and the index on what they amend finds them.
    """
    counted = Q(submitted_at__isnull=False) & ~Q(state=RequestState.WITHDRAWN.value)
    amendments = MofaRequest.objects.filter(counted, amends__isnull=False)
    return visible_to().filter(counted, ~Exists(amendments.filter(trip_id=OuterRef("trip_id"), pk__gt=OuterRef("pk"))))


def trips_of_year(year: int) -> QuerySet[MofaRequest]:
    """Trips that leave between 1 April of ``year`` and 31 March."""
    return trips().filter(departs_on__range=(dt.date(year, MONTHS[0], 1), dt.date(year + 1, MONTHS[-1], 31)))


def abroad_on(day: dt.date) -> QuerySet[MofaRequest]:
    """Trips that have left by ``day`` and come back on that day or later."""
    return trips().filter(departs_on__range=(day - LONGEST_TRIP, day), returns_on__gte=day)


def people_abroad(day: dt.date) -> tuple[int, int]:
    """Trips and people abroad on a day."""
    found = abroad_on(day).order_by().aggregate(trips=Count("pk"), people=Sum("party_total"))
    return found["trips"], found["people"] or 0


def years() -> dict[int, dict[int, Month]]:
    """Business year → month → figures, for every year in view. One query, a row for each day of departure."""
    rows = with_lateness(trips()).order_by().filter(departs_on__isnull=False).values_list("departs_on")
    counted = rows.annotate(many=Count("pk"), slow=Count("pk", filter=Q(was_late=True)), people=Sum("party_total"))
    table: dict[int, dict[int, Month]] = {}
    for day, many, late, people in counted:
        months = table.setdefault(business_year(day), {})
        months[day.month] = months.get(day.month, Month()) + Month(many, late, people or 0)
    return table


def year_of(year: int, months: Mapping[int, Month]) -> Year:
    """The figures of one business year beside its ``months`` (from ``years``). Two queries."""
    rows = trips_of_year(year).order_by()
    figures = TripFigure.objects.filter(trip_id__in=rows.values("trip_id")).order_by()
    schools, places = _columns(rows.values_list("school_id", "places"), width=2)
    scores, missing, gaps = _columns(figures.values_list("score", "missing", "cover_gaps"), width=3)
    return Year(
        year=year,
        months={month: months[month] for month in MONTHS if month in months},
        schools=len(set(schools)),
        places=_most_first(place for written in places for place in _countries_in(written)),
        bands=_bands(score for score in scores if score is not None),
        missing=_missing(item for items in missing for item in items),
        gaps=_most_first(code for codes in gaps for code in codes),
    )


def narrowed(rows: QuerySet[MofaRequest], by: Narrow) -> QuerySet[MofaRequest]:
    """The trips behind one figure."""
    if by.month:
        rows = rows.filter(departs_on__month=by.month)
    if by.place:
        rows = rows.filter(places__regex=rf"(^|、){re.escape(by.place)}(、|\(|$)")
    if by.late:
        rows = with_lateness(rows).filter(was_late=True)
    for figures in _figures_wanted(by):
        rows = rows.filter(trip_id__in=figures.values("trip_id"))
    if by.unread:
        rows = rows.exclude(trip_id__in=TripFigure.objects.filter(score__isnull=False).values("trip_id"))
    return rows


def with_lateness(rows: QuerySet[MofaRequest]) -> QuerySet[Any]:
    """``was_late`` of a trip is that of its filing: an amendment of it has no deadline of its own."""
    filed = MofaRequest.objects.filter(trip_id=OuterRef("trip_id"), kind=RequestKind.FILING.value, late=True)
    amended = When(kind=RequestKind.AMENDMENT.value, then=Exists(filed))
    return rows.annotate(was_late=Case(amended, default=F("late"), output_field=BooleanField()))


def _figures_wanted(by: Narrow) -> Iterable[QuerySet[TripFigure]]:
    if by.band:
        yield TripFigure.objects.filter(score__range=bounds_of(by.band))
    if by.missing:
        yield TripFigure.objects.filter(missing__contains=[by.missing])
    if by.gap:
        yield TripFigure.objects.filter(cover_gaps__contains=[by.gap])


def _columns(rows: Iterable[tuple[Any, ...]], *, width: int) -> list[tuple[Any, ...]]:
    """Rows turned into ``width`` columns; empty ones without any row."""
    return list(zip(*rows, strict=True)) or [()] * width


def _most_first(names: Iterable[str]) -> dict[str, int]:
    """Name → how often it occurs, the most frequent first, then by name."""
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


@lru_cache(maxsize=4096)
def _countries_in(places: str) -> frozenset[str]:
    """``米国(ハワイ)(ホノルル)、台湾(台北)`` → the countries by Japanese name; an unlisted place as written."""
    parts = filter(None, (part.strip() for part in places.split("、")))
    return frozenset(found.ja if (found := country_of(part)) else part for part in parts)


def _bands(scores: Iterable[int]) -> dict[Band, int]:
    found = Counter(map(band_of, scores))
    return {band: found[band] for band in Band}


def _missing(items: Iterable[str]) -> dict[Annex3Item, int]:
    found = Counter(items)
    return {item: found[item.value] for item in Annex3Item}
