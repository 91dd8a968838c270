"""Document numbers of an authority, one series a business year. Not here: the letters that carry them (sending)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from mofa_requests.models import LetterRecord, NumberSeries
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused
from portal.tenancy.models import Org

_APRIL = 4
PLACE = "{n}"


def business_year(on: dt.date) -> int:
    """The 年度 of a day: April to March."""
    return on.year if on.month >= _APRIL else on.year - 1


@transaction.atomic
def set_series(org: Org, pattern: str, *, last: int, on: dt.date, by: Actor) -> NumberSeries:
    """Say how this year's numbers look (``7教高第{n}号``) and which one was used last. Raises ``Refused``."""
    if by.org_id != org.pk:
        raise Refused("文書番号を決められるのは、その所管庁の人だけです", "Only the authority itself sets its numbers.")
    if pattern.count(PLACE) != 1:
        raise Refused(
            "番号の形には「{n}」を一度だけ書いてください。例: 7教高第{n}号",
            "The pattern needs {n} exactly once.",
        )
    series, _ = NumberSeries.objects.update_or_create(
        org=org, year=business_year(on), defaults={"pattern": pattern, "last": last, "set_at": clock.now()}
    )
    record(EventName.SERIES_SET, by=by, about=Subject(forwarder_org_id=org.pk), year=series.year)
    return series


def series_of(org: Org, *, on: dt.date) -> NumberSeries | None:
    """The series of the business year of ``on``."""
    return NumberSeries.objects.filter(org=org, year=business_year(on)).first()


def take_number(org_id: UUID, *, on: dt.date) -> str:
    """The next free number, taken in the caller's transaction: what is rolled back is not used up."""
    series = NumberSeries.objects.select_for_update().filter(org_id=org_id, year=business_year(on)).first()
    if series is None:
        raise Refused(
            f"{business_year(on)}年度の文書番号がまだ決まっていません。「まとめて送付」のページで決めてください",
            f"The numbers of business year {business_year(on)} are not set yet. Set them on the sending page.",
        )
    while True:
        series.last += 1
        number = series.pattern.replace(PLACE, str(series.last))
        if not LetterRecord.objects.filter(forwarder_org_id=org_id, number=number, dated_on__year=on.year).exists():
            break
    series.save(update_fields=["last"])
    return number
