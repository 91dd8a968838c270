"""The sweep finds what nobody was told of and what somebody dropped, and leaves the rest alone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from celery import current_app
from django.utils import timezone

from portal.jobs import worker
from portal.jobs.enqueue import RUN_JOB, SEND_MAIL, post_notice
from portal.jobs.mail import PAUSES
from portal.jobs.models import Job, JobState, MailState, OutboundMail
from portal.jobs.sweep import GRACE, HANDED_OVER, sweep
from tests.factories.cast import Seat

pytestmark = pytest.mark.django_db
LONG_AGO = 10 * GRACE


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, UUID]]:
    """What the broker was given."""
    found: list[tuple[str, UUID]] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args, **options: found.append((task, UUID(args[0]))))
    return found


@pytest.fixture
def mail(asker: Seat) -> OutboundMail:
    with asker.at_work():
        post_notice("submitted", to=asker.membership.user_id, org_id=asker.org.pk, key="k1", link="/trips/")
    return OutboundMail.objects.get(org=asker.org)


def _set(row: Any, **changes: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**changes)


def test_fresh_work_is_left_to_its_own_message(job: Job, woken: list[Any]) -> None:
    assert (sweep(), woken) == (0, [])


def test_work_nobody_was_told_of_is_found(job: Job, woken: list[Any]) -> None:
    _set(job, wake_at=timezone.now() - LONG_AGO)
    assert (sweep(), woken) == (1, [(RUN_JOB, job.pk)])


def test_work_of_a_dead_worker_is_found_when_its_lease_ends(job: Job, woken: list[Any]) -> None:
    assert worker.claim(job.pk) is not None
    assert (sweep(), woken) == (0, [])
    _set(job, lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert (sweep(), woken) == (1, [(RUN_JOB, job.pk)])


@pytest.mark.parametrize("state", [JobState.DONE, JobState.PARKED])
def test_what_has_ended_is_left_alone(job: Job, woken: list[Any], state: JobState) -> None:
    _set(job, state=state.value, finished_at=timezone.now(), problem="終わりました", wake_at=timezone.now() - LONG_AGO)
    assert (sweep(), woken) == (0, [])


def test_waiting_mail_is_found(mail: OutboundMail, woken: list[Any]) -> None:
    assert (sweep(), woken) == (0, [])
    _set(mail, created_at=timezone.now() - LONG_AGO)
    assert (sweep(), woken) == (1, [(SEND_MAIL, mail.pk)])


def test_refused_mail_is_left_to_rest(mail: OutboundMail, woken: list[Any]) -> None:
    _set(mail, created_at=timezone.now() - LONG_AGO, attempts=1, taken_at=timezone.now() - PAUSES[0] / 2)
    assert (sweep(), woken) == (0, [])
    _set(mail, taken_at=timezone.now() - PAUSES[0])
    assert (sweep(), woken) == (1, [(SEND_MAIL, mail.pk)])


def test_mail_that_may_have_gone_out_is_never_sent_again(mail: OutboundMail, woken: list[Any]) -> None:
    _set(mail, state=MailState.SENDING.value, taken_at=timezone.now() - 2 * HANDED_OVER)
    assert (sweep(), woken) == (0, [])
    mail.refresh_from_db()
    assert mail.state == MailState.UNKNOWN.value
