"""What the trip is, where it goes, in which groups."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import ContractType, TripKind
from trips.rows import LocalDateTimeField, PlanRow, PlanSheet, plan_constraints


class OutlineSheet(PlanSheet):
    """Dossier ``outline``; ``party_*`` are the figures the school states."""

    title = models.CharField(null=True, max_length=200)
    kind = models.CharField(null=True, max_length=40, choices=TripKind.choices())
    purpose = models.TextField(null=True)
    departs_on = models.DateField(null=True)
    returns_on = models.DateField(null=True)
    assembles_at = LocalDateTimeField(null=True)
    dismissed_at = LocalDateTimeField(null=True)
    contract = models.CharField(null=True, max_length=40, choices=ContractType.choices())
    cost_per_head = models.PositiveBigIntegerField(null=True)
    cost_breakdown = models.TextField(null=True)
    grade = models.CharField(null=True, max_length=80)
    enrolled = models.PositiveIntegerField(null=True)
    non_participants = models.PositiveIntegerField(null=True)
    non_participant_care = models.TextField(null=True)
    previsit_on = models.DateField(null=True)
    previsit_by = models.CharField(null=True, max_length=80)
    previsit_none_reason = models.TextField(null=True)
    party_students = models.PositiveIntegerField(null=True)
    party_escorts = models.PositiveIntegerField(null=True)
    party_others = models.PositiveIntegerField(null=True)
    party_male = models.PositiveIntegerField(null=True)
    party_female = models.PositiveIntegerField(null=True)
    party_total = models.PositiveIntegerField(null=True)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_outlinesheet")


class Destination(PlanRow):
    """Dossier ``destinations``."""

    key = models.CharField(max_length=24)
    country = models.CharField(null=True, max_length=60)
    city = models.CharField(null=True, max_length=80)
    zone = models.CharField(null=True, max_length=60)
    transit = models.BooleanField(default=False)
    danger_level = models.PositiveIntegerField(null=True)
    infection_level = models.PositiveIntegerField(null=True)
    level_checked_on = models.DateField(null=True)
    level_source = models.CharField(null=True, max_length=200)
    assessment = models.TextField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_destination", many=True)


class Group(PlanRow):
    """Dossier ``groups``."""

    key = models.CharField(max_length=24)
    name = models.CharField(null=True, max_length=80)
    departs_on = models.DateField(null=True)
    returns_on = models.DateField(null=True)
    leader = models.CharField(null=True, max_length=24)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_group", many=True)
