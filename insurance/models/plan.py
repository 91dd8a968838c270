"""Insurance contracts of a plan, opt-outs and the days of the hand-over, as the dossier has them. Not here: papers."""

from __future__ import annotations

from django.db import models

from trips.rows import LocalDateTimeField, PlanRow, PlanSheet, plan_constraints


class Policy(PlanRow):
    """Dossier ``policies``; benefits are one typed list."""

    key = models.CharField(max_length=24)
    insurer = models.CharField(null=True, max_length=200)
    product = models.CharField(null=True, max_length=200)
    address = models.CharField(null=True, max_length=200)
    phone = models.CharField(null=True, max_length=60)
    phone_e164 = models.CharField(max_length=20, blank=True)
    phone_24h = models.BooleanField(null=True)
    number = models.CharField(null=True, max_length=80)
    starts_at = LocalDateTimeField(null=True)
    ends_at = LocalDateTimeField(null=True)
    covers_all = models.BooleanField(null=True)
    insured = models.JSONField(default=list)
    benefits = models.JSONField(default=list)
    exclusions = models.TextField(null=True)
    claim_notice_days = models.PositiveIntegerField(null=True)
    claim_cost_days = models.PositiveIntegerField(null=True)
    claim_days_source = models.CharField(null=True, max_length=200)
    assistance_company = models.CharField(null=True, max_length=200)
    assistance_phone = models.CharField(null=True, max_length=60)
    assistance_phone_e164 = models.CharField(max_length=20, blank=True)
    assistance_strong_in = models.JSONField(default=list)
    assistance_strength_source = models.CharField(null=True, max_length=200)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("insurance_policy", many=True)


class OptOut(PlanRow):
    """Dossier ``opt_outs``; ``participant`` is the key of a traveller."""

    participant = models.CharField(max_length=24)
    signed_on = models.DateField(null=True)
    guardian_signed = models.BooleanField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("insurance_optout", many=True, key="participant")


class HandoverSheet(PlanSheet):
    """Dossier ``handover``."""

    itinerary_on = models.DateField(null=True)
    blood_list_on = models.DateField(null=True)
    school_liability = models.PositiveBigIntegerField(null=True)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("insurance_handoversheet")
