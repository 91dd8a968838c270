"""One notice goes out once: a link and a fixed Message-ID, and nothing that names anybody."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.utils import timezone

from portal.jobs import mail as sending
from portal.jobs.enqueue import post_notice
from portal.jobs.models import MailState, OutboundMail
from tests.factories.cast import Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(asker: Seat) -> OutboundMail:
    for _ in range(2):
        with asker.at_work():
            post_notice("submitted", to=asker.membership.user_id, org_id=asker.org.pk, key="k1", link="/trips/1/")
    return OutboundMail.objects.get(org=asker.org)


def test_a_notice_goes_out_once_with_its_own_number(notice: OutboundMail, asker: Seat) -> None:
    assert sending.send(notice.pk)
    assert not sending.send(notice.pk)
    (letter,) = outbox.outbox
    assert letter.to == [asker.membership.user.email]
    assert letter.extra_headers["Message-ID"].startswith(f"<{notice.pk}@")
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (MailState.SENT.value, 1)
    assert notice.sent_at is not None


def test_a_notice_names_nobody_and_leads_inside(notice: OutboundMail, asker: Seat) -> None:
    sending.send(notice.pk)
    (letter,) = outbox.outbox
    assert "/trips/1/" in letter.body
    for name in (asker.membership.user.name, asker.org.name, "﨑"):
        assert name not in letter.subject + letter.body


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that hangs up."""

    def refuse(self: EmailMessage, fail_silently: bool = False) -> Any:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", refuse)


def rested(notice: OutboundMail, pause: dt.timedelta) -> None:
    """As if the last attempt had been so long ago."""
    OutboundMail.objects.filter(pk=notice.pk).update(taken_at=timezone.now() - pause)


def test_a_server_that_refuses_is_asked_again_a_few_times(notice: OutboundMail, refusing: None) -> None:
    states = []
    for pause in (*sending.PAUSES, sending.PAUSES[-1]):
        assert not sending.send(notice.pk)
        notice.refresh_from_db()
        states.append(notice.state)
        rested(notice, pause)
    assert states == [MailState.WAITING.value] * len(sending.PAUSES) + [MailState.UNKNOWN.value]
    assert not sending.send(notice.pk)
    notice.refresh_from_db()
    assert notice.attempts == sending.MAX_ATTEMPTS


def test_a_refused_notice_rests_longer_each_time(notice: OutboundMail, refusing: None) -> None:
    assert list(sending.PAUSES) == sorted(set(sending.PAUSES))
    for tried, pause in enumerate(sending.PAUSES, start=1):
        sending.send(notice.pk)
        rested(notice, pause - dt.timedelta(seconds=5))
        sending.send(notice.pk)
        notice.refresh_from_db()
        assert notice.attempts == tried
        rested(notice, pause)


def test_a_worker_that_dies_while_handing_over_leaves_a_mark(
    notice: OutboundMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can know whether the mail went out, so nobody sends it a second time."""

    def die(self: EmailMessage, fail_silently: bool = False) -> Any:
        raise SystemExit

    monkeypatch.setattr(EmailMessage, "send", die)
    with pytest.raises(SystemExit):
        sending.send(notice.pk)
    monkeypatch.undo()
    assert not sending.send(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, outbox.outbox) == (MailState.SENDING.value, [])
