"""Reading requests: who sees which, the dossier of a plan, the dossier of a frozen revision. No writes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import (
    Condition,
    Decision,
    Dispatch,
    FaxOrder,
    Inquiry,
    LetterRecord,
    MailOrder,
    MofaRequest,
    Packet,
    Receipt,
    Remark,
    Reply,
    Revision,
    RevisionPersons,
    TickSheet,
)
from mofa_requests.shelves import SHELVES
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.directory.kinds import OrgKind
from portal.dossier.privacy import join
from portal.dossier.types import Decision as DecisionPart
from portal.dossier.types import Dossier, Letter, Request, Tick
from portal.jobs.models import Job
from portal.kit import clock
from portal.lawbook.deadlines import DeadlineState
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, current_scope
from portal.vault.keyring import TripCipher, cipher_for
from trips.queries import Trip, gather_parts

EDITABLE = (RequestState.DRAFT.value, RequestState.RETURNED.value)
RENDER_PACKET = "render_packet"
MAIL_PACKET = "mail_packet"
UNSENT = (
    RequestState.SUBMITTED.value,
    RequestState.IN_REVIEW.value,
    RequestState.RETURNED.value,
    RequestState.APPROVED.value,
)
"""Submitted, and still to be sent to the ministry: the deadline runs."""
ON_ITS_WAY = (*EDITABLE, RequestState.SUBMITTED.value, RequestState.IN_REVIEW.value, RequestState.APPROVED.value)


def visible_to(scope: Scope | None = None) -> QuerySet[MofaRequest]:
    """Requests in view of the scope; the filter repeats the row policy and makes it an index condition."""
    scope = scope or current_scope()
    rows = MofaRequest.objects.select_related("school", "endorser_org", "forwarder_org")
    if scope is None:
        return rows.none()
    if scope.audience is Audience.SCHOOL:
        return rows.filter(school_id=scope.org_id)
    if scope.audience is Audience.ENDORSER:
        return rows.filter(Q(endorser_org_id=scope.org_id) | Q(forwarder_org_id=scope.org_id))
    if scope.audience is Audience.FORWARDER:
        return rows.filter(forwarder_org_id=scope.org_id)
    if scope.audience is Audience.JCSOS:
        return rows.filter(jcsos_open=True, submitted_at__isnull=False)
    return rows.none()


def get_for(request_id: UUID, *, scope: Scope | None = None) -> MofaRequest:
    """One request in view, or ``MofaRequest.DoesNotExist``, also for one that others may see."""
    return visible_to(scope).get(id=request_id)


def latest_of(trip: Trip) -> MofaRequest:
    """The newest request of a trip: the one that screens and edits speak of."""
    return MofaRequest.objects.filter(trip_id=trip.pk).select_related("endorser_org", "forwarder_org").latest("id")


def latest_by_trip(trip_ids: list[UUID]) -> dict[UUID, MofaRequest]:
    """The newest request of each trip, in one query."""
    rows = MofaRequest.objects.filter(trip_id__in=trip_ids).select_related("endorser_org", "forwarder_org")
    return {row.trip_id: row for row in rows.order_by("id")}


def gather_dossier(trip: Trip, *, cipher: TripCipher | None = None) -> Dossier:
    """The live plan as one value, in a fixed number of queries. The authority's part is empty."""
    parts = gather_parts(trip, cipher or cipher_for(trip.pk), SHELVES.values())
    return Dossier(**parts)


def revision_of(request: MofaRequest, *, number: int | None = None) -> Revision:
    """The newest frozen revision of a request, or the one with this number."""
    rows = Revision.objects.filter(request_id=request.pk)
    return rows.get(number=number) if number else rows.latest("number")


def revisions_of(request: MofaRequest) -> QuerySet[Revision]:
    """All frozen revisions, oldest first, without their documents."""
    return Revision.objects.filter(request_id=request.pk).defer("document", "findings").select_related("submitted_by")


def last_checked(request: MofaRequest) -> Revision | None:
    """The newest revision before the present one that the authority worked on; else the one just before."""
    earlier = Revision.objects.filter(request_id=request.pk, number__lt=request.revision_number).order_by("-number")
    worked_on = Q(ticksheet__isnull=False) | Q(remarks__isnull=False) | Q(decisions__isnull=False)
    return earlier.filter(worked_on).first() or earlier.first()


def last_forwarded(request: MofaRequest) -> Revision | None:
    """The revision in force at the ministry before this request, for the diff of an amendment."""
    if request.amends_id is None:
        return None
    return Revision.objects.filter(request_id=request.amends_id).order_by("-number").first()


def open_dossier(revision: Revision, *, cipher: TripCipher | None = None) -> Dossier:
    """A frozen revision with its persons opened. For the route only; JCSOS uses ``document_without_persons``."""
    persons = RevisionPersons.objects.get(revision_id=revision.pk)
    opener = cipher or cipher_for(request_trip_id(revision))
    sealed = opener.open(persons.sealed, table=persons._meta.db_table, column="sealed", row=persons.pk)
    values = json.loads(sealed or "{}")["values"]
    return Dossier.model_validate(join(revision.document, values))


def dossier_in_force(request: MofaRequest) -> Dossier | None:
    """What the ministry has while this request amends it; None when nothing was forwarded before."""
    revision = last_forwarded(request)
    return open_dossier(revision) if revision else None


def request_trip_id(revision: Revision) -> UUID:
    """The trip a revision belongs to."""
    return MofaRequest.objects.values_list("trip_id", flat=True).get(pk=revision.request_id)


def request_part(request: MofaRequest, revision: Revision) -> Request:
    """What the authority has added so far to one revision, as the dossier's ``request``."""
    letter = letter_of(revision)
    return Request(
        letter=Letter.model_validate(letter.content) if letter else Letter(),
        ticks=ticks_of(revision),
        decision=_safety_part(revision),
        mofa_called_on=_tokyo_day(request.mofa_called_at) if request.mofa_called_at else None,
        mofa_called_note=request.mofa_called_note or None,
    )


def full_dossier(request: MofaRequest, revision: Revision, *, cipher: TripCipher | None = None) -> Dossier:
    """A frozen revision together with the authority's part: what a packet prints."""
    return open_dossier(revision, cipher=cipher).model_copy(update={"request": request_part(request, revision)})


def ticks_of(revision: Revision) -> tuple[Tick, ...]:
    """The officer's own ticks; none until the officer has saved some."""
    sheet = TickSheet.objects.filter(revision_id=revision.pk).first()
    return tuple(Tick.model_validate(tick) for tick in sheet.ticks) if sheet else ()


def ticksheet_of(revision: Revision) -> TickSheet | None:
    return TickSheet.objects.filter(revision_id=revision.pk).select_related("saved_by").first()


def decisions_of(revision: Revision) -> dict[str, Decision]:
    """The decisions on a revision by topic."""
    rows = Decision.objects.filter(revision_id=revision.pk).select_related("decided_by", "decided_for")
    return {row.topic: row for row in rows}


def letter_of(revision: Revision) -> LetterRecord | None:
    """The letter in force: the one fixed last."""
    return LetterRecord.objects.filter(revision_id=revision.pk).order_by("-fixed_at", "-id").first()


def packet_of(revision: Revision) -> Packet | None:
    """The packet made with the letter in force, if it has been rendered.

    By the letter's content: a letter changed and changed back has the packet that was made of it first.
    """
    letter = letter_of(revision)
    if letter is None:
        return None
    made = Packet.objects.filter(revision_id=revision.pk, letter__content=letter.content)
    return made.select_related("letter").order_by("-rendered_at").first()


def remarks_of(request: MofaRequest) -> QuerySet[Remark]:
    """Remarks in view on any revision, oldest first."""
    return Remark.objects.filter(request_id=request.pk).select_related(
        "revision", "written_by", "written_for", "answered_by"
    )


def conditions_of(request: MofaRequest) -> QuerySet[Condition]:
    """What a conditional judgement on any revision waits for or waited for, the nearest day first."""
    return Condition.objects.filter(request_id=request.pk).select_related("met_by", "decision__revision")


def mail_order_of(packet: Packet) -> MailOrder | None:
    """The last order to mail a packet to the ministry."""
    orders = MailOrder.objects.filter(packet_id=packet.pk).select_related("ordered_by", "settled_by")
    return orders.order_by("-ordered_at", "-id").first()


def fax_order_of(packet: Packet) -> FaxOrder | None:
    """The last fax of a packet."""
    orders = FaxOrder.objects.filter(packet_id=packet.pk).select_related("made_by", "settled_by")
    return orders.order_by("-made_at", "-id").first()


def job_of(order: MailOrder) -> Job | None:
    """The job that hands an order to the mail server."""
    return Job.objects.filter(org_id=order.forwarder_org_id, kind=MAIL_PACKET, key=str(order.pk)).first()  # type: ignore[misc]


def inquiries_of(request: MofaRequest) -> QuerySet[Inquiry]:
    """Questions to the ministry and calls, the newest first."""
    return Inquiry.objects.filter(request_id=request.pk).select_related("recorded_by")


def replies_of(request: MofaRequest) -> QuerySet[Reply]:
    return Reply.objects.filter(request_id=request.pk).select_related("recorded_by", "seen_by")


def history_of(request: MofaRequest) -> QuerySet[Event]:
    """Events in view on the request and, for the school, on its trip; oldest first."""
    scope = current_scope()
    events = Event.objects.select_related("actor_user", "actor_org").order_by("id")
    if scope is not None and scope.audience is Audience.SCHOOL:
        return events.filter(school_id=request.school_id, trip_id=request.trip_id)
    return events.filter(request_id=request.pk)


def inbox(scope: Scope | None = None) -> QuerySet[MofaRequest]:
    """What lies before an authority: nearest day of receipt first."""
    rows = visible_to(scope).exclude(state=RequestState.DRAFT.value).select_related("claimed_by")
    return rows.order_by("receipt_due_on", "id")


def open_remarks_of(request_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many remarks to the school wait for an answer, by request; those without any are left out.

    For the rows of one page: counted beside the list, PostgreSQL would count for thousands to show fifty.
    """
    waiting = Remark.objects.filter(request_id__in=request_ids, answered_at=None, internal=False).order_by()
    return dict(waiting.values_list("request_id").annotate(many=Count("pk")))


def due(standing: DeadlineState, *, on: dt.date) -> Q:
    """The unsent requests that are in time, at risk or late on ``on`` (R7), by their frozen dates."""
    unsent = Q(state__in=UNSENT)
    if standing is DeadlineState.LATE:
        return unsent & Q(receipt_due_on__lt=on)
    at_risk = Q(school_due_on__lt=on)
    return unsent & Q(receipt_due_on__gte=on) & (at_risk if standing is DeadlineState.AT_RISK else ~at_risk)


def schools_below(org_id: UUID) -> QuerySet[Org]:
    """The schools whose requests come to an authority: its own, and those of the boards beneath it."""
    schools = Org.objects.filter(kind=OrgKind.SCHOOL.value, active=True).select_related("parent")
    return schools.filter(Q(parent_id=org_id) | Q(parent__parent_id=org_id)).order_by("kana", "name")


def state_counts(scope: Scope | None = None) -> dict[UUID, dict[RequestState, int]]:
    """School → state → number of requests in view, in one query."""
    rows = visible_to(scope).order_by().values_list("school_id", "state").annotate(many=Count("pk"))
    table: dict[UUID, dict[RequestState, int]] = {}
    for school_id, state, many in rows:
        table.setdefault(school_id, {})[RequestState(state)] = many
    return table


def dispatch_of(request: MofaRequest) -> Dispatch | None:
    """The last sending to the ministry."""
    rows = Dispatch.objects.filter(request_id=request.pk).select_related("packet", "recorded_by")
    return rows.order_by("-recorded_at").first()


def receipt_of(request: MofaRequest) -> Receipt | None:
    """What was recorded of the ministry's receipt."""
    return Receipt.objects.filter(request_id=request.pk).select_related("recorded_by").order_by("-recorded_at").first()


def render_job_of(letter: LetterRecord) -> Job | None:
    """The job that renders the packet of a fixed letter."""
    if letter.forwarder_org_id is None:
        return None
    return Job.objects.filter(org_id=letter.forwarder_org_id, kind=RENDER_PACKET, key=str(letter.pk)).first()


def has_opened_persons(request: MofaRequest, *, user_id: int | None, since: dt.datetime) -> bool:
    """Whether this person opened the personal data of the request by the recorded act, at ``since`` or later."""
    opened = Event.objects.filter(request_id=request.pk, name=EventName.PERSONS_OPENED.value, at__gte=since)
    return opened.filter(actor_user_id=user_id).exists()


def _tokyo_day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(clock.TOKYO).date()


def _safety_part(revision: Revision) -> DecisionPart:
    row = Decision.objects.filter(revision_id=revision.pk, topic=Topic.SAFETY.value).first()
    if row is None:
        return DecisionPart()
    values: dict[str, Any] = {
        "judgement": row.verdict,
        "reasons": row.reasons or None,
        "decided_on": _tokyo_day(row.decided_at),
        "decided_by": row.decided_by_title or None,
    }
    return DecisionPart.model_validate(values)
