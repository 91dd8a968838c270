"""Reading consultations: lists without contents, one ticket opened, how long schools wait, articles. No writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from jcsos.enums import ArticleState, TicketState
from jcsos.models import Article, Ticket, TicketEntry
from portal.directory.kinds import OrgKind
from portal.kit import clock
from portal.tenancy.models import Org
from portal.vault.keyring import TripCipher, WrappedKey, open_key

MEASURED = dt.timedelta(days=365)
"""Response times are told of the consultations opened within the last year."""


@dataclass(frozen=True)
class OpenedEntry:
    """One line of a consultation with its text. For one page, never kept."""

    entry: TicketEntry
    text: str


@dataclass(frozen=True)
class Waits:
    """How long schools waited: medians in hours (first answer) and days (closing); ``None`` while there are none."""

    waiting: int
    longest_waiting: dt.timedelta | None
    answered: int
    first_answer_hours: float | None
    closed: int
    closing_days: float | None


def office() -> Org | None:
    """JCSOS itself, whom a school consults."""
    return Org.objects.filter(kind=OrgKind.JCSOS.value, active=True).order_by("created_at").first()


def tickets() -> QuerySet[Ticket]:
    """Every consultation in view, those that wait for an answer first, the longest wait on top; nothing is opened."""
    rows = Ticket.objects.select_related("school").defer("subject")
    return rows.annotate(waits=Q(state=TicketState.ASKED.value)).order_by("-waits", "opened_at")


def tickets_of(school_id: UUID) -> QuerySet[Ticket]:
    """A school's own consultations, newest first."""
    return Ticket.objects.filter(school_id=school_id).order_by("-opened_at")


def get_ticket(ticket_id: UUID) -> Ticket:
    """One consultation in view, or ``Ticket.DoesNotExist``."""
    return Ticket.objects.select_related("school").get(pk=ticket_id)


def cipher_of(ticket: Ticket) -> TripCipher:
    held = WrappedKey(ticket.key_master, bytes(ticket.key_wrapped))
    return open_key(held, owner_id=ticket.school_id, subject_id=ticket.pk)


def subject_of(ticket: Ticket) -> str:
    """The subject, opened."""
    table = ticket._meta.db_table
    return cipher_of(ticket).open(ticket.subject, table=table, column="subject", row=ticket.pk) or ""


def entries_of(ticket: Ticket) -> list[OpenedEntry]:
    """The lines, oldest first, opened."""
    cipher = cipher_of(ticket)
    rows = TicketEntry.objects.filter(ticket=ticket).select_related("by")
    return [
        OpenedEntry(row, cipher.open(row.text, table=row._meta.db_table, column="text", row=row.pk) or "")
        for row in rows
    ]


def file_entry(ticket: Ticket, entry_id: UUID) -> TicketEntry | None:
    """The line of this consultation that carries a file, if there is one."""
    return TicketEntry.objects.filter(ticket=ticket, pk=entry_id).exclude(stored_name="").first()


def waits_of(rows: Iterable[Ticket]) -> Waits:
    """The measure over the consultations opened within the last year."""
    now = clock.now()
    recent = [row for row in rows if row.opened_at >= now - MEASURED]
    waiting = [now - row.opened_at for row in recent if row.first_answered_at is None and row.closed_at is None]
    answers = [(row.first_answered_at - row.opened_at) for row in recent if row.first_answered_at]
    closings = [(row.closed_at - row.opened_at) for row in recent if row.closed_at]
    return Waits(
        waiting=sum(row.state == TicketState.ASKED.value for row in recent),
        longest_waiting=max(waiting, default=None),
        answered=len(answers),
        first_answer_hours=_median(answers, dt.timedelta(hours=1)),
        closed=len(closings),
        closing_days=_median(closings, dt.timedelta(days=1)),
    )


def articles() -> QuerySet[Article]:
    """What is in view: everything for the office, published articles for a member."""
    return Article.objects.all()


def get_article(article_id: UUID) -> Article:
    """One article in view, or ``Article.DoesNotExist``."""
    return Article.objects.get(pk=article_id)


def published_articles() -> QuerySet[Article]:
    return Article.objects.filter(state=ArticleState.PUBLISHED.value)


def ticket_behind(article: Article) -> Ticket | None:
    """The consultation an article was made of, while it is in view."""
    return Ticket.objects.filter(article_id=article.pk).select_related("school").first()


def names_a_traveller(school_id: UUID, text: str) -> bool:
    """Whether the text holds the name of anybody on a roster of the school; which name, nobody is told.

    The desk may not read rosters: the database compares (migration 0007).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT jcsos_names_a_traveller(%s, %s)", [school_id, text])
        return bool(cursor.fetchone()[0])


def _median(spans: list[dt.timedelta], unit: dt.timedelta) -> float | None:
    return round(median(span / unit for span in spans), 1) if spans else None
