"""The end of a claim's retention: kept for one more year by a person, reminded of, erased by the clock.

Erased are every sealed value, the files and whose claim it was; number, state, days and sums stay for the books.
The row itself says when it ends, so a restored backup is erased again by the next round. Not here: when that runs.
"""

from __future__ import annotations

import datetime as dt

from django.core.files.storage import default_storage
from django.db import transaction

from insurance.machine import CLOSERS
from insurance.models import Claim, ClaimAmount, ClaimFile
from insurance.models.claims import SEALED
from insurance.queries import end_of
from insurance.retention import prolonged, reminder
from portal.accounts.queries import holders_of
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import post_notice
from portal.kit import clock
from portal.kit.machine import Refused


@transaction.atomic
def prolong_claim(claim: Claim, *, by: Actor) -> Claim:
    """Keep a closed claim for one more year. Raises ``Refused`` while its end is far or for an open claim."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk, erased_at=None)
    until = end_of(claim)
    if until is None:
        raise Refused("手続き中の請求は消去されません", "A claim that is open is not erased")
    if by.role not in CLOSERS:
        raise Refused("残すことを決められるのは、計画の作成者と校長です", "Drafter and principal decide on keeping it")
    claim.prolonged_until = prolonged(until, on=clock.today())
    claim.version += 1
    claim.save(update_fields=["prolonged_until", "version"])
    record(EventName.CLAIM_PROLONGED, by=by, about=_about(claim), number=claim.number, on=str(claim.prolonged_until))
    return claim


@transaction.atomic
def remind_of_erasure(*, on: dt.date) -> int:
    """Tell drafters and principal of the claims in view whose end is near; how many there are."""
    told = 0
    for claim, until in _closed():
        stage = reminder(until, on=on)
        if stage:
            told += 1
            for user_id in holders_of(claim.school_id, CLOSERS).values_list("pk", flat=True):
                key, link = f"{claim.pk}-{until}-{stage}", f"/trips/{claim.trip_id}/cover/claims/"
                post_notice("claim_ends", to=user_id, org_id=claim.school_id, key=key, link=link)
    return told


@transaction.atomic
def erase_claims(*, on: dt.date, by: Actor) -> int:
    """Erase the claims in view whose last day is past; how many there were."""
    past = [claim for claim, until in _closed() if until < on]
    for claim in past:
        _erase(claim, by)
    return len(past)


def _closed() -> list[tuple[Claim, dt.date]]:
    """Closed claims whose facts are there, each with the last day on which it is kept."""
    found = Claim.objects.select_for_update(of=("self",)).filter(erased_at=None, closed_on__isnull=False)
    return [(claim, until) for claim in found.order_by("trip_id", "number") if (until := end_of(claim))]


def _erase(claim: Claim, by: Actor) -> None:
    files = ClaimFile.objects.filter(claim=claim)
    names = list(files.filter(removed_at=None).values_list("stored_name", flat=True))
    files.update(shown_name=None)
    files.filter(removed_at=None).update(removed_at=clock.now())
    ClaimAmount.objects.filter(claim=claim).update(note=None)
    Claim.objects.filter(pk=claim.pk).update(
        **dict.fromkeys(SEALED), participant="", dues=[], papers={}, erased_at=clock.now()
    )
    record(EventName.CLAIM_ERASED, by=by, about=_about(claim), number=claim.number, files=len(names))
    # After commit only: a rolled back erasure must still find its files.
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _about(claim: Claim) -> Subject:
    return Subject(school_id=claim.school_id, trip_id=claim.trip_id)
