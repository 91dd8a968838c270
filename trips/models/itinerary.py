"""Carriage, activities and beds (別添三 一・四)."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import LegMode, StayKind
from portal.vault.models import SealedField
from trips.rows import LocalDateTimeField, PlanRow, PlanSheet, plan_constraints


class Leg(PlanRow):
    """Dossier ``legs``."""

    key = models.CharField(max_length=24)
    mode = models.CharField(max_length=40, choices=LegMode.choices(), default=LegMode.FLIGHT)
    carrier = models.CharField(null=True, max_length=80)
    number = models.CharField(null=True, max_length=80)
    operated_by = models.CharField(null=True, max_length=80)
    origin = models.CharField(null=True, max_length=80)
    destination = models.CharField(null=True, max_length=80)
    departs_at = LocalDateTimeField(null=True)
    departs_zone = models.CharField(null=True, max_length=60)
    arrives_at = LocalDateTimeField(null=True)
    arrives_zone = models.CharField(null=True, max_length=60)
    groups = models.JSONField(default=list)
    people = models.PositiveIntegerField(null=True)
    to_follow_on = models.DateField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_leg", many=True)


class Activity(PlanRow):
    """Dossier ``activities``."""

    key = models.CharField(max_length=24)
    on = models.DateField(null=True)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    city = models.CharField(null=True, max_length=80)
    title = models.CharField(null=True, max_length=200)
    groups = models.JSONField(default=list)
    free_time = models.BooleanField(default=False)
    area = models.CharField(null=True, max_length=200)
    group_phone = SealedField()
    risky = models.BooleanField(default=False)
    risk_measures = models.TextField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_activity", many=True)


class Stay(PlanRow):
    """Dossier ``stays``."""

    key = models.CharField(max_length=24)
    kind = models.CharField(max_length=40, choices=StayKind.choices(), default=StayKind.HOTEL)
    name = models.CharField(null=True, max_length=200)
    local_name = models.CharField(null=True, max_length=200)
    address = models.CharField(null=True, max_length=200)
    city = models.CharField(null=True, max_length=80)
    country = models.CharField(null=True, max_length=60)
    phone = models.CharField(null=True, max_length=60)
    phone_e164 = models.CharField(max_length=20, blank=True)
    checks_in = models.DateField(null=True)
    checks_out = models.DateField(null=True)
    groups = models.JSONField(default=list)
    people = models.PositiveIntegerField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_stay", many=True)


class HomestaySheet(PlanSheet):
    """Dossier ``homestay``."""

    used = models.BooleanField(null=True)
    representative = models.CharField(null=True, max_length=80)
    representative_phone = SealedField()
    organisation = models.CharField(null=True, max_length=200)
    list_due_on = models.DateField(null=True)
    escort_lodging = models.CharField(null=True, max_length=200)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_homestaysheet")


class Host(PlanRow):
    """Dossier ``hosts``."""

    key = models.CharField(max_length=24)
    family = models.CharField(null=True, max_length=80)
    address = SealedField()
    phone = SealedField()
    guests = models.JSONField(default=list)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_host", many=True)
