"""The trip and the state of its sections. Not here: the plan's content, files that were read into it (batches)."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import Edition, EnteredBy
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.enums import TripState


class Trip(TenantOwned):
    """A journey being planned. It is only open or closed; where its papers stand is the request's business.

    ``practice`` marks a plan to play with: it never leaves the school.
    """

    trip_no = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=TripState.choices(), default=TripState.OPEN.value)
    edition = models.CharField(max_length=8, choices=Edition.choices(), default=Edition.Y2003.value)
    demo = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
    as_of = models.DateField(null=True)
    no_local_agent_reason = models.CharField(null=True, max_length=200)
    late_filing_reason = models.TextField(null=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=("school", "id"), name="trips_trip_school_id"),
            models.UniqueConstraint(fields=("school", "trip_no"), name="trips_trip_number_once"),
            models.CheckConstraint(
                name="trips_trip_closed_has_stamp",
                condition=models.Q(state="open", closed_at__isnull=True)
                | models.Q(state="closed", closed_at__isnull=False),
            ),
            TenantIsolation(name="trips_trip_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return self.trip_no


class TripSection(TenantOwned):
    """Version and authorship of one section: the row that two teachers compete for.

    ``unparsed`` keeps, sealed, what was typed but could not be read as a date or number, so that nothing is lost.
    ``by_agent`` names the fields (never their values) that a travel agent wrote last and no teacher confirmed since.
    """

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=0)
    entered_by = models.CharField(max_length=10, null=True, choices=EnteredBy.choices())
    confirmed_on = models.DateField(null=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    unparsed = SealedField()
    by_agent = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("trip", "code"), name="trips_tripsection_once"),
            SameTenant(name="trips_tripsection_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_tripsection_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
