"""Secret addresses under which a person's calendar reads deadlines. Not here: the dates (due_dates)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

_OWN = (
    "when:EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = membership_id"
    " AND held.org_id = nullif(current_setting('app.org', true), '')::uuid"
    " AND held.user_id = nullif(current_setting('app.user', true), '')::bigint)"
)


class CalendarFeed(models.Model):
    """One secret address of one membership; only the hash of its token is kept.

    A calendar signs in nowhere: the worker's audience looks a token up, and the feed is then made in the scope of the
    membership behind it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="+", editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                name="mofa_feed_one_open", fields=("membership",), condition=Q(revoked_at__isnull=True)
            ),
            TenantIsolation(
                name="mofa_requests_calendarfeed_rls",
                rules=(
                    ("school", _OWN, "select,insert,update(revoked_at)"),
                    ("endorser", _OWN, "select,insert,update(revoked_at)"),
                    ("forwarder", _OWN, "select,insert,update(revoked_at)"),
                    ("worker", "all", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
