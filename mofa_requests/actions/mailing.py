"""A packet by mail to the ministry: ordered, taken back until it leaves, handed over once, asked about when unclear.

Not here: the job that hands it over (mofa_requests.tasks), recording what a person sent (sending).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from mofa_requests.actions.notices import tell_person
from mofa_requests.actions.review import Stale, fire, lock
from mofa_requests.actions.rows import case_columns
from mofa_requests.actions.sending import forward, refuse_while_faxing, require_ready
from mofa_requests.enums import PacketMailState
from mofa_requests.models import Dispatch, MailOrder, MofaRequest, Packet
from mofa_requests.queries import MAIL_PACKET
from portal.accounts.models import Membership
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Channel
from portal.jobs.enqueue import enqueue
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role

UNDO_FOR = dt.timedelta(minutes=10)
_OFFICERS = (Role.AUTHORITY_OFFICER.value, Role.AUTHORITY_APPROVER.value)


@transaction.atomic
def order_mail(
    request: MofaRequest, packet: Packet, *, recipients: Sequence[str], subject: str, body: str, by: Actor
) -> MailOrder:
    """Have the packet mailed after ``UNDO_FOR``; the request is forwarded when it has left. Raises ``Refused``."""
    request = lock(request)
    fire("forward", request, by=by)
    require_ready(request, packet)
    refuse_while_faxing(packet)
    _require_outside_demo(request)
    _require_addresses(recipients)
    try:
        with transaction.atomic():
            order = MailOrder.objects.create(
                **case_columns(request),
                packet=packet,
                recipients=list(recipients),
                subject=subject[:200],
                body=body,
                ordered_by_id=by.person_id,
                goes_at=clock.now() + UNDO_FOR,
            )
    except IntegrityError as twice:
        raise Stale(
            "この送付用PDFは、すでにメール送信の手続き中か送信済みです", "This packet is being mailed or was mailed."
        ) from twice
    record(EventName.MAIL_ORDERED, by=by, about=Subject.of(request))
    enqueue(MAIL_PACKET, key=str(order.pk), subject_id=request.pk, not_before=order.goes_at)
    return order


@transaction.atomic
def undo_mail(order: MailOrder, *, by: Actor) -> None:
    """Take an order back while it waits."""
    undone = MailOrder.objects.filter(pk=order.pk, state=PacketMailState.WAITING.value).update(
        state=PacketMailState.CANCELLED.value, settled_at=clock.now(), settled_by_id=by.person_id
    )
    if not undone:
        raise Stale(
            "もう送信が始まっているため、取り消せません。結果を確かめてください",
            "It is being sent already and cannot be taken back.",
        )
    record(EventName.MAIL_UNDONE, by=by, about=Subject.of(order))


@transaction.atomic
def take_mail(order_id: UUID) -> MailOrder | None:
    """Mark an order as being handed over, before anything leaves; ``None`` when there is nothing to send.

    One that was being handed over when its worker died is never sent again: a person is asked what became of it.
    """
    order = MailOrder.objects.select_for_update(of=("self",)).select_related("packet").get(pk=order_id)
    if order.state == PacketMailState.HANDING.value:
        _ask_a_person(order)
        return None
    if order.state != PacketMailState.WAITING.value:
        return None
    try:
        request = lock(order.request)
        fire("forward", request, by=_orderer(order))
        require_ready(request, order.packet)
    except Refused as changed:
        order.state, order.settled_at, order.settled_note = PacketMailState.CANCELLED.value, clock.now(), str(changed)
        order.save(update_fields=["state", "settled_at", "settled_note"])
        return None
    order.state, order.handed_at = PacketMailState.HANDING.value, clock.now()
    order.save(update_fields=["state", "handed_at"])
    return order


@transaction.atomic
def put_back(order: MailOrder) -> None:
    """The mail server did not accept it: nothing has left, it waits again."""
    MailOrder.objects.filter(pk=order.pk, state=PacketMailState.HANDING.value).update(
        state=PacketMailState.WAITING.value
    )


@transaction.atomic
def settle_sent(order: MailOrder) -> Dispatch:
    """The mail server accepted it: the request is forwarded in the name of the person who ordered it."""
    sent = MailOrder.objects.filter(pk=order.pk, state=PacketMailState.HANDING.value)
    sent.update(state=PacketMailState.SENT.value, settled_at=clock.now())
    at = clock.now().astimezone(clock.TOKYO)
    evidence = f"電子メール {at:%Y-%m-%d %H:%M} 宛先 {'、'.join(order.recipients)} Message-ID {order.pk}"
    return _forward(order, evidence, by=_orderer(order))


@transaction.atomic
def settle_unknown(order: MailOrder, *, arrived: bool, note: str, by: Actor) -> None:
    """A person found out whether the mail arrived; only when it did not may the packet be mailed again."""
    if not note.strip():
        raise Refused("どのように確かめたかを書いてください", "Write how you found out.")
    state = PacketMailState.SENT if arrived else PacketMailState.LOST
    settled = MailOrder.objects.filter(pk=order.pk, state=PacketMailState.UNKNOWN.value).update(
        state=state.value, settled_at=clock.now(), settled_by_id=by.person_id, settled_note=note
    )
    if not settled:
        raise Stale("このメールの結果は記録済みです。画面を読み込み直してください", "This has been settled already.")
    if arrived:
        _forward(order, note, by=by)
    else:
        record(EventName.MAIL_LOST, by=by, about=Subject.of(order))


def _forward(order: MailOrder, evidence: str, *, by: Actor) -> Dispatch:
    request = MofaRequest.objects.get(pk=order.request_id)
    return forward(request, order.packet, channel=Channel.EMAIL, sent_on=clock.today(), evidence=evidence, by=by)


def _ask_a_person(order: MailOrder) -> None:
    order.state = PacketMailState.UNKNOWN.value
    order.save(update_fields=["state"])
    by = _orderer(order)
    record(EventName.MAIL_UNKNOWN, by=by, about=Subject.of(order))
    if by.user_id is not None and by.org_id is not None:
        tell_person(order.request, "mail_unknown", key=str(order.pk), user_id=by.user_id, org_id=by.org_id)


def _orderer(order: MailOrder) -> Actor:
    """The person who ordered, with the role held now: a right that was lost meanwhile no longer counts."""
    seats = Membership.objects.filter(user_id=order.ordered_by_id, active=True, role__in=_OFFICERS)
    held = next((seat for seat in seats if seat.org_id == order.forwarder_org_id), None)
    return Actor(order.ordered_by_id, held.role if held else "", order.forwarder_org_id)


def _require_outside_demo(request: MofaRequest) -> None:
    if request.forwarder_org is not None and request.forwarder_org.demo:
        raise Refused(
            "見本の機関からは、外務省へメールを送れません。送付したことを手で記録してください",
            "A specimen authority cannot mail the ministry. Record the sending by hand.",
        )


def _require_addresses(recipients: Sequence[str]) -> None:
    if not recipients:
        raise Refused("宛先のメールアドレスを書いてください", "Give an address.")
    for address in recipients:
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise Refused(
                f"「{address}」はメールアドレスとして読めません", f"“{address}” is no mail address."
            ) from wrong
