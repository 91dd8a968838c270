"""What a trip's figure is read from: the newest revision and, where an audit judged, its verdicts. No writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from jcsos.enums import FindingState, Verdict
from jcsos.models import Assessment, Finding, TripAudit, TripFigure
from jcsos.queries.dashboard import trips
from jcsos.queries.window import open_part
from jcsos.rules.criteria import Known
from mofa_requests.models import MofaRequest, Revision
from portal.kit import clock
from trips.queries import call_log

READ_AGAIN = dt.timedelta(hours=23)
STILL_MOVING = dt.timedelta(days=30)


def stale_trips() -> QuerySet[MofaRequest]:
    """Trips in view without a figure, or with one older than their last submission or audit; the newest first.

    A trip that leaves or has just left is read again each day: its test calls are recorded until then.
    """
    read = TripFigure.objects.filter(trip_id=OuterRef("trip_id"), read_at__gte=OuterRef("submitted_at"))
    settled = Q(departs_on__lt=clock.today() - STILL_MOVING)
    lately = Exists(read.filter(read_at__gte=clock.now() - READ_AGAIN))
    older = TripFigure.objects.filter(trip_id=OuterRef("request__trip_id"), read_at__lt=OuterRef("told_at"))
    audits = TripAudit.objects.annotate(told_at=Coalesce("closed_at", "result_at")).filter(Exists(older))
    fresh = Exists(read) & (settled | lately) & ~Q(trip_id__in=audits.values("request__trip_id"))
    return trips().filter(~fresh).order_by("-submitted_at")


def known_of_revision(request: MofaRequest, revision: Revision) -> Known:
    """What the portal knows of a trip: the open part of one revision and the dates of its way."""
    return Known(
        dossier=open_part(revision),
        revision=revision.number,
        submitted_on=revision.submitted_at.astimezone(clock.TOKYO).date(),
        school_due_on=request.school_due_on,
        received_on=request.received_on,
        receipt_due_on=request.receipt_due_on,
        late=request.late,
        calls=tuple(call_log(request.trip_id)),
        on=clock.today(),
    )


def judged_of(trip_ids: Iterable[UUID]) -> dict[UUID, dict[str, Verdict]]:
    """Trip → criterion → what its last audit with a result judged; a fault whose mending was verified counts as met."""
    wanted = list(trip_ids)
    rows = Assessment.objects.filter(audit__request__trip_id__in=wanted, audit__result_at__isnull=False)
    table: dict[UUID, dict[str, Verdict]] = {}
    found = rows.order_by("audit__result_at").values_list("audit__request__trip_id", "criterion", "verdict")
    for trip_id, criterion, verdict in found:
        table.setdefault(trip_id, {})[criterion] = Verdict(verdict)
    for trip_id, criterion in _mended(wanted):
        table[trip_id][criterion] = Verdict.MET
    return table


def _mended(trip_ids: list[UUID]) -> Iterable[tuple[UUID, str]]:
    rows = Finding.objects.filter(audit__request__trip_id__in=trip_ids, audit__result_at__isnull=False)
    unsettled = rows.exclude(state__in=(FindingState.VERIFIED.value, FindingState.DROPPED.value))
    still = set(unsettled.values_list("audit__request__trip_id", "criterion"))
    done = rows.filter(state=FindingState.VERIFIED.value).values_list("audit__request__trip_id", "criterion")
    return set(done) - still
