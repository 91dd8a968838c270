"""Handlers of the request's jobs: slow work outside transactions, one short effect inside."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from smtplib import SMTPException
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage

from mofa_requests.actions.chasing import chase
from mofa_requests.actions.digest import send_digests
from mofa_requests.actions.mailing import put_back, settle_sent, take_mail
from mofa_requests.actions.packets import freeze_packet_input, store_packet
from mofa_requests.documents.packet import build_packet
from mofa_requests.models import MailOrder
from mofa_requests.queries import MAIL_PACKET, RENDER_PACKET
from portal.audit.record import Actor
from portal.directory.kinds import OrgKind
from portal.jobs.models import Job
from portal.jobs.progress import Teller
from portal.jobs.worker import CannotBeDone, handles
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as
from portal.vault.files import fetch
from portal.vault.keyring import cipher_for


@handles(RENDER_PACKET)
def render_packet(job: Job) -> Callable[[], None]:
    """Render the packet of the letter named by the job's key, in the scope of the authority that fixed it."""
    letter_id = UUID(job.key)
    source = freeze_packet_input(letter_id)
    teller = Teller(job)
    try:
        rendered = build_packet(source, watch=lambda far: teller.tell(**dataclasses.asdict(far)))
    except RenderError as error:
        raise CannotBeDone(str(error)) from error
    actor = Actor(job.user_id, "worker", job.org_id)

    def effect() -> None:
        store_packet(letter_id, rendered, by=actor)

    return effect


@handles(MAIL_PACKET)
def mail_packet(job: Job) -> Callable[[], None]:
    """Hand one packet to the mail server. A break after that leaves ``handing``: a person is asked, nothing repeats."""
    order = take_mail(UUID(job.key))
    if order is None:
        return _nothing
    message = compose(order)
    try:
        message.send(fail_silently=False)
    except (SMTPException, OSError):
        put_back(order)
        raise

    def effect() -> None:
        settle_sent(order)

    return effect


def compose(order: MailOrder) -> EmailMessage:
    """The mail with the packet attached; its Message-ID is the order's own and never changes."""
    packet, trip_id = order.packet, order.request.trip_id
    pdf = fetch(name=packet.file_name, sha256=packet.sha256, cipher=cipher_for(trip_id))
    domain = settings.PORTAL_ORIGIN.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<packet-{order.pk}@{domain}>"}
    message = EmailMessage(order.subject, order.body, to=list(order.recipients), headers=headers)
    message.attach(f"irai-{packet.key[:12]}.pdf", pdf, "application/pdf")
    return message


@shared_task(name="mofa_requests.tasks.remind")
def remind() -> None:
    """Every authority's reminders of the day, one authority after the other."""
    houses = Org.objects.filter(active=True).exclude(
        kind__in=(OrgKind.SCHOOL.value, OrgKind.JCSOS.value, OrgKind.PLATFORM.value)
    )
    for org_id in houses.values_list("pk", flat=True):
        with acting_as(Scope(Audience.FORWARDER, org_id)):
            chase(on=clock.today())
            send_digests(org_id, at=clock.now())


def _nothing() -> None:
    """The order was taken back, settled, or waits for a person."""
