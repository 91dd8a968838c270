"""The broker is down: a school still submits, an authority still fixes its letter, and the packet still comes, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from celery import Celery, current_app
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

import mofa_requests.tasks  # noqa: F401 - makes the kinds of work known, as a worker does at its start
from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import LetterRecord, MofaRequest, Packet
from portal.config.delivery import DELIVERY
from portal.dossier.types import Channel, Letter, Tick, TickResult
from portal.jobs import tasks, waking
from portal.jobs.models import Job, JobState, OutboundMail
from portal.jobs.sweep import GRACE, sweep
from portal.kit import clock
from tests.factories.cast import World, world
from tests.ui.authority.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "redis+socket:///nonexistent/valkey.sock"


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def broker_down(made: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From here on the product's Celery finds nobody at the broker's address. A sign-in alone is enough here."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    alone = Celery("alone", broker=NOWHERE, set_as_current=False)
    alone.conf.update(DELIVERY)
    monkeypatch.setattr(waking, "current_app", alone)
    with clock.stopped_at(made.on):
        yield


def test_a_plan_is_submitted_and_its_packet_comes_all_the_same(
    made: World, broker_down: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = reverse("trips:submit", kwargs={"trip_id": made.request.trip_id})
    answer = signed_in(made.principal).post(submit, {"attest": "on"})
    assert answer.status_code == 302
    assert MofaRequest.objects.get(pk=made.request.pk).state == RequestState.SUBMITTED.value
    assert OutboundMail.objects.filter(event="submitted").exists(), "the notice waits in the ledger"

    letter = _approved_with_letter(made)
    assert Job.objects.get(key=str(letter.pk)).state == JobState.QUEUED.value
    for _ in range(2):
        _sweep_with_a_worker(monkeypatch)
    left = Job.objects.get(key=str(letter.pk))
    assert (left.state, left.problem) == (JobState.DONE.value, "")
    assert Packet.objects.filter(letter=letter).count() == 1


def _approved_with_letter(made: World) -> LetterRecord:
    ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        revision = queries.revision_of(queries.get_for(made.request.pk))
        review.save_ticks(revision, ticks, base_version=0, by=by)
    with made.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
    text = Letter(number="見本第1号", dated_on=made.on, channel=Channel.EMAIL, sender_body=made.officer.org.name)
    with made.officer.at_work() as by:
        return sending.fix_letter(revision, text, by=by)


def _sweep_with_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker is back: the sweep's messages reach a worker, each of them twice."""
    long_ago = timezone.now() - 10 * GRACE
    Job.objects.filter(state=JobState.QUEUED.value).update(wake_at=long_ago)
    sent: list[UUID] = []
    with monkeypatch.context() as patched:
        patched.setattr(waking, "current_app", current_app)
        patched.setattr(current_app, "send_task", lambda task, args, **_: sent.append(UUID(args[0])))
        sweep()
    for job_id in [*sent, *sent]:
        if Job.objects.filter(pk=job_id).exists():
            tasks.run_job(str(job_id))
