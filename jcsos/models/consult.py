"""Consultations: a school asks, JCSOS's desk answers, nobody else reads (class P3, sealed); and articles for members.

Not here: sealing and opening (actions, queries), what may follow what (machine).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.enums import ArticleState, Side, TicketEntryKind, TicketState, TicketTopic, VisitMeans
from jcsos.models.audit import signer
from jcsos.models.sight import ORG, consulting
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation
from portal.vault.models import SealedField

_A_MEMBER_NOW = (
    "when:state = 'published' AND EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608 - constants
    f" WHERE held.school_id = {ORG} AND held.left_on IS NULL)"
)
_MOVED = "update(state,first_answered_at,closed_at,closed_by_id,article_id)"


class Ticket(TenantOwned):
    """One consultation of one school with the office ``org``; what people typed is sealed under ``key_*``.

    ``first_answered_at`` and ``closed_at`` measure how long the school waited;
    ``article_id`` names what was made of it.
    """

    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    topic = models.CharField(max_length=20, choices=TicketTopic.choices())
    state = models.CharField(max_length=20, choices=TicketState.choices(), default=TicketState.ASKED.value)
    key_master = models.CharField(max_length=40)
    key_wrapped = models.BinaryField()
    subject = SealedField(null=False)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = signer()
    first_answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = signer(null=True)
    article_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-opened_at",)
        indexes = (models.Index(fields=("school", "-opened_at"), name="jcsos_ticket_of_school"),)
        constraints = (
            models.UniqueConstraint(fields=("school", "id"), name="jcsos_ticket_school_id"),
            models.CheckConstraint(
                name="jcsos_ticket_closed_is_signed",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | ~Q(state="closed") & Q(closed_at=None, closed_by=None),
            ),
            models.CheckConstraint(
                name="jcsos_ticket_answered_has_stamp",
                condition=~Q(state="answered") | Q(first_answered_at__isnull=False),
            ),
            TenantIsolation(
                name="jcsos_ticket_rls",
                rules=(
                    ("school", "school_id", f"select,insert,{_MOVED}"),
                    ("jcsos", consulting("jcsos_ticket"), f"select,{_MOVED}"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> TicketState:
        return TicketState(self.state)


class TicketEntry(TenantOwned):
    """One line of a consultation: what a side wrote, with or without a sealed file, or that the two met. Only added."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20, choices=TicketEntryKind.choices())
    side = models.CharField(max_length=10, choices=[(side.value, side.value) for side in Side])
    text = SealedField(null=False)
    means = models.CharField(max_length=20, choices=VisitMeans.choices(), blank=True)
    held_on = models.DateField(null=True)
    shown_name = models.CharField(max_length=200, blank=True)
    stored_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = signer()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                name="jcsos_ticketentry_visit_has_a_day",
                condition=Q(kind="visit", held_on__isnull=False) & ~Q(means="")
                | Q(kind="message", held_on=None, means=""),
            ),
            models.CheckConstraint(
                name="jcsos_ticketentry_file_is_known",
                condition=Q(stored_name="") | Q(size__isnull=False) & ~Q(sha256="") & ~Q(media_type=""),
            ),
            SameTenant(name="jcsos_ticketentry_same_school", via="ticket_id", to="jcsos.Ticket"),
            TenantIsolation(
                name="jcsos_ticketentry_rls",
                rules=(
                    ("school", "school_id", "select,insert"),
                    ("jcsos", consulting("jcsos_ticketentry"), "select,insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_file(self) -> bool:
        return bool(self.stored_name)


class Article(models.Model):
    """What members may learn from an answer, in words of its own. It does not know whose question it came from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    topic = models.CharField(max_length=20, choices=TicketTopic.choices())
    title = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=20, choices=ArticleState.choices(), default=ArticleState.DRAFT.value)
    written_at = models.DateTimeField(default=clock.now)
    written_by = signer()
    published_at = models.DateTimeField(null=True)
    published_by = signer(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="jcsos_article_published_is_signed",
                condition=Q(state="draft") | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            TenantIsolation(
                name="jcsos_article_rls",
                rules=(
                    (
                        "jcsos",
                        "org_id",
                        "select,insert,"
                        "update(topic,title,text,state,written_at,written_by_id,published_at,published_by_id,withdrawn_at)",
                    ),
                    (
                        "school",
                        _A_MEMBER_NOW,
                        "select",
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state_kind(self) -> ArticleState:
        return ArticleState(self.state)
