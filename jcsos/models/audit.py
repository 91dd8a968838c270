"""Audits: the campaign, the audit of one sampled trip, and its log. Class P1; kept five years after closing.

Not here: evidence, assessments and findings (their own modules), what may follow what (machine).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from jcsos.enums import AuditState, CampaignState, Population, Side
from jcsos.models.sight import own_and, while_open
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import Rule, SameTenant, TenantIsolation


def signer(**options: Any) -> models.ForeignKey[Any, Any]:
    """The person whose signature a step carries."""
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", **options)


class Campaign(models.Model):
    """One round of audits: trips that leave within a period, sampled by a seed, judged by one rule set.

    ``population_digest`` is the sha256 of the sorted ids the sample was drawn from, so that a second drawing can be
    held against the first one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=120)
    period_from = models.DateField()
    period_to = models.DateField()
    population = models.CharField(max_length=20, choices=Population.choices())
    rule_set = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField()
    floor = models.PositiveIntegerField()
    cap = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=CampaignState.choices(), default=CampaignState.PLANNED.value)
    population_size = models.PositiveIntegerField(null=True)
    population_digest = models.CharField(max_length=64, blank=True)
    drawn_size = models.PositiveIntegerField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = signer()
    drawn_at = models.DateTimeField(null=True)
    drawn_by = signer(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = signer(null=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(name="jcsos_campaign_period", condition=Q(period_to__gte=models.F("period_from"))),
            models.CheckConstraint(
                name="jcsos_campaign_bounds",
                condition=Q(percent__gte=1, percent__lte=100, floor__gte=1, cap__gte=models.F("floor")),
            ),
            models.CheckConstraint(
                name="jcsos_campaign_drawn_is_signed",
                condition=Q(state="planned", drawn_at=None)
                | Q(drawn_at__isnull=False, drawn_by__isnull=False, drawn_size__gte=1) & ~Q(population_digest=""),
            ),
            models.CheckConstraint(
                name="jcsos_campaign_closed_is_signed",
                condition=~Q(state="closed") | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            TenantIsolation(
                name="jcsos_campaign_rls",
                rules=(
                    ("jcsos", "org_id", "select,insert,update"),
                    (
                        "school",
                        "when:EXISTS (SELECT 1 FROM jcsos_tripaudit a WHERE a.campaign_id = jcsos_campaign.id)",
                        "select",
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state_kind(self) -> CampaignState:
        return CampaignState(self.state)


_BEFORE_NOTICE = ("sampled",)
_WITH_RESULT = ("reply", "correcting", "verifying", "closed")


class TripAudit(TenantOwned):
    """The audit of one trip. The school sees it from the announcement on; ``position`` is its place in the drawing.

    ``key_*`` hold the wrapped key of the files that the school gives; ``revision_number`` is what is judged.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="audits")
    request = models.ForeignKey("mofa_requests.MofaRequest", on_delete=models.PROTECT, related_name="+")
    revision_number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=AuditState.choices(), default=AuditState.SAMPLED.value)
    key_master = models.CharField(max_length=40)
    key_wrapped = models.BinaryField()
    announced_at = models.DateTimeField(null=True)
    announced_by = signer(null=True)
    evidence_due_on = models.DateField(null=True)
    asked_more = models.TextField(blank=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = signer(null=True)
    result_at = models.DateTimeField(null=True)
    result_by = signer(null=True)
    reply_due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "request"), name="jcsos_audit_trip_once"),
            models.UniqueConstraint(fields=("school", "id"), name="jcsos_audit_school_id"),
            models.CheckConstraint(
                name="jcsos_audit_announced_is_signed",
                condition=Q(state__in=_BEFORE_NOTICE, announced_at=None)
                | Q(announced_at__isnull=False, announced_by__isnull=False, evidence_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_audit_result_is_signed",
                condition=~Q(state__in=_WITH_RESULT) | Q(result_at__isnull=False, result_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_audit_reply_has_a_day", condition=~Q(state="reply") | Q(reply_due_on__isnull=False)
            ),
            models.CheckConstraint(
                name="jcsos_audit_closed_has_stamp",
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at=None),
            ),
            SameTenant(name="jcsos_audit_same_school", via="request_id", to="mofa_requests.MofaRequest"),
            TenantIsolation(
                name="jcsos_tripaudit_rls",
                rules=(
                    (
                        "school",
                        own_and("announced_at IS NOT NULL"),
                        "select,update(state,handed_in_at,handed_in_by_id)",
                    ),
                    ("jcsos", while_open("jcsos_tripaudit"), "select,insert,update"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> AuditState:
        return AuditState(self.state)


class AuditRow(TenantOwned):
    """A row that hangs on one audit."""

    audit = models.ForeignKey(TripAudit, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


def audit_constraints(table: str, *, rules: tuple[Rule, ...]) -> tuple[models.BaseConstraint, ...]:
    """The composite key to the audit, and the table's policies."""
    return (
        SameTenant(name=f"{table}_same_school", via="audit_id", to="jcsos.TripAudit"),
        TenantIsolation(name=f"{table}_rls", rules=rules),
    )


class AuditStep(AuditRow):
    """One line of an audit's log, read by both sides: who did what, by when it is asked for, and why. Never changed.

    ``name`` is a transition of the machine or an ``Act``. The notice that a deadline passed lies here too.
    """

    name = models.CharField(max_length=40)
    side = models.CharField(max_length=10, choices=[(side.value, side.value) for side in Side])
    at = models.DateTimeField(default=clock.now)
    by = signer()
    due_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = audit_constraints(
            "jcsos_auditstep",
            rules=(
                ("school", "school_id", "select,insert"),
                ("jcsos", while_open("jcsos_auditstep"), "select,insert"),
            ),
        )
