"""A school's consultation with JCSOS, its article, and its duty-of-care file. Not here: who may open what (routes)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from jcsos.actions import articles, consult
from jcsos.actions.members import keep_paper
from jcsos.enums import FileStage, PaperKind, TicketTopic
from jcsos.models import Associate, DutyFile, MemberPaper, Membership, Ticket, TicketEntry
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
    _keep_papers(principal, desk)


def _freeze_file(principal: Seat) -> None:
    """The duty-of-care file of the submitted trip, as if it had left by now."""
    with principal.at_work():
        request = MofaRequest.objects.filter(school=principal.org, submitted_at__isnull=False).earliest("id")
        document = gather(request.trip_id, stage=FileStage.DEPARTURE, until=clock.now())
        DutyFile.objects.create(
            school=principal.org, trip_id=request.trip_id, number=1, stage=FileStage.DEPARTURE.value,
            document=document, sha256=digest_of(document),
        )  # fmt: skip


def _keep_papers(principal: Seat, desk: Seat) -> None:
    """A document of the school's membership, and an associate member of JCSOS with one of its own."""
    with principal.at_work() as by:
        keep_paper(Membership.objects.get(school=principal.org), PaperKind.JOIN, _PAPER, by=by)
    with desk.at_work() as by:
        day = clock.today()
        body = Associate.objects.create(org=desk.org, name=_associate_of(principal.org), kind="insurer", joined_on=day)
        keep_paper(body, PaperKind.JOIN, _PAPER, by=by)


def _associate_of(school: Org) -> str:
    return f"準会員 {school.pk}"


def associate_at(school: Org) -> UUID:
    """The associate member that came with the estate."""
    rows = Associate.objects.filter(name=_associate_of(school))
    return rows.values_list("pk", flat=True).first() or school.pk


def associate_paper_at(school: Org) -> UUID:
    """Its document."""
    rows = MemberPaper.objects.filter(associate_id=associate_at(school))
    return rows.values_list("pk", flat=True).first() or school.pk


def member_paper_at(school: Org) -> UUID:
    """The document of the school's membership."""
    return MemberPaper.objects.filter(school=school).values_list("pk", flat=True).first() or school.pk


def ticket_at(school: Org) -> UUID:
    """The school's consultation; of a school that never asked, an id that names none."""
    return Ticket.objects.filter(school=school).values_list("pk", flat=True).first() or school.pk


def paper_at(school: Org) -> UUID:
    """The line of it that carries a file."""
    return TicketEntry.objects.filter(school=school).values_list("pk", flat=True).first() or school.pk


def article_at(school: Org) -> UUID:
    """The article made of it."""
    return Ticket.objects.filter(school=school).values_list("article_id", flat=True).first() or school.pk
