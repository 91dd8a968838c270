"""What was done to many rows of a plan at once leaves behind: the way back, and of a file how each row fared.

Not here: reading files (trips.roster, trips.itinerary), the plan's content.
"""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.models.trip import Trip


class Batch(TenantOwned):
    """One act, undoable as a whole; ``before`` is (sealed) what stood there."""

    before = SealedField()
    applied_at = models.DateTimeField(default=clock.now)
    applied_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-applied_at",)

    def __str__(self) -> str:
        return str(self.pk)


class FileBatch(Batch):
    """One file: what it read, kept and refused."""

    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    read = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    class Meta(Batch.Meta):
        abstract = True


def _every_row_of(table: str) -> models.CheckConstraint:
    """Every row of the file is accounted for."""
    return models.CheckConstraint(
        name=f"{table}_accounts_for_every_row", condition=models.Q(read=models.F("kept") + models.F("refused"))
    )


def _walls_of(table: str) -> tuple[models.BaseConstraint, ...]:
    """The batch is its trip's school's, and nobody else reads it."""
    return (
        SameTenant(name=f"{table}_same_school", via="trip_id", to="trips.Trip"),
        TenantIsolation(name=f"{table}_rls", rules=SCHOOL_ONLY),
    )


class RosterBatch(FileBatch):
    """Travellers from a file; ``before`` is the roster that stood there."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="roster_batches")

    class Meta(FileBatch.Meta):
        constraints = (_every_row_of("trips_rosterbatch"), *_walls_of("trips_rosterbatch"))


class ItineraryBatch(FileBatch):
    """A travel agent's file; ``before`` has itinerary and lodging before and after it."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="itinerary_batches")

    class Meta(FileBatch.Meta):
        constraints = (_every_row_of("trips_itinerarybatch"), *_walls_of("trips_itinerarybatch"))


class GroupingBatch(Batch):
    """Groups and rooms given to many people at once; ``before`` is what each of them had."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="grouping_batches")
    people = models.PositiveIntegerField()

    class Meta(Batch.Meta):
        constraints = _walls_of("trips_groupingbatch")
