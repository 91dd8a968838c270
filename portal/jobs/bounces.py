"""Mail that came back: what a returned mail says, marking it in the outbox, and sending again once the address changed.

Not here: which notices a person may send again (each app's actions), sending (mail).
"""

from __future__ import annotations

import email
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from uuid import UUID

from django.db import transaction

from portal.jobs.enqueue import post_notice
from portal.jobs.models import MailState, OutboundMail
from portal.jobs.worker import WORKER
from portal.kit import clock
from portal.kit.digest import sha256_hex
from portal.kit.machine import Refused
from portal.tenancy.scope import acting_as

_OUR_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
_CODE = re.compile(r"\b5(?:\.\d{1,3}\.\d{1,3}|\d\d)\b")
MAX_REPORT = 1024 * 1024
UNKNOWN_CODE = "5.0.0"
TRIES = 5


@dataclass(frozen=True)
class Returned:
    """What a delivery report (RFC 3464) says: which of our mails did not arrive, and the code of the failure."""

    mail_id: UUID
    code: str


def read_report(content: bytes) -> Returned | None:
    """Read a returned mail as it was saved (``.eml``); ``None`` when it names none of our mails or no failure."""
    report = email.message_from_bytes(content[:MAX_REPORT], policy=compat32)
    texts = [_text(part) for part in report.walk()]
    mail_id = next((named.group(1) for text in texts if (named := _OUR_ID.search(text))), None)
    code = next((stated for text in texts if (stated := _status(text))), None)
    return Returned(UUID(mail_id), code) if mail_id and code else None


def mails_of(events: Collection[str], keys: Collection[str]) -> list[OutboundMail]:
    """The mails of these events and keys with their recipients, oldest first; whose they may be the caller knows."""
    with acting_as(WORKER), transaction.atomic():
        rows = OutboundMail.objects.filter(event__in=events, key__in=keys)
        return list(rows.select_related("recipient").order_by("created_at", "id"))


def mail_by_id(mail_id: UUID) -> OutboundMail | None:
    """One mail of the outbox; whose it may be the caller knows."""
    with acting_as(WORKER), transaction.atomic():
        return OutboundMail.objects.filter(pk=mail_id).select_related("recipient").first()


def note_bounces(mails: Iterable[OutboundMail], *, code: str = UNKNOWN_CODE) -> int:
    """Mark mails that came back, with the address they were sent to as a digest; how many were not marked before."""
    marked = 0
    with acting_as(WORKER), transaction.atomic():
        for mail in mails:
            marked += (
                OutboundMail.objects.filter(pk=mail.pk)
                .exclude(state=MailState.BOUNCED.value)
                .update(
                    state=MailState.BOUNCED.value,
                    bounced_at=clock.now(),
                    bounce_code=code[:20],
                    bounced_address=address_digest(mail.recipient.email),
                )
            )
    return marked


def address_corrected(mail: OutboundMail) -> bool:
    """Whether the recipient has another address now than the one the mail came back from."""
    return bool(mail.bounced_address) and mail.bounced_address != address_digest(mail.recipient.email)


def send_again(mail: OutboundMail) -> None:
    """A new mail with a Message-ID of its own in the place of one that did not arrive; asked twice it is one.

    Raises ``Refused`` after ``TRIES`` mails: then the address is wrong in a way no mail will mend.
    """
    key, tries = base_and_try(mail.key)
    if tries >= TRIES:
        raise Refused(
            f"{TRIES}回送っても届きませんでした。学校に電話などで確かめてください",
            f"{TRIES} mails did not arrive. Ask the school by telephone.",
        )
    post_notice(mail.event, to=mail.recipient_id, org_id=mail.org_id, key=f"{key}+{tries + 1}", link=mail.link)


def every_try(key: str) -> list[str]:
    """The key of a first mail and of all that may stand in its place."""
    return [key, *(f"{key}+{tries}" for tries in range(2, TRIES + 1))]


def base_and_try(key: str) -> tuple[str, int]:
    """``abc+3`` → (``abc``, 3); a first mail is try 1."""
    base, _, tries = key.partition("+")
    return base, int(tries or 1)


def address_digest(address: str) -> str:
    """The digest by which two addresses are compared without keeping one."""
    return sha256_hex(address.strip().casefold().encode())


def _text(part: Message) -> str:
    """Header lines and body of one part as text; a report's part of status fields has them as inner messages."""
    head = "\n".join(f"{name}: {value}" for name, value in part.items())
    body = part.get_payload(decode=True) if not part.is_multipart() else None
    return f"{head}\n{body.decode('utf-8', 'replace')}" if isinstance(body, bytes) else head


def _status(text: str) -> str | None:
    lines = (line.partition(":") for line in text.splitlines())
    stated = (value for name, _, value in lines if name.strip().lower() in ("status", "diagnostic-code"))
    return next((found.group() for value in stated if (found := _CODE.search(value))), None)
