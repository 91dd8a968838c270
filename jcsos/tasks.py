"""Handlers of JCSOS's jobs and its daily reminders. Not here: what they do (actions), when (portal.config.clock)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from celery import shared_task

from jcsos.actions.circular_mail import remind_unread
from jcsos.actions.circulars import deliver
from jcsos.actions.duty_file import freeze_departed
from jcsos.actions.figures import compare_recent, read_waiting
from jcsos.actions.forgetting import forget_attendees
from jcsos.actions.releases import judge_open_trips, store_preview
from jcsos.queries.circulars import SEND_CIRCULAR
from jcsos.queries.releases import PREVIEW, get_release
from portal.audit.record import Actor
from portal.directory.kinds import OrgKind
from portal.jobs.models import Job
from portal.jobs.worker import handles
from portal.kit import clock
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as


@handles(SEND_CIRCULAR)
def send_circular(job: Job) -> Callable[[], None]:
    """Deliver the circular named by the job's subject; the letters leave with the outbox."""
    circular_id, actor = job.subject_id or UUID(int=0), Actor(job.user_id, "worker", job.org_id)

    def effect() -> None:
        deliver(circular_id, key=job.key, by=actor)

    return effect


@shared_task(name="jcsos.tasks.freeze_duty_files")
def freeze_duty_files() -> None:
    """The duty-of-care files of every school whose trips left."""
    schools = Org.objects.filter(active=True, kind=OrgKind.SCHOOL.value)
    for school_id in schools.values_list("pk", flat=True):
        with acting_as(Scope(Audience.SCHOOL, school_id)):
            freeze_departed(school_id, on=clock.today())


@shared_task(name="jcsos.tasks.remind")
def remind() -> None:
    """The reminders of every office of JCSOS."""
    offices = Org.objects.filter(active=True, kind=OrgKind.JCSOS.value)
    for org_id in offices.values_list("pk", flat=True):
        with acting_as(Scope(Audience.JCSOS, org_id)):
            remind_unread(on=clock.today())


@shared_task(name="jcsos.tasks.forget_names")
def forget_names() -> None:
    """The names that every office of JCSOS keeps no longer."""
    offices = Org.objects.filter(active=True, kind=OrgKind.JCSOS.value)
    for org_id in offices.values_list("pk", flat=True):
        with acting_as(Scope(Audience.JCSOS, org_id)):
            forget_attendees(org_id, on=clock.today(), by=Actor(None, "worker", org_id))


@shared_task(name="jcsos.tasks.read_trips")
def read_trips() -> None:
    """The figures of newly filed trips, and the comparison of schools, for every office of JCSOS."""
    offices = Org.objects.filter(active=True, kind=OrgKind.JCSOS.value)
    for org_id in offices.values_list("pk", flat=True):
        with acting_as(Scope(Audience.JCSOS, org_id)):
            if read_waiting():
                compare_recent(org_id, on=clock.today())


@handles(PREVIEW)
def preview_edition(job: Job) -> Callable[[], None]:
    """Try the release named by the job's subject on the open trips, in the scope of the office that asked."""
    release_id, actor = job.subject_id or UUID(int=0), Actor(job.user_id, "worker", job.org_id)
    judged = judge_open_trips(get_release(release_id))

    def effect() -> None:
        store_preview(release_id, judged, by=actor)

    return effect
