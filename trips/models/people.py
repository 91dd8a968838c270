"""Travellers, their guardians, and health notes in a narrower table. Names stand exactly as typed."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import ParticipantRole, Sex
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation
from portal.vault.models import SealedField
from trips.rows import PlanRow

_HEALTH = (
    "when:school_id = nullif(current_setting('app.org', true), '')::uuid AND current_setting('app.health', true) = 'on'"
)


class Participant(PlanRow):
    """Dossier ``participants``. ``folded`` and ``kana_sort`` are copies for search and order only."""

    key = models.CharField(max_length=24)
    role = models.CharField(max_length=40, choices=ParticipantRole.choices(), default=ParticipantRole.STUDENT)
    name = models.CharField(null=True, max_length=80)
    kana = models.CharField(null=True, max_length=80)
    passport_surname = SealedField()
    passport_given = SealedField()
    born_on = SealedField()
    sex = models.CharField(null=True, max_length=40, choices=Sex.choices())
    grade = models.CharField(null=True, max_length=80)
    class_name = models.CharField(null=True, max_length=80)
    number = models.CharField(null=True, max_length=80)
    nationality = SealedField()
    passport_expires_on = SealedField()
    group = models.CharField(null=True, max_length=24)
    room = models.CharField(null=True, max_length=80)
    guardian_recorded = models.BooleanField(default=False)
    consented_on = models.DateField(null=True)
    consent_version = models.CharField(null=True, max_length=80)
    folded = models.CharField(max_length=200, blank=True)
    kana_sort = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)

    class Meta(PlanRow.Meta):
        constraints = (
            models.UniqueConstraint(fields=("trip", "key"), name="trips_participant_key_once"),
            models.UniqueConstraint(fields=("school", "id"), name="trips_participant_school_id"),
            SameTenant(name="trips_participant_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(name="trips_participant_rls", rules=SCHOOL_ONLY),
        )


class Guardian(TenantOwned):
    """Whom to call at home for one pupil; never in the dossier."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="guardian")
    name = SealedField()
    relation = SealedField()
    phone1 = SealedField()
    phone2 = SealedField()

    class Meta:
        constraints = (
            SameTenant(name="trips_guardian_same_school", via="participant_id", to="trips.Participant"),
            TenantIsolation(name="trips_guardian_rls", rules=SCHOOL_ONLY),
        )

    def __str__(self) -> str:
        return str(self.pk)


class HealthNote(TenantOwned):
    """Special-care data of one traveller, in view only where the scope says so (trip staff with a stated reason)."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="health")
    blood_type = SealedField()
    allergy = SealedField(data_class="P4")
    illness = SealedField(data_class="P4")
    medicine = SealedField(data_class="P4")
    note = SealedField(data_class="P4")

    class Meta:
        constraints = (
            SameTenant(name="trips_healthnote_same_school", via="participant_id", to="trips.Participant"),
            TenantIsolation(
                name="trips_healthnote_rls",
                rules=(("school", _HEALTH, "select,insert,update,delete"),),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
