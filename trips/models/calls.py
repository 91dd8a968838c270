"""Test calls to the numbers that must answer at night and on holidays. Not here: the numbers themselves (the plan)."""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.enums import CallOutcome

_ADDED_ONLY = (
    ("school", "school_id", "select,insert"),
    # Places, days and outcomes for JCSOS's audits; number and persons are sealed under a key that JCSOS never has.
    (
        "jcsos",
        "when:EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = trips_phonetest.school_id"
        " AND held.consents AND held.left_on IS NULL)",
        "select",
    ),
)


class PhoneTest(TenantOwned):
    """One call: which number of the plan (``place``, as typed then), on which day, by whom, whom it reached.

    Rows are only added; a wrong entry is followed by a right one.
    """

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="phone_tests")
    place = models.CharField(max_length=120)
    number = SealedField()
    called_on = models.DateField()
    called_by = SealedField()
    outcome = models.CharField(max_length=20, choices=CallOutcome.choices())
    reached = SealedField()
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-called_on", "-id")
        constraints = (
            SameTenant(name="trips_phonetest_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_phonetest_rls", rules=_ADDED_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
