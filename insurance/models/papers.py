"""Papers beside a plan's insurance: signed statements not to be insured, and what the assistance company was given.

The days stand in the plan as well (plan.OptOut, plan.HandoverSheet): rules read those, these prove them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from insurance.enums import SignedBy
from portal.dossier.types import Channel
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation
from portal.vault.models import SealedField

_KEPT = (("school", "school_id", "select,insert,update"),)


class OptOutPaper(TenantOwned):
    """The signed statement of one traveller, kept as a sealed file; ``signed_by`` is whose hand it bears."""

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="opt_out_papers")
    participant = models.CharField(max_length=24)
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=20, choices=SignedBy.choices())
    shown_name = SealedField()
    stored_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("trip", "participant"), condition=Q(withdrawn_at=None), name="insurance_optoutpaper_one_holds"
            ),
            models.CheckConstraint(
                name="insurance_optoutpaper_withdrawn_is_signed",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            SameTenant(name="insurance_optoutpaper_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="insurance_optoutpaper_rls", rules=_KEPT),
        )

    def __str__(self) -> str:
        return str(self.pk)


class HandoverRecord(TenantOwned):
    """One paper for one contract's assistance company: made, handed to the insurer, received.

    ``facts`` are digests of the parts of the plan that it told, by part; where one differs today, it is out of date.
    """

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="handover_records")
    policy = models.CharField(max_length=24)
    people = models.PositiveIntegerField()
    blood_types = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    handed_on = models.DateField(null=True)
    channel = models.CharField(max_length=20, blank=True, choices=Channel.choices())
    received_on = models.DateField(null=True)
    receipt = SealedField()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="insurance_handoverrecord_in_order",
                condition=Q(received_on=None) | Q(handed_on__isnull=False, received_on__gte=F("handed_on")),
            ),
            models.CheckConstraint(
                name="insurance_handoverrecord_fewer_lists", condition=Q(blood_types__lte=F("people"))
            ),
            SameTenant(name="insurance_handoverrecord_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="insurance_handoverrecord_rls", rules=_KEPT),
        )

    def __str__(self) -> str:
        return str(self.pk)
