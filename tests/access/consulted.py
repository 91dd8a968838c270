"""A school's consultation with JCSOS, its article, and its duty-of-care file. Not here: who may open what (routes)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from jcsos.actions import articles, consult
from jcsos.enums import FileStage, TicketTopic
from jcsos.models import DutyFile, Ticket, TicketEntry
from jcsos.queries.duty_file import gather
from mofa_requests.models import MofaRequest
from portal.accounts.acting import scope_of
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as
from portal.vault.uploads import Upload
from tests.factories.cast import Seat

_PAPER = Upload("契約書.pdf", b"%PDF-1.7 specimen")


def build_consultation(principal: Seat, desk: Seat) -> None:
    """The school asks, the desk publishes an article about it."""
    with principal.at_work() as by:
        ticket = consult.ask(principal.org, TicketTopic.CONTRACT, "契約", "取消料は?", by=by, upload=_PAPER)
    with acting_as(scope_of(desk.membership, health=True)), transaction.atomic():
        text = articles.Text(TicketTopic.CONTRACT, "取消料", "契約に書く")
        article = articles.begin_article(ticket, text, by=desk.actor, org_id=desk.org.pk)
        articles.publish_article(article, by=desk.actor)
    _freeze_file(principal)


def _freeze_file(principal: Seat) -> None:
    """The duty-of-care file of the submitted trip, as if it had left by now."""
    with principal.at_work():
        request = MofaRequest.objects.filter(school=principal.org, submitted_at__isnull=False).earliest("id")
        document = gather(request.trip_id, stage=FileStage.DEPARTURE, until=clock.now())
        DutyFile.objects.create(
            school=principal.org, trip_id=request.trip_id, number=1, stage=FileStage.DEPARTURE.value,
            document=document, sha256=digest_of(document),
        )  # fmt: skip


def ticket_at(school: Org) -> UUID:
    """The school's consultation; of a school that never asked, an id that names none."""
    return Ticket.objects.filter(school=school).values_list("pk", flat=True).first() or school.pk


def paper_at(school: Org) -> UUID:
    """The line of it that carries a file."""
    return TicketEntry.objects.filter(school=school).values_list("pk", flat=True).first() or school.pk


def article_at(school: Org) -> UUID:
    """The article made of it."""
    return Ticket.objects.filter(school=school).values_list("article_id", flat=True).first() or school.pk
