"""Membership in JCSOS and the consent that decides what it may read. Not here: the route of requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import TenantIsolation


class Membership(TenantOwned):
    """One school's membership. ``consents`` and ``left_on`` open and close JCSOS's window at once, by trigger."""

    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    consents = models.BooleanField(default=False)
    consented_at = models.DateTimeField(null=True)
    consented_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school",), name="jcsos_membership_once", condition=Q(left_on=None)),
            models.CheckConstraint(
                name="jcsos_membership_consent_is_signed",
                condition=Q(consents=False) | Q(consented_at__isnull=False, consented_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_membership_leaves_after_joining",
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")),
            ),
            TenantIsolation(
                name="jcsos_membership_rls",
                rules=(
                    ("school", "school_id", "select,update(consents,consented_at,consented_by_id)"),
                    ("jcsos", "all", "select,insert,update(left_on)"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.school_id)
