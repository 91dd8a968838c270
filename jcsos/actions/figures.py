"""Reading trips into figures and schools into benchmarks, as a job in JCSOS's own scope. Not here: the counting."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from jcsos.enums import Group, Verdict
from jcsos.models import Benchmark, TripFigure
from jcsos.models.figures import AT_LEAST
from jcsos.queries.figures import judged_of, known_of_revision, stale_trips
from jcsos.queries.readiness import scores_by_school
from jcsos.rules.readiness import gaps_of, mean_of, quarters_of, score_of, verdicts_of
from mofa_requests.actions.series import business_year
from mofa_requests.models import MofaRequest, Revision
from portal.kit import clock

AT_ONCE, ROUNDS = 500, 10
YEARS_PAST = 2
_READ = ("revision_id", "verdicts", "score", "cover_gaps", "read_at")


def read_waiting(*, rounds: int = ROUNDS) -> int:
    """Read what waits, some hundred trips a transaction; the next run goes on where this one stops. How many."""
    read = 0
    for _ in range(rounds):
        found = read_figures()
        read += found
        if found < AT_ONCE:
            break
    return read


@transaction.atomic
def read_figures(*, at_most: int = AT_ONCE) -> int:
    """Read up to ``at_most`` trips whose figure is missing or older than what it was read from; how many were read."""
    requests = list(stale_trips()[:at_most])
    revisions = _newest_revisions(requests)
    judged = judged_of(request.trip_id for request in requests)
    figures = [
        _figure(request, revisions[request.pk], judged.get(request.trip_id, {}))
        for request in requests
        if request.pk in revisions
    ]
    TripFigure.objects.bulk_create(
        figures, update_conflicts=True, unique_fields=["trip"], update_fields=_READ, batch_size=AT_ONCE
    )
    return len(figures)


def compare_recent(org_id: UUID, *, on: dt.date) -> None:
    """The benchmarks of the business year of ``on``, of the next and of two past."""
    this = business_year(on)
    for year in range(this + 1, this - YEARS_PAST - 1, -1):
        compare_schools(org_id, year=year)


@transaction.atomic
def compare_schools(org_id: UUID, *, year: int) -> list[Benchmark]:
    """Write the benchmarks of a business year anew; a group of fewer than five schools has none."""
    scores: dict[Group, list[int]] = defaultdict(list)
    for group, values in scores_by_school(year):
        mean = mean_of(values)
        if mean is not None:
            scores[group].append(mean)
    Benchmark.objects.filter(org_id=org_id, year=year).delete()
    return Benchmark.objects.bulk_create(
        Benchmark(
            org_id=org_id,
            year=year,
            group=group.value,
            schools=q.schools,
            lower=q.lower,
            middle=q.middle,
            upper=q.upper,
        )
        for group in Group
        if (q := quarters_of(scores[group], at_least=AT_LEAST))
    )


def _figure(request: MofaRequest, revision: Revision, judged: Mapping[str, Verdict]) -> TripFigure:
    verdicts = verdicts_of(known_of_revision(request, revision), judged)
    return TripFigure(
        school_id=request.school_id,
        trip_id=request.trip_id,
        revision_id=revision.pk,
        verdicts={code: verdict.value for code, verdict in verdicts.items()},
        score=score_of(verdicts),
        cover_gaps=gaps_of(revision.findings),
        read_at=clock.now(),
    )


def _newest_revisions(requests: Iterable[MofaRequest]) -> dict[UUID, Revision]:
    rows = Revision.objects.filter(request_id__in=[request.pk for request in requests])
    return {row.request_id: row for row in rows.order_by("number")}
