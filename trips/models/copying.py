"""What waits beside a plan that was copied from last year's. Not here: what waits and why (trips.facts.copying)."""

from __future__ import annotations

from django.db import models

from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField


class CarriedValue(TenantOwned):
    """One value of last year's plan: gone from here once a person confirmed it or wrote another."""

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="carried_values")
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=120)
    before = SealedField()
    value = SealedField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("trip", "path"), name="trips_carriedvalue_once"),
            SameTenant(name="trips_carriedvalue_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_carriedvalue_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
