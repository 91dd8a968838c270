"""The one mail that goes to somebody who is no user yet: the invitation. Link only, no person's name.

Everything else leaves through the outbox (portal.jobs), which must not keep a token in the clear.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Invitation
from portal.tenancy.scope import acting_as

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, *, token: str) -> bool:
    """Send the link. A refusal by the mail server leaves ``sent_at`` empty, which the members' list shows."""
    try:
        compose_invitation(invitation, token=token).send(fail_silently=False)
    except (SMTPException, OSError) as error:
        log.warning("invitation not accepted by the mail server: %s (%s)", invitation.pk, type(error).__name__)
        return False
    with acting_as(None):
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return True


def compose_invitation(invitation: Invitation, *, token: str) -> EmailMessage:
    """Subject and body in the portal's own language; the organisation and the role say what it is about."""
    facts = {
        "link": f"{settings.PORTAL_ORIGIN}{reverse('accounts:open_invitation', args=[token])}",
        "organisation": invitation.org.name,
        "role": invitation.role_kind.label,
        "expires_at": invitation.expires_at,
    }
    subject = " ".join(render_to_string("email/invitation.subject.txt", facts).split())
    body = render_to_string("email/invitation.body.txt", facts)
    return EmailMessage(subject, body, to=[invitation.email])
