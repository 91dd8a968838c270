"""Reading an authority's desk: the pace it works at, and what its people have saved. No writes.

Not here: one request (queries), how a pace becomes a forecast (forecast).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, FloatField, Q, QuerySet
from django.db.models.functions import Coalesce

from mofa_requests import queries
from mofa_requests.actions.chasing import unreceived
from mofa_requests.enums import RequestState
from mofa_requests.forecast import Forecast, Pace, forecast, observed
from mofa_requests.models import LetterRecord, MailOrder, MofaRequest, Packet, SavedView
from portal.kit import calendar, clock
from portal.lawbook.deadlines import DeadlineState
from portal.tenancy.scope import Scope

WINDOWS = (20, 60)
"""Open days looked back at: the present weeks, and, when little was sent in them, the present quarter."""
YEAR = dt.timedelta(days=365)


class Median(Aggregate):
    """The median of a duration, in seconds."""

    name = "Median"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %(expressions)s))"
    output_field = FloatField()


@dataclass(frozen=True)
class Handling:
    """How the desk has been working: plans sent within each window, and the median days from arrival to sending."""

    windows: tuple[Pace, ...]
    median_days: float | None
    sent_in_a_year: int

    @property
    def pace(self) -> Pace | None:
        return observed(self.windows)


def handling(org_id: UUID, *, on: dt.date) -> Handling:
    """What an authority's own history shows. One query over the plans it sent within a year."""
    since = {days: _begin_of(calendar.open_days_before(on, days)) for days in WINDOWS}
    sent = MofaRequest.objects.filter(forwarder_org_id=org_id, forwarded_at__gte=_begin_of(on - YEAR)).order_by()
    took = ExpressionWrapper(F("forwarded_at") - Coalesce("endorsed_at", "submitted_at"), output_field=DurationField())
    counted = {f"within_{days}": Count("pk", filter=Q(forwarded_at__gte=begin)) for days, begin in since.items()}
    found = sent.aggregate(year=Count("pk"), median=Median(took), **counted)
    seconds = found["median"]
    return Handling(
        windows=tuple(Pace(found[f"within_{days}"], days) for days in WINDOWS),
        median_days=None if seconds is None else seconds / 86_400,
        sent_in_a_year=found["year"],
    )


def foresee(pace: Pace | None, *, on: dt.date, scope: Scope | None = None) -> Forecast | None:
    """The forecast for every unsent plan in view; ``None`` while there is no pace to reckon with. One query."""
    if pace is None:
        return None
    unsent = queries.visible_to(scope).select_related(None).filter(state__in=queries.UNSENT).order_by()
    due = unsent.annotate(leaves=Coalesce("dispatch_due_on", "receipt_due_on")).exclude(leaves=None)
    return forecast(due.values_list("leaves", flat=True), pace=pace, on=on)


def counts_of(wishes: Sequence[Q], *, scope: Scope | None = None) -> list[int]:
    """How many requests in view meet each wish, in one query."""
    if not wishes:
        return []
    figures = {f"n{place}": Count("pk", filter=wish) for place, wish in enumerate(wishes)}
    found = queries.visible_to(scope).select_related(None).order_by().aggregate(**figures)
    return [found[f"n{place}"] for place in range(len(wishes))]


def views_of(membership_id: UUID) -> QuerySet[SavedView]:
    """The saved views of one membership, in the order they were made."""
    return SavedView.objects.filter(membership_id=membership_id)


def due_counts(*, on: dt.date, scope: Scope | None = None) -> dict[DeadlineState, int]:
    """How many unsent requests in view stand where, in one query over the unsent ones."""
    figures = {standing.value: Count("pk", filter=queries.due(standing, on=on)) for standing in DeadlineState}
    unsent = queries.visible_to(scope).select_related(None).filter(state__in=queries.UNSENT)
    found = unsent.order_by().aggregate(**figures)
    return {standing: found[standing.value] for standing in DeadlineState}


def calls_due(org_id: UUID, *, on: dt.date) -> int:
    """How many plans this authority sent that must arrive soon and ask for a telephone call."""
    return unreceived(on=on).filter(forwarder_org_id=org_id).select_related(None).order_by().count()


def _begin_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, clock.TOKYO)


@dataclass(frozen=True)
class Papers:
    """How far the papers of one plan are: the letter in force by number, its packet, the last order to mail that."""

    number: str = ""
    packet: Packet | None = None
    order: MailOrder | None = None


def ready_to_send(org_id: UUID) -> QuerySet[MofaRequest]:
    """The approved plans that this authority itself sends, the nearest day of dispatch first."""
    approved = queries.visible_to().filter(state=RequestState.APPROVED.value, forwarder_org_id=org_id)
    return approved.order_by("dispatch_due_on", "receipt_due_on", "id")


def papers_of(request_ids: Sequence[UUID]) -> dict[UUID, Papers]:
    """The papers of many plans, in three queries."""
    letters = {each.request_id: each for each in LetterRecord.objects.filter(request_id__in=request_ids).order_by("id")}
    packets = {
        each.request_id: each
        for each in Packet.objects.filter(request_id__in=request_ids).select_related("letter").order_by("rendered_at")
        if each.letter.content == letters[each.request_id].content
    }
    ordered = MailOrder.objects.filter(request_id__in=request_ids).order_by("ordered_at", "id")
    orders = {each.packet_id: each for each in ordered}
    return {
        key: Papers(
            letter.number,
            packets.get(key),
            orders.get(packets[key].pk) if key in packets else None,
        )
        for key, letter in letters.items()
    }
