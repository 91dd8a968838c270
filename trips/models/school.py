"""The school as it stands in one plan, and its people at home (別添三 二・三)."""

from __future__ import annotations

from django.db import models

from portal.dossier.types import ContactRole, FounderType, SchoolKind
from portal.vault.models import SealedField
from trips.rows import PlanRow, PlanSheet, plan_constraints


class SchoolSheet(PlanSheet):
    """Dossier ``school``: copied from the organisation when the plan is made, then the plan's own."""

    name = models.CharField(null=True, max_length=200)
    kana = models.CharField(null=True, max_length=200)
    english_name = models.CharField(null=True, max_length=200)
    founder = models.CharField(null=True, max_length=40, choices=FounderType.choices())
    kind = models.CharField(null=True, max_length=40, choices=SchoolKind.choices())
    postcode = models.CharField(null=True, max_length=80)
    address = models.CharField(null=True, max_length=200)
    phone = models.CharField(null=True, max_length=60)
    phone_e164 = models.CharField(max_length=20, blank=True)
    email = models.CharField(null=True, max_length=200)
    fax = models.CharField(null=True, max_length=60)
    fax_e164 = models.CharField(max_length=20, blank=True)
    principal = models.CharField(null=True, max_length=80)

    class Meta(PlanSheet.Meta):
        constraints = plan_constraints("trips_schoolsheet")


class HomeContact(PlanRow):
    """Dossier ``home_contacts``."""

    key = models.CharField(max_length=24)
    role = models.CharField(max_length=40, choices=ContactRole.choices(), default=ContactRole.CHIEF)
    name = models.CharField(null=True, max_length=80)
    title = models.CharField(null=True, max_length=80)
    night_phone = SealedField()
    holiday_phone = SealedField()
    holiday_same_as_night = models.BooleanField(null=True)

    class Meta(PlanRow.Meta):
        constraints = plan_constraints("trips_homecontact", many=True)
