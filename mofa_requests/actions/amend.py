"""Withdrawing a request, and opening an amendment (変更届) while the forwarded one stays in force."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from mofa_requests.actions.notices import tell_authority
from mofa_requests.actions.review import fire, lock
from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused


@transaction.atomic
def withdraw(request: MofaRequest, *, reason: str, by: Actor) -> MofaRequest:
    """The principal takes the request back; the authority on whose desk it lies is told."""
    request = lock(request)
    state = fire("withdraw", request, by=by)
    if not reason.strip():
        raise Refused("取り下げる理由を書いてください", "Give the reason for withdrawing.")
    request.state, request.withdrawn_reason = state.value, reason
    request.withdrawn_at, request.withdrawn_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "withdrawn_reason", "withdrawn_at", "withdrawn_by"])
    record(EventName.REQUEST_WITHDRAWN, by=by, about=Subject.of(request))
    for org_id in filter(None, (request.endorser_org_id, request.forwarder_org_id)):
        tell_authority(request, "withdrawn", key=str(request.pk), org_id=org_id)
    return request


@transaction.atomic
def reopen_after_withdrawal(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """A new draft for the same trip after a withdrawal."""
    request = lock(request)
    if request.state != RequestState.WITHDRAWN.value:
        raise Refused(
            "取り下げた依頼だけを、もう一度始められます", "Only a request that was withdrawn can be started again."
        )
    return _new_draft(request, RequestKind(request.kind), amends=request.amends)


@transaction.atomic
def amend(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """The next draft of a forwarded request; what was forwarded stays in force until the new one is."""
    request = lock(request)
    fire("amend", request, by=by)
    draft = _new_draft(request, RequestKind.AMENDMENT, amends=request)
    record(EventName.AMENDMENT_OPENED, by=by, about=Subject.of(draft))
    return draft


def _new_draft(request: MofaRequest, kind: RequestKind, *, amends: MofaRequest | None) -> MofaRequest:
    try:
        with transaction.atomic():
            return MofaRequest.objects.create(
                school_id=request.school_id,
                trip_id=request.trip_id,
                kind=kind.value,
                amends=amends,
                edition=request.edition,
            )
    except IntegrityError as error:
        raise Refused(
            "この旅行には、まだ手続き中の依頼があります。先にそちらを終えてください",
            "This trip has a request under way. Finish that one first.",
        ) from error
