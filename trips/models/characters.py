"""What a school agreed to print for characters that no face of the paper has: row after row, none rewritten.

Not here: finding such characters, printing the substitutes (mofa_requests.documents).
"""

from __future__ import annotations

from django.db import models

from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.enums import AgreedWith
from trips.models.trip import Trip


class AgreedCharacter(TenantOwned):
    """One agreement: (sealed) the character, what is printed for it, the fields it holds for. Ended, never deleted."""

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="agreed_characters")
    agreement = SealedField()
    agreed_with = models.CharField(max_length=12, choices=AgreedWith.choices())
    agreed_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("agreed_at", "id")
        constraints = (
            models.CheckConstraint(
                name="trips_agreedcharacter_end_has_a_hand",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True) | models.Q(ended_at__isnull=False),
            ),
            SameTenant(name="trips_agreedcharacter_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_agreedcharacter_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)
