"""What the school keeps of a journey after it: the report of the return, and notes of what went wrong on the way."""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.enums import IncidentKind
from trips.rows import LocalDateTimeField, PlanSheet, plan_constraints


class ReturnReport(PlanSheet):
    """One report a trip; ``version`` tells whether somebody else was faster."""

    returned_on = models.DateField(null=True)
    all_back = models.BooleanField(null=True)
    summary = SealedField()
    lessons = SealedField()
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_returnreport")


class IncidentNote(TenantOwned):
    """One thing that happened: when (local), where, of which kind, to how many, what was done, who was told."""

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="incident_notes")
    happened_at = LocalDateTimeField()
    place = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=IncidentKind.choices())
    people = models.PositiveIntegerField(null=True)
    what = SealedField()
    measures = SealedField()
    told = SealedField()
    noted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("happened_at", "id")
        constraints = (
            SameTenant(name="trips_incidentnote_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_incidentnote_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
