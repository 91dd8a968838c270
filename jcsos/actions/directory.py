"""Recording that an entry of the directory was checked. A check is never changed; the next one comes on top."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.enums import CheckOutcome
from jcsos.models import DirectoryCheck
from jcsos.queries.directory import entry_of
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused


@dataclass(frozen=True)
class Found:
    """What a check found, and where: a page's title or whom one asked."""

    outcome: CheckOutcome
    source: str
    verified_on: dt.date
    address: str = ""
    phone: str = ""
    valid_from: dt.date | None = None
    note: str = ""


@transaction.atomic
def check_entry(org_id: UUID, listed: str, key: str, found: Found, *, by: Actor) -> DirectoryCheck:
    """Keep one check. Raises ``Refused`` for an unknown entry, a day to come, and a number that is not given."""
    entry = entry_of(org_id, listed, key, on=clock.today())
    if entry is None:
        raise Refused(gettext("この窓口・在外公館は一覧にありません。一覧から選び直してください"))
    if found.verified_on > clock.today():
        raise Refused(gettext("確かめた日には、今日か、それより前の日を入れてください"))
    if found.outcome is CheckOutcome.FOUND and not (found.phone or found.address):
        raise Refused(gettext("確かめた電話番号か住所を入れてください"))
    if found.outcome is CheckOutcome.CONFIRMED and not entry.numbers:
        raise Refused(gettext("まだ番号がありません。「番号・住所を確かめた」を選び、番号を入れてください"))
    kept = asdict(found) | {"outcome": found.outcome.value, **_carried(found, entry.numbers, entry.address)}
    check = DirectoryCheck.objects.create(org_id=org_id, listed=listed, key=key, checked_by_id=by.person_id, **kept)
    record(EventName.DIRECTORY_CHECKED, by=by, about=Subject(), entry=entry.name)
    return check


def _carried(found: Found, numbers: tuple[tuple[str, str], ...], address: str) -> dict[str, str]:
    """A confirmation says again what an earlier check had read; the table's own numbers stay the table's."""
    if found.outcome is not CheckOutcome.CONFIRMED:
        return {}
    return {"phone": dict(numbers).get("電話", ""), "address": address}
