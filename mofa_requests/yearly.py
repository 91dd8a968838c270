"""What an authority's year looked like, counted from its requests. Pure figures; not here: charts, files (portal.ui).

A year is a business year (April to March) and goes by the first submission of each plan. Three queries.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median
from uuid import UUID

from mofa_requests.actions.series import business_year
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest, Revision, TickSheet
from mofa_requests.years import MONTHS, Year
from portal.dossier.types import TickResult
from portal.kit import clock

_CITY = re.compile(r"\(.*?\)")
_ONE_DAY = 86_400


def first_year(org_id: UUID) -> int:
    """The business year of the oldest plan that was ever filed with an authority; this year without any."""
    oldest = _of(org_id).order_by("submitted_at").values_list("submitted_at", flat=True).first()
    return business_year(_day(oldest) if oldest else clock.today())


def year_of(org_id: UUID, year: int) -> Year:
    """The figures of one business year."""
    begins, ends = _begin(year), _begin(year + 1)
    rows = list(_of(org_id).filter(submitted_at__gte=begins, submitted_at__lt=ends))
    filings = [row for row in rows if row.kind == RequestKind.FILING.value]
    sheets = _sheets(org_id, begins, ends)
    return Year(
        year=year,
        filed=len(filings),
        late=sum(row.late for row in filings),
        resubmitted=sum(row.revision_number > 1 for row in filings),
        sent=sum(row.forwarded_at is not None for row in filings),
        received_late=sum(_received_late(row) for row in filings),
        amendments=sum(row.kind == RequestKind.AMENDMENT.value for row in rows),
        omissions=_omissions(sheets),
        checked=len(sheets),
        handling=_handling(filings),
        destinations=_destinations(filings),
    )


def countries_of(places: str) -> list[str]:
    """``台湾(台北)、シンガポール`` → the places without their cities, each once."""
    return list(dict.fromkeys(_CITY.sub("", part).strip() for part in places.split("、") if part.strip()))


def _of(org_id: UUID):  # type: ignore[no-untyped-def]
    figures = (
        *("kind", "state", "late", "revision_number", "places", "departs_on", "receipt_due_on", "received_on"),
        *("submitted_at", "endorsed_at", "forwarded_at"),
    )
    filed = MofaRequest.objects.filter(forwarder_org_id=org_id, submitted_at__isnull=False)
    return filed.exclude(state=RequestState.DRAFT.value).only(*figures).order_by()


def _sheets(org_id: UUID, begins: dt.datetime, ends: dt.datetime) -> list[list[dict[str, str]]]:
    """The ticks of every revision of the year that was checked."""
    revisions = Revision.objects.filter(submitted_at__gte=begins, submitted_at__lt=ends).values("pk")
    checked = TickSheet.objects.filter(forwarder_org_id=org_id, revision_id__in=revisions, saved_at__isnull=False)
    return list(checked.values_list("ticks", flat=True))


def _omissions(sheets: Iterable[list[dict[str, str]]]) -> dict[str, int]:
    """Item of 別添三 → revisions in which the officer found it missing, every item named."""
    missing = TickResult.MISSING.value
    found = Counter(tick["item"] for ticks in sheets for tick in ticks if tick["result"] == missing)
    return {item.value: found[item.value] for item in Annex3Item}


def _handling(rows: Iterable[MofaRequest]) -> dict[int, float]:
    """Month of sending → median days from arrival on the desk to sending."""
    took: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        arrived = row.endorsed_at or row.submitted_at
        if row.forwarded_at is not None and arrived is not None:
            days = (row.forwarded_at - arrived).total_seconds() / _ONE_DAY
            took[_day(row.forwarded_at).month].append(days)
    return {month: round(median(took[month]), 1) for month in MONTHS if month in took}


def _destinations(rows: Iterable[MofaRequest]) -> dict[str, dict[int, int]]:
    """Place → month of departure → trips that go there."""
    table: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.departs_on is not None and row.state != RequestState.WITHDRAWN.value:
            for place in countries_of(row.places):
                table[place][row.departs_on.month] += 1
    return {place: dict(months) for place, months in table.items()}


def _received_late(row: MofaRequest) -> bool:
    return bool(row.received_on and row.receipt_due_on and row.received_on > row.receipt_due_on)


def _begin(year: int) -> dt.datetime:
    return dt.datetime(year, MONTHS[0], 1, tzinfo=clock.TOKYO)


def _day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(clock.TOKYO).date()
