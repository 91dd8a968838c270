"""Regular work of insurance, one school after the other: reminders of claims, the end of their retention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from celery import shared_task
from django.db.models import QuerySet

from insurance.actions.claim_erasure import erase_claims as erase_past
from insurance.actions.claim_erasure import remind_of_erasure
from insurance.actions.claim_reminders import remind_claims as remind_of_claims
from portal.audit.record import Actor
from portal.directory.kinds import OrgKind
from portal.kit import clock
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as


@shared_task(name="insurance.tasks.remind_claims")
def remind_claims() -> None:
    """Every school's days of the day. Facts are opened to count the days; a mail carries none of them."""
    for school_id in _schools().filter(active=True):
        with _in_care(school_id):
            remind_of_claims(on=clock.today())
            remind_of_erasure(on=clock.today())


@shared_task(name="insurance.tasks.erase_claims")
def erase_claims() -> None:
    """The claims of every school whose last day is past; done again, it finds none."""
    for school_id in _schools():
        with _in_care(school_id):
            erase_past(on=clock.today(), by=Actor(None, "worker", school_id))


def _schools() -> QuerySet[Org, UUID]:
    """Also those that left: what they may no longer keep must go all the same."""
    return Org.objects.filter(kind=OrgKind.SCHOOL.value).values_list("pk", flat=True)


@contextmanager
def _in_care(school_id: UUID) -> Iterator[None]:
    with acting_as(Scope(Audience.SCHOOL, school_id, health=True)):
        yield
