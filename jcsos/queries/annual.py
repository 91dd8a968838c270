"""What JCSOS's audits of one business year came to: campaigns, verdicts and findings as counts. No school, no writes.

Everything is counted over what JCSOS may see today; a criterion judged at fewer than five schools has no share.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jcsos.enums import AuditState, FindingState, Gravity, Verdict
from jcsos.models import Assessment, Benchmark, Campaign, Finding
from jcsos.models.figures import AT_LEAST
from jcsos.queries.dashboard import Year, year_of, years
from portal.kit import clock

_MENDED = FindingState.VERIFIED.value
_DROPPED = FindingState.DROPPED.value


@dataclass(frozen=True)
class Judged:
    """One criterion over the year: met of those assessed; both ``None`` when fewer than five schools were."""

    criterion: str
    met: int | None
    assessed: int | None


@dataclass(frozen=True)
class Annual:
    """A business year of JCSOS's audits; ``findings`` are (sent, mended, dropped) by gravity."""

    year: int
    figures: Year
    campaigns: tuple[Campaign, ...]
    judged: tuple[Judged, ...]
    findings: dict[Gravity, tuple[int, int, int]]
    by_criterion: dict[str, int]
    benchmarks: tuple[Benchmark, ...]


def annual_of(org_id: UUID, year: int) -> Annual:
    """Everything the yearly report tells. A fixed number of queries."""
    begins, ends = _begin(year), _begin(year + 1)
    sent = Finding.objects.filter(issued_at__gte=begins, issued_at__lt=ends)
    return Annual(
        year=year,
        figures=year_of(year, years().get(year, {})),
        campaigns=tuple(_campaigns(org_id, begins, ends)),
        judged=tuple(_judged(begins, ends)),
        findings=_findings(sent.values_list("gravity", "state")),
        by_criterion=dict(Counter(sent.order_by("criterion").values_list("criterion", flat=True))),
        benchmarks=tuple(Benchmark.objects.filter(org_id=org_id, year=year)),
    )


def _campaigns(org_id: UUID, begins: dt.datetime, ends: dt.datetime) -> QuerySet[Campaign]:
    drawn = Campaign.objects.filter(org_id=org_id, drawn_at__gte=begins, drawn_at__lt=ends)
    done = Count("audits", filter=Q(audits__state=AuditState.CLOSED.value))
    told = Count("audits", filter=Q(audits__result_at__isnull=False))
    return drawn.annotate(done=done, told=told).order_by("drawn_at")


def _judged(begins: dt.datetime, ends: dt.datetime) -> Iterable[Judged]:
    rows = Assessment.objects.filter(audit__result_at__gte=begins, audit__result_at__lt=ends)
    counted = (
        rows.exclude(verdict=Verdict.NOT_APPLICABLE.value)
        .values_list("criterion")
        .annotate(
            met=Count("pk", filter=Q(verdict=Verdict.MET.value)),
            many=Count("pk"),
            schools=Count("school_id", distinct=True),
        )
    )
    for code, met, many, schools in counted.order_by("criterion"):
        yield Judged(code, met, many) if schools >= AT_LEAST else Judged(code, None, None)


def _findings(rows: Iterable[tuple[str, str]]) -> dict[Gravity, tuple[int, int, int]]:
    found = list(rows)
    return {
        gravity: (
            sum(kind == gravity.value for kind, _ in found),
            sum((kind, state) == (gravity.value, _MENDED) for kind, state in found),
            sum((kind, state) == (gravity.value, _DROPPED) for kind, state in found),
        )
        for gravity in reversed(Gravity)
    }


def _begin(year: int) -> dt.datetime:
    return dt.datetime(year, 4, 1, tzinfo=clock.TOKYO)
