"""Regular work of insurance: the reminders of claims, one school after the other."""

from __future__ import annotations

from celery import shared_task

from insurance.actions.claim_reminders import remind_claims as remind_of_claims
from portal.directory.kinds import OrgKind
from portal.kit import clock
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as


@shared_task(name="insurance.tasks.remind_claims")
def remind_claims() -> None:
    """Every school's days of the day; only their dates and names of duties are read, no sealed value."""
    schools = Org.objects.filter(active=True, kind=OrgKind.SCHOOL.value)
    for org_id in schools.values_list("pk", flat=True):
        with acting_as(Scope(Audience.SCHOOL, org_id, health=True)):
            remind_of_claims(on=clock.today())
