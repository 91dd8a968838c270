"""A packet by fax: a file with its cover for one number; a person says what became of it, the portal dials nothing.

Not here: drawing the pages (documents.fax_cover, portal.kit.pdf.fax), reminding (chasing).
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from mofa_requests import queries
from mofa_requests.actions.review import Stale, fire, lock
from mofa_requests.actions.rows import case_columns
from mofa_requests.actions.sending import forward, refuse_while_mailing, require_ready
from mofa_requests.documents.fax_cover import cover_pdf
from mofa_requests.enums import FaxState
from mofa_requests.models import FaxOrder, MofaRequest, Packet
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Channel, Letter
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.pdf.fax import FINE, fax_file
from portal.vault.files import fetch
from portal.vault.keyring import cipher_for

_OPEN = (FaxState.OUT.value, FaxState.UNKNOWN.value)
COVER = 1
MOST_DIGITS = 15
"""E.164; a number of our own country has ten."""


@transaction.atomic
def make_fax(request: MofaRequest, packet: Packet, *, number: str, by: Actor) -> FaxOrder:
    """Give out the packet for one fax number, once: no second file while nobody said what became of the first."""
    request = lock(request)
    fire("forward", request, by=by)
    require_ready(request, packet)
    refuse_while_mailing(packet)
    _require_number(number)
    try:
        with transaction.atomic():
            order = FaxOrder.objects.create(
                **case_columns(request),
                packet=packet,
                number=number.strip(),
                pages=packet.pages + COVER,
                made_by_id=by.person_id,
            )
    except IntegrityError as twice:
        raise Stale(
            "この送付用PDFのファックスは、結果の記録を待っているか送信済みです。先に結果を記録してください",
            "A fax of this packet waits for its outcome or has arrived. Record the outcome first.",
        ) from twice
    record(EventName.FAX_MADE, by=by, about=Subject.of(request), pages=order.pages)
    return order


def fax_of(order: FaxOrder) -> bytes:
    """Cover and packet as one TIFF for a fax server. Raises ``FileLost`` and ``RenderError``."""
    packet = order.packet
    cipher = cipher_for(queries.request_trip_id(packet.revision))
    letter = Letter.model_validate(packet.letter.content)
    on = order.made_at.astimezone(clock.TOKYO).date()
    cover = cover_pdf(letter, number=order.number, pages=order.pages, key=packet.key, on=on)
    return fax_file(cover, fetch(name=packet.file_name, sha256=packet.sha256, cipher=cipher), resolution=FINE)


@transaction.atomic
def settle_fax(order: FaxOrder, outcome: FaxState, *, note: str, by: Actor, sent_on: dt.date | None = None) -> None:
    """What became of a fax, with what shows it. Arrived: the request is forwarded; failed: another may be made."""
    if not note.strip():
        raise Refused(
            "送信結果票の内容や、電話で確かめた相手を書いてください",
            "Write what the transmission report says, or whom you asked by telephone.",
        )
    if outcome is FaxState.OUT:
        raise Refused("結果を選んでください", "Choose the outcome.")
    request = lock(order.request)
    open_ones = FaxOrder.objects.filter(pk=order.pk, state__in=_OPEN)
    settled = open_ones.update(
        state=outcome.value, settled_at=clock.now(), settled_by_id=by.person_id, settled_note=note
    )
    if not settled:
        raise Stale(
            "このファックスの結果は記録済みです。画面を読み込み直してください", "This has been settled already."
        )
    if outcome is FaxState.ARRIVED:
        evidence = f"ファックス {order.number} {order.pages}枚 {note}"
        day = sent_on or clock.today()
        forward(request, order.packet, channel=Channel.FAX, sent_on=day, evidence=evidence, by=by)
        return
    fire("forward", request, by=by)
    failed = outcome is FaxState.FAILED
    record(EventName.FAX_FAILED if failed else EventName.FAX_UNKNOWN, by=by, about=Subject.of(request))


def _require_number(number: str) -> None:
    digits = [char for char in number if char.isdigit()]
    if not (10 <= len(digits) <= MOST_DIGITS) or set(number) - set("0123456789+-() "):
        raise Refused(
            "ファックス番号を市外局番から半角の数字で書いてください(例: 03-0000-0000)",
            "Write the fax number with its area code, in plain digits.",
        )
