"""What a school shows for one criterion: a statement or a sealed file. Class P2; a withdrawn file is deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.models.audit import AuditRow, audit_constraints, signer
from jcsos.models.sight import while_open
from portal.kit import clock


class Evidence(AuditRow):
    """One statement, with or without a file. Withdrawing empties it and keeps that it was there, and why it went."""

    criterion = models.CharField(max_length=10)
    statement = models.TextField(blank=True)
    shown_name = models.CharField(max_length=200, blank=True)
    stored_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    given_at = models.DateTimeField(default=clock.now)
    given_by = signer()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = signer(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(
                name="jcsos_evidence_says_something",
                condition=~Q(statement="") | ~Q(stored_name="") | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_evidence_file_is_known",
                condition=Q(stored_name="") | Q(size__isnull=False) & ~Q(sha256="") & ~Q(media_type=""),
            ),
            models.CheckConstraint(
                name="jcsos_evidence_withdrawn_is_signed",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
            ),
            *audit_constraints(
                "jcsos_evidence",
                rules=(
                    (
                        "school",
                        "school_id",
                        "select,insert,update(statement,shown_name,stored_name,withdrawn_at,withdrawn_by_id,"
                        "withdrawn_reason)",
                    ),
                    ("jcsos", while_open("jcsos_evidence"), "select"),
                ),
            ),
        )

    @property
    def has_file(self) -> bool:
        return bool(self.stored_name)
