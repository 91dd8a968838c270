"""What an authority decided for itself, version by version. Not here: what the rules say (rules.local_rules)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.facts import AuthorityRules
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

_OWN_OR_PARENTS = (
    "when:org_id = nullif(current_setting('app.org', true), '')::uuid OR org_id IN"
    " (SELECT parent_id FROM tenancy_org WHERE id = nullif(current_setting('app.org', true), '')::uuid)"
)
"""A municipal board reads what its prefecture asks of the schools whose plans pass through it."""


class AuthoritySettings(models.Model):
    """One version of an authority's own rules and days. Versions are added, never changed.

    ``parameters`` are the fields of ``AuthorityRules`` in JSON; they are no secret: every school may read them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField()
    parameters = models.JSONField()
    dated_from = models.DateField()
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("org", "version"), name="mofa_settings_version_once"),
            models.CheckConstraint(name="mofa_settings_version_counts_from_one", condition=Q(version__gte=1)),
            TenantIsolation(
                name="mofa_requests_authoritysettings_rls",
                rules=(
                    ("school", "all", "select"),
                    ("endorser", _OWN_OR_PARENTS, "select"),
                    ("endorser", "org_id", "insert"),
                    ("forwarder", "org_id", "select,insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.org_id} {self.version}"

    @property
    def rules(self) -> AuthorityRules:
        """The parameters as values to judge with."""
        return AuthorityRules.model_validate(self.parameters)
