"""Scores of schools by year, for JCSOS and for the school itself, and the benchmark they stand beside. No writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from jcsos.enums import Group
from jcsos.models import Benchmark, TripFigure
from jcsos.queries.dashboard import trips, trips_of_year
from jcsos.rules.readiness import Reason, mean_of, reasons_of
from mofa_requests.actions.series import business_year
from portal.dossier.types import FounderType
from portal.tenancy.models import Org

YEARS_SHOWN = 5


@dataclass(frozen=True)
class SchoolYear:
    """One business year of a school: its score, the trips it rests on, why, and the benchmark of its group."""

    year: int
    score: int | None
    trips: int
    reasons: tuple[Reason, ...]
    beside: Benchmark | None


def group_of(school: Org) -> Group:
    """The schools one school is compared with."""
    return Group.UNIVERSITIES if school.founder == FounderType.UNIVERSITY.value else Group.SCHOOLS


def years_of_school(school: Org) -> list[SchoolYear]:
    """The last five business years with a score, the newest first. Three queries."""
    days = trips().filter(school_id=school.pk).values_list("trip_id", "departs_on")
    left = {trip_id: day for trip_id, day in days if day}
    figures = TripFigure.objects.filter(trip_id__in=list(left), score__isnull=False)
    table: dict[int, list[TripFigure]] = defaultdict(list)
    for figure in figures:
        table[business_year(left[figure.trip_id])].append(figure)
    newest = sorted(table, reverse=True)[:YEARS_SHOWN]
    beside = _benchmarks(group_of(school), newest)
    return [_school_year(year, table[year], beside) for year in newest]


def scores_by_school(year: int) -> Iterable[tuple[Group, list[int]]]:
    """The scores of each school's trips in a business year, with the group of the school. Two queries."""
    rows = trips_of_year(year).order_by()
    founders = dict(rows.values_list("trip_id", "school__founder"))
    figures = TripFigure.objects.filter(trip_id__in=rows.values("trip_id"), score__isnull=False)
    table: dict[tuple[Group, UUID], list[int]] = defaultdict(list)
    for trip_id, school_id, score in figures.values_list("trip_id", "school_id", "score"):
        university = founders.get(trip_id) == FounderType.UNIVERSITY.value
        table[Group.UNIVERSITIES if university else Group.SCHOOLS, school_id].append(int(score or 0))
    return [(group, scores) for (group, _), scores in table.items()]


def _benchmarks(group: Group, years: Iterable[int]) -> Mapping[int, Benchmark]:
    return {row.year: row for row in Benchmark.objects.filter(group=group.value, year__in=list(years))}


def _school_year(year: int, figures: list[TripFigure], beside: Mapping[int, Benchmark]) -> SchoolYear:
    scores = [figure.score for figure in figures if figure.score is not None]
    reasons = tuple(reasons_of(figure.verdicts for figure in figures))
    return SchoolYear(year, mean_of(scores), len(scores), reasons, beside.get(year))
