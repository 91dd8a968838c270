"""周知: what an authority tells its schools and municipal boards, and who of them has read it.

領保第六一五七号 asks the authorities to make the procedure known; not here: papers of one request.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import SameTenant, TenantIsolation

_ORG = "nullif(current_setting('app.org', true), '')::uuid"
_SENT_TO_US = (
    "EXISTS (SELECT 1 FROM mofa_requests_noticereading told WHERE told.notice_id = mofa_requests_boardnotice.id"
    " AND told.to_org_id = nullif(current_setting('app.org', true), '')::uuid)"
)


class BoardNotice(models.Model):
    """One notice, as it was sent; never changed. ``read_by_on`` is the day by which it should have been read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=200)
    text = models.TextField()
    read_by_on = models.DateField(null=True)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-sent_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("org", "id"), name="mofa_notice_org_id"),
            models.CheckConstraint(name="mofa_notice_says_something", condition=~Q(title="") & ~Q(text="")),
            TenantIsolation(
                name="mofa_requests_boardnotice_rls",
                rules=(
                    ("school", f"when:{_SENT_TO_US}", "select"),
                    ("endorser", f"when:org_id = {_ORG} OR {_SENT_TO_US}", "select"),
                    ("endorser", "org_id", "insert"),
                    ("forwarder", "org_id", "select,insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class NoticeReading(models.Model):
    """That a notice went to one organisation, and when and by whom it was read there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    notice = models.ForeignKey(BoardNotice, on_delete=models.CASCADE, related_name="readings")
    to_org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("to_org", "read_at"), name="mofa_notice_unread"),)
        constraints = (
            models.UniqueConstraint(fields=("notice", "to_org"), name="mofa_notice_once_a_house"),
            models.CheckConstraint(
                name="mofa_notice_reading_is_signed",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
            SameTenant(
                name="mofa_notice_reading_same_board",
                via="notice_id",
                to="mofa_requests.BoardNotice",
                columns=("org_id",),
            ),
            TenantIsolation(
                name="mofa_requests_noticereading_rls",
                rules=(
                    ("school", "to_org_id", "select,update(read_at,read_by_id)"),
                    ("endorser", f"when:org_id = {_ORG} OR to_org_id = {_ORG}", "select"),
                    ("endorser", "org_id", "insert"),
                    ("endorser", "to_org_id", "update(read_at,read_by_id)"),
                    ("forwarder", "org_id", "select,insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
