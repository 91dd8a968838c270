"""What the assessors say: a verdict per criterion, and findings with reply and correction. Class P1; five years."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.enums import FindingState, Gravity, Verdict
from jcsos.models.audit import AuditRow, audit_constraints, signer
from jcsos.models.sight import own_and, while_open
from portal.kit import clock

_AFTER_RESULT = (
    "EXISTS (SELECT 1 FROM jcsos_tripaudit a WHERE a.id = jcsos_assessment.audit_id AND a.result_at IS NOT NULL)"
)


class Assessment(AuditRow):
    """The verdict on one criterion; ``cites`` are the facts and pieces of evidence it rests on, as they then stood.

    The school reads it once the result is sent.
    """

    criterion = models.CharField(max_length=10)
    verdict = models.CharField(max_length=20, choices=Verdict.choices())
    note = models.TextField(blank=True)
    cites = models.JSONField(default=list)
    assessed_at = models.DateTimeField(default=clock.now)
    assessed_by = signer()

    class Meta:
        ordering = ("criterion",)
        constraints = (
            models.UniqueConstraint(fields=("audit", "criterion"), name="jcsos_assessment_once"),
            *audit_constraints(
                "jcsos_assessment",
                rules=(
                    ("school", own_and(_AFTER_RESULT), "select"),
                    ("jcsos", while_open("jcsos_assessment"), "select,insert,update"),
                ),
            ),
        )

    @property
    def verdict_kind(self) -> Verdict:
        return Verdict(self.verdict)


class Finding(AuditRow):
    """One finding: what is wrong, the school's reply, what must be mended by whom until when, and whether it was."""

    criterion = models.CharField(max_length=10)
    gravity = models.CharField(max_length=10, choices=Gravity.choices())
    text = models.TextField()
    state = models.CharField(max_length=20, choices=FindingState.choices(), default=FindingState.DRAFT.value)
    written_at = models.DateTimeField(default=clock.now)
    written_by = signer()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = signer(null=True)
    issued_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = signer(null=True)
    upheld_at = models.DateTimeField(null=True)
    correction = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    correction_due_on = models.DateField(null=True)
    reported = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = signer(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = signer(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = signer(null=True)
    dropped_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("criterion", "id")
        constraints = (
            models.CheckConstraint(name="jcsos_finding_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="jcsos_finding_second_pair_of_eyes",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("written_by")),
            ),
            models.CheckConstraint(
                name="jcsos_finding_grave_is_confirmed",
                condition=~Q(gravity="grave") | Q(issued_at=None) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_finding_issued_has_stamp",
                condition=Q(state__in=("draft", "dropped")) | Q(issued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_finding_correction_has_owner_and_day",
                condition=~Q(state__in=("upheld", "corrected", "verified"))
                | Q(upheld_at__isnull=False, correction_due_on__isnull=False) & ~Q(correction="") & ~Q(owner=""),
            ),
            models.CheckConstraint(
                name="jcsos_finding_verified_is_signed",
                condition=~Q(state="verified") | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_finding_dropped_has_reason",
                condition=~Q(state="dropped")
                | Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_reason=""),
            ),
            *audit_constraints(
                "jcsos_finding",
                rules=(
                    (
                        "school",
                        own_and("issued_at IS NOT NULL"),
                        "select,update(state,reply,replied_at,replied_by_id,reported,reported_at,reported_by_id)",
                    ),
                    ("jcsos", while_open("jcsos_finding"), "select,insert,update"),
                ),
            ),
        )

    @property
    def state_kind(self) -> FindingState:
        return FindingState(self.state)

    @property
    def gravity_kind(self) -> Gravity:
        return Gravity(self.gravity)
