"""The hand-over to an assistance company through its insurer: the paper was made, given, received.

The paper itself is kept nowhere: its digest tells whether a copy is the one that was made. Not here: making it.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from insurance.handover import told_facts
from insurance.models import HandoverRecord
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Channel, Dossier
from portal.kit import clock
from portal.kit.digest import sha256_hex
from portal.kit.machine import Refused
from portal.vault.keyring import TripCipher


@transaction.atomic
def record_made(
    trip_id: UUID, dossier: Dossier, pdf: bytes, *, school_id: UUID, policy: str, blood_types: int, by: Actor
) -> HandoverRecord:
    """A paper for one contract was made from ``dossier``; ``blood_types`` of consenting people stand on it."""
    row = HandoverRecord.objects.create(
        trip_id=trip_id,
        school_id=school_id,
        policy=policy,
        people=len(dossier.participants),
        blood_types=blood_types,
        file_sha256=sha256_hex(pdf),
        facts=told_facts(dossier, policy=policy),
        made_by_id=by.person_id,
    )
    facts = {"people": row.people, "blood": blood_types}
    record(EventName.HANDOVER_MADE, by=by, about=_about(row), **facts)
    return row


@transaction.atomic
def record_given(row: HandoverRecord, *, on: dt.date, channel: Channel, by: Actor) -> HandoverRecord:
    """The paper went to the insurer on that day. Raises ``Refused`` before it was made, or in the future."""
    row = HandoverRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    made_on = row.made_at.astimezone(clock.TOKYO).date()
    if not made_on <= on <= clock.today():
        raise Refused(
            "渡した日は、引渡し書を作った日から今日までの日を書いてください",
            "The paper was handed over between the day it was made and today",
        )
    if row.received_on is not None:
        raise Refused("受領を記録した引渡し書は直せません", "Its receipt is on record; it cannot be changed")
    row.handed_on, row.channel = on, channel.value
    row.save(update_fields=["handed_on", "channel"])
    record(EventName.HANDOVER_GIVEN, by=by, about=_about(row), on=on.isoformat())
    return row


@transaction.atomic
def record_received(row: HandoverRecord, *, on: dt.date, receipt: str, by: Actor, cipher: TripCipher) -> HandoverRecord:
    """The insurer confirmed that it has the paper; ``receipt`` is how (a reply, a name), kept sealed."""
    row = HandoverRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.handed_on is None:
        raise Refused("先に、渡した日を記録してください", "First record the day on which it was handed over")
    if not row.handed_on <= on <= clock.today():
        raise Refused(
            "受領の日は、渡した日から今日までの日を書いてください",
            "It was received between the day it was handed over and today",
        )
    row.received_on = on
    row.receipt = cipher.seal(receipt.strip() or None, table=row._meta.db_table, column="receipt", row=row.pk)
    row.save(update_fields=["received_on", "receipt"])
    record(EventName.HANDOVER_RECEIVED, by=by, about=_about(row), on=on.isoformat())
    return row


def _about(row: HandoverRecord) -> Subject:
    return Subject(school_id=row.school_id, trip_id=row.trip_id)
