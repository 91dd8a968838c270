"""Reminders that come by themselves and stop when the thing is done. Run in the scope of one authority.

Each reminder has a key of its own and goes out once. Not here: when this runs (tasks), the wording (templates/email).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from mofa_requests import queries
from mofa_requests.actions.noticeboard import chase_unread
from mofa_requests.actions.notices import tell_authority, tell_person, tell_school
from mofa_requests.enums import FaxState, InquiryKind, RequestState
from mofa_requests.forecast import open_days_from
from mofa_requests.models import Condition, FaxOrder, Inquiry, MofaRequest
from portal.kit import clock

AHEAD = 3
"""Open days before a date from which it is near."""


@transaction.atomic
def chase(*, on: dt.date) -> None:
    """Remind of everything near or past its day in view of the scope."""
    near = near_day(on)
    chase_unread(on=on)
    for request in _returned(near):
        assert request.correction_due_on is not None
        tell_school(request, "correction_due", key=_key(request.pk, request.correction_due_on, on))
    for condition in _awaited(near):
        key = _key(condition.pk, condition.due_on, on)
        tell_school(condition.request, "condition_due", key=key)
        if condition.due_on < on and condition.forwarder_org_id is not None:
            tell_authority(condition.request, "condition_missed", key=key, org_id=condition.forwarder_org_id)
    for order in unsettled_faxes(on=on):
        assert order.forwarder_org_id is not None
        key = f"{order.pk}-{order.state}"
        tell_person(order.request, "fax_open", key=key, user_id=order.made_by_id, org_id=order.forwarder_org_id)
    for request in unreceived(on=on):
        assert request.receipt_due_on is not None
        assert request.forwarder_org_id is not None
        key = _key(request.pk, request.receipt_due_on, on)
        tell_authority(request, "call_ministry", key=key, org_id=request.forwarder_org_id)


def near_day(on: dt.date) -> dt.date:
    """The last day that counts as near."""
    return open_days_from(on + dt.timedelta(days=1), AHEAD)[-1]


def unreceived(*, on: dt.date) -> QuerySet[MofaRequest]:
    """Plans that were sent, must arrive soon, and of which neither receipt nor a call today or later is on record."""
    called = Inquiry.objects.filter(kind=InquiryKind.RECEIPT.value, asked_on__gte=on).values("request_id")
    sent = queries.visible_to().filter(state=RequestState.FORWARDED.value, receipt_due_on__lte=near_day(on))
    return sent.exclude(pk__in=called)


def unsettled_faxes(*, on: dt.date) -> QuerySet[FaxOrder]:
    """Faxes given out before ``on`` of which nobody knows whether they arrived."""
    begin = dt.datetime.combine(on, dt.time.min, clock.TOKYO)
    waiting = FaxOrder.objects.filter(state__in=(FaxState.OUT.value, FaxState.UNKNOWN.value), made_at__lt=begin)
    return waiting.filter(request__state=RequestState.APPROVED.value).select_related("request")


def _returned(near: dt.date) -> QuerySet[MofaRequest]:
    return queries.visible_to().filter(state=RequestState.RETURNED.value, correction_due_on__lte=near)


def _awaited(near: dt.date) -> QuerySet[Condition]:
    running = (RequestState.IN_REVIEW.value, RequestState.APPROVED.value, *_SENT)
    open_ones = Condition.objects.filter(met_at=None, due_on__lte=near, request__state__in=running)
    return open_ones.select_related("request")


_SENT = (RequestState.FORWARDED.value, RequestState.ACKNOWLEDGED.value)


def _key(subject: object, due: dt.date, on: dt.date) -> str:
    """Once when it is near, once when it is past; a new day makes new reminders."""
    return f"{subject}-{due.isoformat()}-{'past' if due < on else 'near'}"
