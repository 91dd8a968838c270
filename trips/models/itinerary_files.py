"""Itinerary files that were applied to a plan, each undoable as a whole. Not here: the itinerary itself."""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.models.trip import Trip


class ItineraryBatch(TenantOwned):
    """One file: what it read, kept and refused, and (sealed) itinerary and lodging before and after it."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="itinerary_batches")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    read = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    before = SealedField()
    applied_at = models.DateTimeField(default=clock.now)
    applied_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-applied_at",)
        constraints = (
            models.CheckConstraint(
                name="trips_itinerarybatch_accounts_for_every_row",
                condition=models.Q(read=models.F("kept") + models.F("refused")),
            ),
            SameTenant(name="trips_itinerarybatch_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_itinerarybatch_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
