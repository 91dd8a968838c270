"""Asking for work: in the transaction of the change, once per effect, and without a broker just as well."""

from __future__ import annotations

from typing import Any

import pytest
from celery import Celery, current_app
from django.db import transaction

from portal.config.delivery import DELIVERY
from portal.jobs import waking
from portal.jobs.enqueue import RUN_JOB, enqueue, post_notice
from portal.jobs.models import Job, OutboundMail
from tests.factories.cast import Seat
from tests.jobs.specimen import KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's Celery, as it is set up, with the address of a broker that is not there."""
    alone = Celery("alone", broker="redis+socket:///nonexistent/valkey.sock", set_as_current=False)
    alone.conf.update(DELIVERY)
    monkeypatch.setattr(waking, "current_app", alone)


def test_the_same_effect_is_asked_for_once(asker: Seat) -> None:
    for _ in range(3):
        with asker.at_work():
            enqueue(KIND, key="k1")
    with asker.at_work():
        enqueue(KIND, key="k2")
    assert Job.objects.filter(org=asker.org).count() == 2


def test_a_change_that_is_undone_asks_for_nothing(asker: Seat, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as woken, asker.at_work():
        enqueue(KIND, key="k1")
        transaction.set_rollback(True)
    assert (Job.objects.count(), woken) == (0, [])


def test_workers_are_woken_after_the_commit_only(asker: Seat, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as woken, asker.at_work():
        enqueue(KIND, key="k1")
        assert woken == []
    assert len(woken) == 1


def test_work_is_asked_for_on_behalf_of_somebody(asker: Seat) -> None:
    with pytest.raises(RuntimeError, match="on behalf of an organisation"), transaction.atomic():
        enqueue(KIND, key="k1")


def test_a_broker_that_is_down_is_no_error(asker: Seat, broken_broker: Any, caplog: pytest.LogCaptureFixture,
                                           django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True), asker.at_work():
        enqueue(KIND, key="k1")
        post_notice("submitted", to=asker.membership.user_id, org_id=asker.org.pk, key="k1", link="/trips/")
    waking._messenger.submit(str).result()
    assert (Job.objects.count(), OutboundMail.objects.count()) == (1, 1)
    assert caplog.text.count("broker not reached") == 1, "a silent broker is not asked again for every notice"


def test_the_message_carries_an_id_and_nothing_else(asker: Seat, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda *given, **options: sent.append((given, options)))
    waking.nudge(RUN_JOB, job.pk)
    assert sent == [((RUN_JOB,), {"args": [str(job.pk)], "retry": False, "ignore_result": True})]
