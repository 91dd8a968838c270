"""Who has a review in hand: passing it to a colleague, and taking a return back. Not here: judging (review)."""

from __future__ import annotations

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.notices import tell_person, tell_school
from mofa_requests.actions.review import both_favourable, fire, lock, refuse_self
from mofa_requests.models import MofaRequest
from portal.accounts.models import Membership
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.roles import Audience


@transaction.atomic
def hand_over(request: MofaRequest, *, to: Membership, by: Actor) -> MofaRequest:
    """Put a review under way onto a colleague's desk; ticks and remarks stay as they are, the colleague is told."""
    request = lock(request)
    state = fire("hand_over", request, by=by)
    _require_colleague(request, to, by)
    request.state = state.value
    request.claimed_at, request.claimed_by_id = clock.now(), to.user_id
    request.save(update_fields=["state", "claimed_at", "claimed_by"])
    record(EventName.REVIEW_HANDED_OVER, by=by, about=Subject.of(request), to=to.user_id)
    tell_person(request, "handed_over", key=str(uuid7()), user_id=to.user_id, org_id=to.org_id)
    return request


@transaction.atomic
def recall_return(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """Take a return back before the school has answered it with a new version; every remark stays as written.

    The review goes on with the version that was returned. What the school changed meanwhile stays in its plan and
    comes with its next version.
    """
    request = lock(request)
    state = fire("recall", request, by=by)
    if request.endorser_org_id is not None and request.endorsed_at is None:
        raise Refused(
            "この差戻しは経由の確認の前のものです。学校が提出し直すのを待ってください",
            "This return came before the endorsement. Wait for the school to submit again.",
        )
    if both_favourable(queries.revision_of(request)):
        raise Refused(
            "承認を取り消した差戻しは、取り消せません。学校が提出し直すのを待ってください",
            "An approval that was taken back stays so. Wait for the school to submit again.",
        )
    refuse_self(request, by)
    request.state = state.value
    request.claimed_at, request.claimed_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "claimed_at", "claimed_by"])
    record(EventName.RETURN_RECALLED, by=by, about=Subject.of(request))
    tell_school(request, "recalled", key=str(uuid7()))
    return request


def _require_colleague(request: MofaRequest, to: Membership, by: Actor) -> None:
    if to.org_id != by.org_id or not to.active or to.role_kind.audience is not Audience.AUTHORITY:
        raise Refused(
            "引き継げる相手は、同じ所管庁の担当か決裁の人だけです",
            "Only an officer of the same authority can take over.",
        )
    if to.user_id == request.submitted_by_id:
        raise Refused(
            "提出した本人には引き継げません。ほかの担当者を選んでください",
            "The person who submitted cannot take over. Choose somebody else.",
        )
    if to.user_id == request.claimed_by_id:
        raise Refused(f"いまの担当者は{to.user}さんです", f"{to.user} has it in hand already.")
