"""What a file that was read into a plan leaves behind: how its rows were accounted for, and the way back.

Not here: reading it (trips.roster, trips.itinerary), the plan's content.
"""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.models.trip import Trip


class FileBatch(TenantOwned):
    """One file, undoable as a whole: what it read, kept and refused, and (sealed) what stood there before."""

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
        abstract = True
        ordering = ("-applied_at",)

    def __str__(self) -> str:
        return str(self.pk)


def _constraints(table: str) -> tuple[models.BaseConstraint, ...]:
    """Every row is accounted for; the batch is its trip's school's and nobody else reads it."""
    return (
        models.CheckConstraint(
            name=f"{table}_accounts_for_every_row",
            condition=models.Q(read=models.F("kept") + models.F("refused")),
        ),
        SameTenant(name=f"{table}_same_school", via="trip_id", to="trips.Trip"),
        TenantIsolation(name=f"{table}_rls", rules=SCHOOL_ONLY),
    )


class RosterBatch(FileBatch):
    """Travellers from a file; ``before`` is the roster that stood there."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="roster_batches")

    class Meta(FileBatch.Meta):
        constraints = _constraints("trips_rosterbatch")


class ItineraryBatch(FileBatch):
    """A travel agent's file; ``before`` has itinerary and lodging before and after it."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="itinerary_batches")

    class Meta(FileBatch.Meta):
        constraints = _constraints("trips_itinerarybatch")
