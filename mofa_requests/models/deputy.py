"""Who stands in for whom at an authority, and when (代理). Not here: what a deputy may then do (actions.deputising)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

_ROUTE_OF_MINE = (
    "when:EXISTS (SELECT 1 FROM mofa_requests_mofarequest mine"
    " WHERE mine.school_id = nullif(current_setting('app.org', true), '')::uuid"
    " AND mofa_requests_deputy.org_id IN (mine.endorser_org_id, mine.forwarder_org_id))"
)
"""A school sees who stands in at the authorities that its own requests went to: there its papers may lie."""


class Deputy(models.Model):
    """``deputy`` stands in for ``person`` from ``from_on`` to ``until_on``, both days included, unless ended before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    named_at = models.DateTimeField(default=clock.now)
    named_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("from_on", "id")
        indexes = (models.Index(fields=("org", "until_on"), name="mofa_deputy_open", condition=Q(ended_at=None)),)
        constraints = (
            models.CheckConstraint(name="mofa_deputy_is_another_person", condition=~Q(deputy=F("person"))),
            models.CheckConstraint(name="mofa_deputy_period_runs_forward", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="mofa_deputy_end_is_signed",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            TenantIsolation(
                name="mofa_requests_deputy_rls",
                rules=(
                    ("school", _ROUTE_OF_MINE, "select"),
                    ("endorser", "org_id", "select,insert,update(ended_at,ended_by_id)"),
                    ("forwarder", "org_id", "select,insert,update(ended_at,ended_by_id)"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def covers(self, day: dt.date) -> bool:
        """Whether the mandate holds on a day."""
        return self.ended_at is None and self.from_on <= day <= self.until_on
