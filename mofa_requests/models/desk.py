"""What a person of an authority keeps for the own work: saved views, the daily mail. Not here: the requests (case)."""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

OWN_MEMBERSHIP = (
    "when:EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = membership_id"
    " AND held.org_id = nullif(current_setting('app.org', true), '')::uuid"
    " AND held.user_id = nullif(current_setting('app.user', true), '')::bigint)"
)
_COLLEAGUES = (
    "when:EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = membership_id"
    " AND held.org_id = nullif(current_setting('app.org', true), '')::uuid)"
)
"""The round of daily mails runs for the authority as a whole, not for one of its people."""


class SavedView(models.Model):
    """One way of narrowing the inbox, under a name of its owner's; ``query`` is the query string of its address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="+", editable=False)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400, blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("saved_at", "id")
        constraints = (
            models.UniqueConstraint(name="mofa_saved_view_name_once", fields=("membership", "name")),
            models.CheckConstraint(name="mofa_saved_view_has_a_name", condition=~models.Q(name="")),
            TenantIsolation(
                name="mofa_requests_savedview_rls",
                rules=(
                    ("endorser", OWN_MEMBERSHIP, "select,insert,update(query,saved_at),delete"),
                    ("forwarder", OWN_MEMBERSHIP, "select,insert,update(query,saved_at),delete"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class DigestWish(models.Model):
    """Whether a person wants the daily mail of the desk: the newest row counts, without one it comes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE, related_name="+", editable=False)
    wanted = models.BooleanField()
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("saved_at", "id")
        constraints = (
            TenantIsolation(
                name="mofa_requests_digestwish_rls",
                rules=(
                    ("endorser", _COLLEAGUES, "select"),
                    ("endorser", OWN_MEMBERSHIP, "insert"),
                    ("forwarder", _COLLEAGUES, "select"),
                    ("forwarder", OWN_MEMBERSHIP, "insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
