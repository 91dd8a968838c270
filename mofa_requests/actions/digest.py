"""One mail a day to each person of an authority: how much waits where, with links; none when nothing waits.

Figures and links alone, never a name. Not here: when this runs (tasks), the wording (templates/email/digest).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mofa_requests import desk
from mofa_requests.actions.chasing import unsettled_faxes
from mofa_requests.deputies import OFFICERS, mandates_of
from mofa_requests.enums import RequestState
from mofa_requests.models import DigestWish
from portal.accounts.acting import actor_of, scope_of
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.jobs.enqueue import post_notice
from portal.kit import calendar, clock
from portal.lawbook.deadlines import DeadlineState
from portal.tenancy.scope import acting_as

FROM_HOUR = 7
"""Tokyo time from which the day's mail goes out."""


def send_digests(org_id: UUID, *, at: dt.datetime) -> int:
    """Post the day's mail to everybody at an authority who wants it and has something waiting; how many.

    On days on which the office is open, from ``FROM_HOUR`` on; a second round on the same day posts nothing new.
    """
    here = at.astimezone(clock.TOKYO)
    if here.hour < FROM_HOUR or not calendar.is_open(here.date()):
        return 0
    roles = [role.value for role in OFFICERS]
    held = Membership.objects.filter(org_id=org_id, active=True, user__is_active=True, role__in=roles)
    people = {each.user_id: each for each in held.select_related("user", "org").order_by("role")}
    return sum(_post(each, on=here.date()) for each in people.values())


def waiting_of(membership: Membership, *, on: dt.date) -> dict[str, int]:
    """What waits for one person, by the names that the mail knows; run in that person's scope."""
    by = actor_of(membership)
    stead = [each.row.person_id for each in mandates_of(by, on=on)]
    unsent = desk.due_counts(on=on)
    fresh, mine = desk.counts_of([_fresh(by), _mine(by, stead)])
    return {
        "fresh": fresh,
        "mine": mine,
        "late": unsent[DeadlineState.LATE],
        "at_risk": unsent[DeadlineState.AT_RISK],
        "calls": desk.calls_due(membership.org_id, on=on),
        "faxes": unsettled_faxes(on=on).filter(made_by_id=by.user_id).count(),
    }


def wants_digest(membership_id: UUID) -> bool:
    """Whether a person gets the daily mail; everybody does who did not say otherwise."""
    newest = DigestWish.objects.filter(membership_id=membership_id).order_by("-saved_at", "-id").first()
    return newest is None or newest.wanted


@transaction.atomic
def choose_digest(membership: Membership, *, wanted: bool) -> None:
    """A person starts or stops the own daily mail; saying the same twice changes nothing."""
    if wants_digest(membership.pk) is not wanted:
        DigestWish.objects.create(membership=membership, wanted=wanted)


def _post(membership: Membership, *, on: dt.date) -> bool:
    with acting_as(scope_of(membership)), transaction.atomic():
        if not wants_digest(membership.pk):
            return False
        waiting = waiting_of(membership, on=on)
        if not any(waiting.values()):
            return False
        key = f"{membership.org_id}-{on.isoformat()}"
        post_notice("digest", to=membership.user_id, org_id=membership.org_id, key=key, link="/inbox/", counts=waiting)
        return True


def _fresh(by: Actor) -> Q:
    """Arrived, and nobody has begun: an endorsement that waits here, or a plan that is endorsed where it has to be."""
    arrived = Q(state=RequestState.SUBMITTED.value)
    to_endorse = Q(endorser_org_id=by.org_id, endorsed_at=None)
    to_review = Q(forwarder_org_id=by.org_id) & (Q(endorser_org=None) | Q(endorsed_at__isnull=False))
    return arrived & (to_endorse | to_review)


def _mine(by: Actor, stead: list[int]) -> Q:
    return Q(state=RequestState.IN_REVIEW.value, claimed_by_id__in=[by.user_id, *stead])
