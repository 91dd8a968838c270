"""What the desk remembers beside a plan: columns of roster files, who changed a field.

Not here: what was done to many rows at once (batches), the plan itself.
"""

from __future__ import annotations

from django.db import models

from portal.dossier.types import EnteredBy
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.models.trip import Trip


class ColumnChoice(TenantOwned):
    """What a heading of the school's roster files was taken for when a file was applied; "" is not read on purpose."""

    heading = models.CharField(max_length=60)
    field = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("heading",)
        constraints = (
            models.UniqueConstraint(fields=("school", "heading"), name="trips_columnchoice_once"),
            TenantIsolation(name="trips_columnchoice_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)


class FieldChange(TenantOwned):
    """One field of a section written anew: by whom, when, and (sealed) what stood there before.

    ``field`` is named as the forms name it (``stays-s1-phone``). What one person writes within a short while is one
    change, with what stood there before all of it.
    """

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="field_changes")
    code = models.CharField(max_length=80)
    field = models.CharField(max_length=120)
    before = SealedField()
    entered_by = models.CharField(max_length=10, choices=EnteredBy.choices())
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes = (models.Index(fields=("trip", "code", "-changed_at"), name="trips_fieldchange_newest"),)
        constraints = (
            SameTenant(name="trips_fieldchange_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_fieldchange_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
