"""Thousands of letters under a worker that is killed: none lost, none twice, the doubtful wait for a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone

from jcsos.models import Circular, CircularReceipt
from jcsos.queries import circulars as queries
from portal.jobs import mail as sending
from portal.jobs import worker
from portal.jobs.models import Job, JobState, MailState, OutboundMail
from portal.jobs.sweep import HANDED_OVER, sweep
from tests.jcsos.conftest import Office
from tests.jcsos.news import many_members, ordered
from tests.mofa_requests.reliability.killing import killed_at
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = size(40, proof=2000)
PEOPLE = 2 * MEMBERS


def test_every_person_gets_one_letter_though_workers_die(office: Office) -> None:
    many_members(MEMBERS)
    circular = ordered(office)
    job = Job.objects.get(subject_id=circular.pk)
    for nth in (9, 21):
        assert killed_at(lambda: worker.run(job.pk), nth=nth).killed
        assert (CircularReceipt.objects.count(), OutboundMail.objects.count()) == (0, 0), "nothing is half done"
        expire(job)
    assert worker.run(job.pk)
    assert not worker.run(job.pk)
    circular.refresh_from_db()
    assert (circular.state, CircularReceipt.objects.count()) == ("sent", MEMBERS)
    letters = list(OutboundMail.objects.filter(event="circular"))
    assert (len(letters), len({letter.recipient_id for letter in letters})) == (PEOPLE, PEOPLE)
    doubtful = die_while_sending(letters[:4])
    by_the_dead = OutboundMail.objects.filter(state=MailState.SENT.value).count()
    for letter in letters:
        sending.send(letter.pk)
        sending.send(letter.pk)
    went = Counter(message.extra_headers["Message-ID"] for message in outbox.outbox)
    assert set(went.values()) == {1}, "a number goes out once"
    states = Counter(OutboundMail.objects.values_list("state", flat=True))
    assert states == {MailState.SENT.value: PEOPLE - len(doubtful), MailState.UNKNOWN.value: len(doubtful)}
    assert len(went) + by_the_dead == states[MailState.SENT.value], "what the dead had finished nobody repeats"
    assert shown_as_doubtful(office, circular) == doubtful


def die_while_sending(letters: list[OutboundMail]) -> set[Any]:
    """Kill a worker at each of several points of one letter; those that were taken up are in doubt."""
    for nth, letter in enumerate(letters, start=1):
        killed_at(lambda letter=letter: sending.send(letter.pk), nth=3 * nth)  # type: ignore[misc]
    taken = OutboundMail.objects.filter(state=MailState.SENDING.value)
    doubtful = set(taken.values_list("pk", flat=True))
    assert doubtful, "somebody died with a letter in hand"
    taken.update(taken_at=timezone.now() - HANDED_OVER - dt.timedelta(seconds=1))
    sweep()
    return doubtful


def shown_as_doubtful(office: Office, circular: Circular) -> set[Any]:
    """What the newsroom's page lists as to be looked after."""
    with office.news.at_work():
        told = queries.told_with_mails(list(queries.receipts_of(circular)))
        return {mail.pk for one in told for mail in one.troubled}


def expire(job: Job) -> None:
    """The dead worker's lease runs out."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value).update(
        lease_until=timezone.now() - dt.timedelta(seconds=1)
    )
