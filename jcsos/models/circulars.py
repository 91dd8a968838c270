"""Circulars to the members, and the receipt of each member school. Class P1; kept five years.

Not here: the letters themselves (the outbox of ``portal.jobs``), what may follow what (machine).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jcsos.enums import CircularState, Reach
from jcsos.models.audit import signer
from jcsos.models.sight import ORG, while_member
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import SameTenant, TenantIsolation

_MEMBER_NOW = (
    "EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608 - names of tables, nobody's input
    f" WHERE held.school_id = {ORG} AND held.left_on IS NULL)"
)
_TOLD_US = (
    "EXISTS (SELECT 1 FROM jcsos_circularreceipt told"  # noqa: S608 # nosec B608 - names of tables, nobody's input
    f" WHERE told.circular_id = jcsos_circular.id AND told.school_id = {ORG})"
)


class Circular(models.Model):
    """One circular. ``written_by`` is who wrote the present text; nobody approves a text of their own.

    ``countries`` are the ministry's codes, ``kinds`` values of ``SchoolKind`` (none: every kind), ``folded`` the text
    as it is searched. Members read it once it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=200)
    text = models.TextField()
    folded = models.TextField()
    countries = models.JSONField(default=list)
    official_url = models.CharField(max_length=300, blank=True)
    reach = models.CharField(max_length=20, choices=Reach.choices(), default=Reach.ALL.value)
    kinds = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=CircularState.choices(), default=CircularState.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=clock.now)
    written_by = signer()
    proposed_at = models.DateTimeField(null=True)
    proposed_by = signer(null=True)
    returned_reason = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = signer(null=True)
    ordered_at = models.DateTimeField(null=True)
    ordered_by = signer(null=True)
    goes_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-written_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("org", "id"), name="jcsos_circular_org_id"),
            models.CheckConstraint(name="jcsos_circular_says_something", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="jcsos_circular_second_pair_of_eyes",
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("written_by")) & (Q(proposed_by=None) | ~Q(approved_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="jcsos_circular_approved_is_signed",
                condition=Q(state__in=("draft", "checking")) | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_circular_ordered_is_signed",
                condition=~Q(state__in=("waiting", "sent"))
                | Q(ordered_at__isnull=False, ordered_by__isnull=False, goes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_circular_sent_has_stamp",
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
            ),
            TenantIsolation(
                name="jcsos_circular_rls",
                rules=(
                    ("jcsos", "org_id", "select,insert,update"),
                    ("school", f"when:state = 'sent' AND ({_MEMBER_NOW} OR {_TOLD_US})", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> CircularState:
        return CircularState(self.state)


class CircularReceipt(models.Model):
    """That a circular went to one member school, and when somebody there first opened it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="receipts")
    school = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    told_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    read_by = signer(null=True)

    class Meta:
        indexes = (models.Index(fields=("school", "read_at"), name="jcsos_circular_unread"),)
        constraints = (
            models.UniqueConstraint(fields=("circular", "school"), name="jcsos_circular_once_a_member"),
            models.CheckConstraint(
                name="jcsos_circular_reading_is_signed",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
            SameTenant(
                name="jcsos_circularreceipt_same_org", via="circular_id", to="jcsos.Circular", columns=("org_id",)
            ),
            TenantIsolation(
                name="jcsos_circularreceipt_rls",
                rules=(
                    ("jcsos", while_member("jcsos_circularreceipt"), "select,insert"),
                    ("school", "school_id", "select,update(read_at,read_by_id)"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
