"""Taking an approval back before the papers leave: a condition was missed, or the place is no longer what it was.

Not here: returning before the decisions (review), taking a return back (handing).
"""

from __future__ import annotations

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.review import fire, lock, put_back, require_current, write_remark
from mofa_requests.actions.sending import refuse_while_faxing, refuse_while_mailing
from mofa_requests.enums import RemarkKind
from mofa_requests.models import MofaRequest, Revision
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit.machine import Refused


@transaction.atomic
def revoke_approval(revision: Revision, reasons: str, *, by: Actor) -> MofaRequest:
    """Back to the school with ``reasons`` as a remark; its next version is checked and decided anew.

    The decisions stay with the version they were made on. Raises ``Refused`` once the papers are on their way.
    """
    request = lock(revision.request)
    require_current(request, revision)
    state = fire("revoke", request, by=by)
    if not reasons.strip():
        raise Refused(
            "承認を取り消す理由を書いてください。学校への指摘として伝わります",
            "Give the reasons. The school gets them as a remark.",
        )
    packet = queries.packet_of(revision)
    if packet is not None:
        refuse_while_mailing(packet)
        refuse_while_faxing(packet)
    write_remark(revision, reasons, kind=RemarkKind.UPDATE, by=by)
    record(EventName.APPROVAL_REVOKED, by=by, about=Subject.of(request))
    put_back(request, state, by=by)
    request.approved_at = request.approved_by = None
    request.save(update_fields=["approved_at", "approved_by"])
    return request
