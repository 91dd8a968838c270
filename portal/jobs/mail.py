"""Send one notice of the outbox: templates per event, a link only, a fixed Message-ID, never twice.

Here: when a notice is due, handing it over, what a server's answer means. Not here: looking for due ones (``sweep``).
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import reduce
from operator import or_
from smtplib import SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.jobs.bounces import note_bounces
from portal.jobs.models import MailState, OutboundMail
from portal.jobs.worker import WORKER
from portal.tenancy.scope import acting_as

log = logging.getLogger(__name__)
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""Between two attempts; together half a school day and a night, as a mail server that is down or busy may need."""
MAX_ATTEMPTS = len(PAUSES) + 1
_FOR_GOOD = 500


def due(now: dt.datetime) -> Q:
    """The notices to send at ``now``: new ones, and refused ones whose pause since the last attempt is over."""
    rested = [Q(attempts=tried, taken_at__lte=now - pause) for tried, pause in enumerate(PAUSES, start=1)]
    return Q(state=MailState.WAITING.value) & reduce(or_, rested, Q(attempts=0))


def send(mail_id: UUID) -> bool:
    """Send if it is due. A break after handing over leaves ``sending``: a person is asked, nothing is repeated."""
    mail = _take(mail_id)
    if mail is None:
        return False
    try:
        compose(mail).send(fail_silently=False)
    except SMTPRecipientsRefused as error:
        return _refused(mail, error)
    except (SMTPException, OSError) as error:
        log.warning("mail not accepted: %s (%s)", mail.id, type(error).__name__)
        _set(mail, MailState.WAITING if mail.attempts < MAX_ATTEMPTS else MailState.UNKNOWN)
        return False
    _set(mail, MailState.SENT)
    return True


def _refused(mail: OutboundMail, error: SMTPRecipientsRefused) -> bool:
    """The server does not take this recipient: for good with a code of 500 and more, otherwise for now."""
    code = max((int(answer[0]) for answer in error.recipients.values()), default=0)
    log.warning("recipient refused: %s (%d)", mail.id, code)
    if code >= _FOR_GOOD:
        note_bounces([mail], code=str(code))
    else:
        _set(mail, MailState.WAITING if mail.attempts < MAX_ATTEMPTS else MailState.UNKNOWN)
    return False


def compose(mail: OutboundMail) -> EmailMessage:
    """Subject and body of the event in the recipient's language; variable are the link and whole numbers alone."""
    facts = {**mail.counts, "link": f"{settings.PORTAL_ORIGIN}{mail.link}"}
    with translation.override(mail.recipient.language):
        subject = render_to_string(f"email/{mail.event}.subject.txt", facts).strip()
        body = render_to_string(f"email/{mail.event}.body.txt", facts)
    domain = settings.PORTAL_ORIGIN.partition("://")[2].partition(":")[0]
    return EmailMessage(subject, body, to=[mail.recipient.email], headers={"Message-ID": f"<{mail.id}@{domain}>"})


def _take(mail_id: UUID) -> OutboundMail | None:
    with acting_as(WORKER), transaction.atomic():
        rows = OutboundMail.objects.filter(due(timezone.now()), id=mail_id)
        mail = rows.select_for_update(of=("self",), skip_locked=True).select_related("recipient").first()
        if mail is None:
            return None
        mail.attempts += 1
        rows.update(state=MailState.SENDING.value, attempts=mail.attempts, taken_at=timezone.now())
        return mail


def _set(mail: OutboundMail, state: MailState) -> None:
    sent_at = timezone.now() if state is MailState.SENT else None
    with acting_as(WORKER), transaction.atomic():
        OutboundMail.objects.filter(id=mail.id).update(state=state.value, sent_at=sent_at)
