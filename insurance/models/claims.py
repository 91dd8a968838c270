"""Claims of a trip: one case each with its facts sealed, its sums and its files. Not here: counting (insurance.claims).

Cases are special-care data (P4): rows come into view only where the scope says so, as health notes do.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from insurance.enums import AmountKind, ClaimState
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation
from portal.vault.models import SealedField

_IN_CARE = (
    (
        "school",
        "when:school_id = nullif(current_setting('app.org', true), '')::uuid"
        " AND current_setting('app.health', true) = 'on'",
        "select,insert,update",
    ),
)
_NOT_YET = (ClaimState.OPEN.value, ClaimState.WITHDRAWN.value, ClaimState.REFUSED.value)
SEALED = (
    *("cause", "place", "happened_on", "first_visit", "cover_ends", "time", "spot", "reason", "symptoms", "hospital"),
    *("reference", "closing"),
)
"""The columns of a claim that are erased at the end of its retention."""
_CLOSED = (ClaimState.SETTLED.value, ClaimState.REFUSED.value, ClaimState.WITHDRAWN.value)


class Claim(TenantOwned):
    """One case of one traveller. ``dues`` are the days still to be kept, as [name, day]; ``papers`` what is in hand.

    ``papers``: name of the paper → day it was got, or ``"-"`` where the insurer does not want it. Once ``erased_at``
    is set, nothing sealed is left and nobody knows whose claim it was; ``prolonged_until`` puts that off.
    """

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="claims")
    number = models.PositiveIntegerField()
    participant = models.CharField(max_length=24, blank=True)
    policy = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=20, choices=ClaimState.choices(), default=ClaimState.OPEN.value)
    cause = SealedField(data_class="P4")
    place = SealedField(data_class="P4")
    happened_on = SealedField(data_class="P4")
    first_visit = SealedField(data_class="P4")
    cover_ends = SealedField(data_class="P4")
    time = SealedField(data_class="P4")
    spot = SealedField(data_class="P4")
    reason = SealedField(data_class="P4")
    symptoms = SealedField(data_class="P4")
    hospital = SealedField(data_class="P4")
    reference = SealedField(data_class="P4")
    closing = SealedField(data_class="P4")
    dues = models.JSONField(default=list)
    papers = models.JSONField(default=dict)
    social_on = models.DateField(null=True)
    social_none = models.BooleanField(default=False)
    reported_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    prolonged_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("trip", "number"), name="insurance_claim_number_once"),
            models.UniqueConstraint(fields=("school", "id"), name="insurance_claim_school_id"),
            models.CheckConstraint(
                name="insurance_claim_reported_has_day", condition=Q(state__in=_NOT_YET) | Q(reported_on__isnull=False)
            ),
            models.CheckConstraint(
                name="insurance_claim_filed_has_day",
                condition=~Q(state__in=(ClaimState.FILED.value, ClaimState.SETTLED.value)) | Q(filed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="insurance_claim_closed_has_day",
                condition=Q(state__in=_CLOSED, closed_on__isnull=False) | ~Q(state__in=_CLOSED) & Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="insurance_claim_erased_is_gone",
                condition=Q(erased_at=None)
                | Q(closed_on__isnull=False, participant="", **{f"{column}__isnull": True for column in SEALED}),
            ),
            models.CheckConstraint(
                name="insurance_claim_open_is_kept", condition=Q(prolonged_until=None) | Q(closed_on__isnull=False)
            ),
            SameTenant(name="insurance_claim_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="insurance_claim_rls", rules=_IN_CARE),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def state_kind(self) -> ClaimState:
        return ClaimState(self.state)


class ClaimAmount(TenantOwned):
    """One bill or one payment, in yen; taken back, it stays as a line that no longer counts."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField(max_length=20, choices=AmountKind.choices())
    yen = models.PositiveBigIntegerField()
    on = models.DateField()
    note = SealedField(data_class="P4")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(name="insurance_claimamount_is_some", condition=Q(yen__gt=0)),
            SameTenant(name="insurance_claimamount_same_school", via="claim_id", to="insurance.Claim"),
            TenantIsolation(name="insurance_claimamount_rls", rules=_IN_CARE),
        )

    def __str__(self) -> str:
        return str(self.pk)


class ClaimFile(TenantOwned):
    """A copy of a receipt or another paper, sealed in private storage; ``shown_name`` is what its sender called it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="files")
    paper = models.CharField(max_length=40, blank=True)
    shown_name = SealedField(data_class="P4")
    stored_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            SameTenant(name="insurance_claimfile_same_school", via="claim_id", to="insurance.Claim"),
            TenantIsolation(name="insurance_claimfile_rls", rules=_IN_CARE),
        )

    def __str__(self) -> str:
        return str(self.pk)
