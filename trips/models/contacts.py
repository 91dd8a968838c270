"""Who answers the phone on the way: leader, agents, missions, ministry (別添一)."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import AgentRole
from portal.vault.models import SealedField
from trips.rows import PlanRow, PlanSheet, plan_constraints


class LeaderSheet(PlanSheet):
    """Dossier ``leader``."""

    participant = models.CharField(null=True, max_length=24)
    mobile = SealedField()
    roaming = models.BooleanField(null=True)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_leadersheet")


class Agent(PlanRow):
    """Dossier ``agents``."""

    key = models.CharField(max_length=24)
    role = models.CharField(max_length=40, choices=AgentRole.choices(), default=AgentRole.AGENCY)
    name = models.CharField(null=True, max_length=200)
    licence = models.CharField(null=True, max_length=80)
    address = models.CharField(null=True, max_length=200)
    country = models.CharField(null=True, max_length=60)
    phone = models.CharField(null=True, max_length=60)
    phone_e164 = models.CharField(max_length=20, blank=True)
    night_phone = models.CharField(null=True, max_length=60)
    night_phone_e164 = models.CharField(max_length=20, blank=True)
    open_24h = models.BooleanField(default=False)
    person = models.CharField(null=True, max_length=80)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_agent", many=True)


class ConductorSheet(PlanSheet):
    """Dossier ``conductor``."""

    participant = models.CharField(null=True, max_length=24)
    mobile = SealedField()

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_conductorsheet")


class Mission(PlanRow):
    """Dossier ``missions``."""

    key = models.CharField(max_length=24)
    name = models.CharField(null=True, max_length=200)
    country = models.CharField(null=True, max_length=60)
    cities = models.JSONField(default=list)
    address = models.CharField(null=True, max_length=200)
    phone = models.CharField(null=True, max_length=60)
    phone_e164 = models.CharField(max_length=20, blank=True)
    verified_on = models.DateField(null=True)
    source = models.CharField(null=True, max_length=200)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_mission", many=True)


class EmergencySheet(PlanSheet):
    """Dossier ``emergency``."""

    told_all_on = models.DateField(null=True)
    dialling = models.TextField(null=True)
    mofa_day_phone = models.CharField(null=True, max_length=60)
    mofa_day_phone_e164 = models.CharField(max_length=20, blank=True)
    mofa_night_phone = models.CharField(null=True, max_length=60)
    mofa_night_phone_e164 = models.CharField(max_length=20, blank=True)
    first_call = models.TextField(null=True)
    grave_call = models.TextField(null=True)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_emergencysheet")


class ReadinessSheet(PlanSheet):
    """Dossier ``readiness``."""

    orientation_on = models.DateField(null=True)
    orientation_syllabus = models.TextField(null=True)
    orientation_attended = models.PositiveIntegerField(null=True)
    orientation_makeup = models.TextField(null=True)
    parents_meeting_on = models.DateField(null=True)
    tabireji_on = models.DateField(null=True)
    tabireji_by = models.CharField(null=True, max_length=80)
    mext_copy_on = models.DateField(null=True)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_readinesssheet")
