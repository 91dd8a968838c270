"""Making, keeping and opening packets. Rendering runs outside any transaction; keeping is one short one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.characters import substitutes_frozen
from mofa_requests.actions.letterhead import head_of
from mofa_requests.actions.rows import case_columns
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.documents.packet import PacketInput, packet_input
from mofa_requests.models import LetterRecord, MofaRequest, Packet
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Letter
from portal.vault.files import fetch, keep
from portal.vault.keyring import cipher_for
from portal.vault.signing import signer_for


@transaction.atomic
def freeze_packet_input(letter_id: UUID) -> PacketInput:
    """The four frozen inputs of one fixed letter – revision, decision record, letter record, directory entries – with
    the key and the letterhead of the authority that sends it and, for an amendment, the revision the ministry has.
    """
    letter = LetterRecord.objects.select_related("revision__request", "forwarder_org").get(pk=letter_id)
    dossier = queries.full_dossier(letter.revision.request, letter.revision)
    mine = dossier.request.model_copy(update={"letter": Letter.model_validate(letter.content)})
    signer = signer_for(letter.forwarder_org, on=letter.dated_on)
    before = queries.dossier_in_force(letter.revision.request)
    return packet_input(
        dossier.model_copy(update={"request": mine}),
        signer=signer,
        before=before,
        head=head_of(letter),
        agreed=substitutes_frozen(letter.revision),
    )


def store_packet(letter_id: UUID, rendered: Rendered, *, by: Actor) -> Packet:
    """Keep a rendered packet once; a second rendering of the same inputs finds it there."""
    letter = LetterRecord.objects.select_related("revision__request").get(pk=letter_id)
    request = letter.revision.request
    known = Packet.objects.filter(request_id=request.pk, key=rendered.key).first()
    if known is not None:
        return known
    name = f"packets/{request.pk}/{rendered.key}.sealed"
    sha256 = keep(rendered.pdf, name=name, cipher=cipher_for(request.trip_id))
    packet = Packet.objects.create(
        **case_columns(request),
        revision=letter.revision,
        letter=letter,
        key=rendered.key,
        file_name=name,
        sha256=sha256,
        size=len(rendered.pdf),
        pages=rendered.pages,
    )
    record(EventName.PACKET_RENDERED, by=by, about=Subject.of(request), pages=rendered.pages)
    return packet


@transaction.atomic
def open_packet(request: MofaRequest, packet: Packet, *, by: Actor) -> bytes:
    """The PDF for download; the look is part of the history. Raises ``FileLost``."""
    content = fetch(name=packet.file_name, sha256=packet.sha256, cipher=cipher_for(request.trip_id))
    record(EventName.PACKET_OPENED, by=by, about=Subject.of(request), packet=packet.key[:12])
    return content
