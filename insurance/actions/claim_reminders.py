"""Reminders of the days of claims: one mail when a day is near, one on the last day before it, one when it is past.

They stop by themselves when the thing is done or the claim is closed: ``dues`` then names the day no more. A mail
carries a link and nothing else. Run in the scope of one school. Not here: when this runs (tasks).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from insurance.machine import CLOSERS
from insurance.models import Claim
from insurance.queries import contracts_of, notice_of, still_due, terms_for
from portal.accounts.queries import holders_of
from portal.jobs.enqueue import post_notice
from portal.vault.keyring import cipher_for

NEAR = (7, 1)
"""How many days before a last day somebody is told."""


@transaction.atomic
def remind_claims(*, on: dt.date) -> int:
    """Tell the drafters and the principal of every day near or past; how many days there were.

    Days are counted anew first: the plan may say other days of the contract than when the claim was written.
    """
    told = 0
    for claim in recounted():
        for name, text in claim.dues:
            stage = _stage(dt.date.fromisoformat(text), on)
            if stage:
                _tell(claim, key=f"{claim.pk}-{name}-{text}-{stage}")
                told += 1
    return told


def recounted() -> list[Claim]:
    """Every claim in view with a day still to be kept, its days as the contracts state them now."""
    claims = list(Claim.objects.exclude(dues=[]))
    trips = {claim.trip_id for claim in claims}
    known = {trip_id: (contracts_of(trip_id), cipher_for(trip_id)) for trip_id in trips}
    for claim in claims:
        contracts, cipher = known[claim.trip_id]
        due = still_due(claim, notice_of(claim, cipher), terms_for(claim, contracts))
        dues = [[name, on.isoformat()] for name, on in due]
        if dues != claim.dues:
            claim.dues = dues
            claim.save(update_fields=["dues"])
    return claims


def _stage(due: dt.date, on: dt.date) -> str:
    """Which reminder a day has come to; empty while it is far."""
    left = (due - on).days
    if left < 0:
        return "past"
    return next((f"near{days}" for days in sorted(NEAR) if left <= days), "")


def _tell(claim: Claim, *, key: str) -> None:
    link = f"/trips/{claim.trip_id}/cover/claims/"
    for user_id in holders_of(claim.school_id, CLOSERS).values_list("pk", flat=True):
        post_notice("claim_due", to=user_id, org_id=claim.school_id, key=key, link=link)
