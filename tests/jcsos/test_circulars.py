"""A circular from draft to receipts: two persons, who gets it, first openings, bounces, reminders that stop."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage

from jcsos.actions import circular_mail as mails
from jcsos.actions import circulars as acts
from jcsos.actions import leave
from jcsos.enums import CircularState, Reach
from jcsos.models import Circular, CircularReceipt, Membership
from jcsos.queries import circulars as queries
from mofa_requests.models import Revision
from portal.dossier.types import SchoolKind
from portal.jobs import mail as sending
from portal.jobs import worker
from portal.jobs.bounces import mail_by_id
from portal.jobs.models import Job, MailState, OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import Seat, World, seat
from tests.jcsos.conftest import Office
from tests.jcsos.news import TYPHOON, approved, sent

DAY = dt.timedelta(days=1)


def told(circular: Circular, hand: Seat) -> CircularReceipt:
    with hand.at_work():
        found = queries.receipt_of(circular, hand.org.pk)
        assert found is not None
        return found


def opened(receipt: CircularReceipt, hand: Seat) -> bool:
    with hand.at_work() as by:
        return acts.note_opening(receipt, by=by)


def reminded(on: dt.date, office: Office) -> int:
    with office.news.at_work():
        return mails.remind_unread(on=on)


def letters(event: str = "circular") -> list[OutboundMail]:
    return list(OutboundMail.objects.filter(event=event).order_by("created_at", "id"))


def test_nobody_checks_a_text_of_their_own(office: Office) -> None:
    with office.news.at_work() as by:
        circular = acts.propose(acts.write_circular(office.org.pk, TYPHOON, by=by), by=by)
        with pytest.raises(Refused, match="自分が書いた"):
            acts.approve(circular, by=by)
    with office.cases.at_work() as by, pytest.raises(Refused):
        acts.approve(circular, by=by)
    with office.members.at_work() as by:
        back = acts.send_back(circular, reason="日付がない", by=by)
    assert (back.state_kind, back.returned_reason) == (CircularState.DRAFT, "日付がない")


def test_a_text_taken_back_is_checked_anew(office: Office) -> None:
    circular = approved(office)
    with office.news.at_work() as by:
        circular = acts.revise(circular, by=by)
        assert (circular.state_kind, circular.approved_by_id) == (CircularState.DRAFT, None)
        circular = acts.rewrite(circular, replace(TYPHOON, title="続報"), base_version=circular.version, by=by)
        with pytest.raises(Refused, match="先に保存"):
            acts.rewrite(circular, TYPHOON, base_version=1, by=by)
        with pytest.raises(Refused, match="いまの状態"):
            acts.order(circular, by=by)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (replace(TYPHOON, title="  "), "題名"),
        (replace(TYPHOON, official_url="https://www.anzen.mofa.go.jp.example/"), "海外安全ホームページ"),
        (replace(TYPHOON, countries=(), reach=Reach.GOING), "国・地域を一つ以上"),
    ],
)
def test_a_faulty_text_says_what_to_do(office: Office, text: acts.Text, words: str) -> None:
    with office.news.at_work() as by, pytest.raises(Refused, match=words):
        acts.write_circular(office.org.pk, text, by=by)


def test_the_first_opening_of_a_member_is_the_receipt(office: Office, here: World, member: Membership) -> None:
    circular = sent(office)
    receipt = told(circular, here.drafter)
    assert {letter.link for letter in letters()} == {f"/jcsos/ours/told/{receipt.pk}/"}
    assert {letter.recipient_id for letter in letters()} == {
        here.drafter.membership.user_id, here.principal.membership.user_id,
    }  # fmt: skip
    assert opened(receipt, here.drafter)
    assert not opened(receipt, here.principal)
    with office.news.at_work():
        (row,) = queries.receipts_of(circular)
        assert (row.read_by_id, row.read_at is not None) == (here.drafter.membership.user_id, True)
    sending.send(letters()[0].pk)
    (mail,) = outbox.outbox
    for named in (TYPHOON.title, here.principal.org.name, here.principal.membership.user.name):
        assert named not in f"{mail.subject} {mail.body}"


def test_who_gets_it(office: Office, here: World, revision: Revision) -> None:
    country = str(revision.document["destinations"][0]["country"])
    elsewhere = "0886" if country != "0886" else "0084"
    kind = here.principal.org.school_kind or SchoolKind.HIGH.value
    here.principal.org.school_kind = kind
    here.principal.org.save()
    other = next(each.value for each in SchoolKind if each.value != kind)

    def reached(**changes: Any) -> bool:
        with office.news.at_work() as by:
            circular = acts.write_circular(office.org.pk, replace(TYPHOON, **changes), by=by)
            return here.principal.org.pk in queries.addressed(circular)

    assert reached()
    assert reached(kinds=(kind,))
    assert not reached(kinds=(other,))
    assert reached(reach=Reach.GOING, countries=(elsewhere, country))
    assert not reached(reach=Reach.GOING, countries=(elsewhere,))
    with clock.stopped_at(clock.now() + 400 * DAY):
        assert not reached(reach=Reach.GOING, countries=(country,)), "the trip is over"


def test_without_a_recipient_nothing_is_ordered(office: Office) -> None:
    circular = approved(office)
    with office.news.at_work() as by, pytest.raises(Refused, match="当てはまる会員校がありません"):
        acts.order(circular, by=by)


def test_a_stopped_delivery_does_not_go(office: Office, member: Membership) -> None:
    circular = approved(office)
    with office.news.at_work() as by:
        with pytest.raises(Refused, match="今より後"):
            acts.order(circular, goes_at=clock.now() - DAY, by=by)
        acts.order(circular, goes_at=clock.now() + DAY, by=by)
        acts.halt(circular, by=by)
        again = acts.order(circular, by=by)
    first, second = Job.objects.filter(subject_id=circular.pk).order_by("created_at")
    assert worker.run(first.pk)
    circular.refresh_from_db()
    assert (circular.state_kind, letters()) == (CircularState.WAITING, []), "the stopped order does nothing"
    assert worker.run(second.pk)
    circular.refresh_from_db()
    assert (circular.state_kind, again.goes_at, len(letters())) == (CircularState.SENT, circular.goes_at, 2)


def test_a_member_that_left_is_out_of_sight_at_once(office: Office, here: World, member: Membership) -> None:
    circular = sent(office)
    with office.members.at_work():
        leave(member, on=clock.today())
    with office.news.at_work():
        assert not queries.receipts_of(circular).exists()
        assert not queries.addressed(circular)
    with here.drafter.at_work():
        assert [row.pk for row in queries.archive()] == [circular.pk], "what it was told it may read again"
    stranger = seat(here.drafter.membership.role_kind, here.officer.org)
    with stranger.at_work():
        assert not queries.archive().exists()


def test_drafts_are_nobodys_business(office: Office, here: World, member: Membership) -> None:
    approved(office)
    with here.principal.at_work():
        assert not queries.archive().exists()


def test_the_archive_finds_forms_of_a_character(office: Office, member: Membership) -> None:
    circular = sent(office)
    with office.news.at_work():
        for query in ("高雄", "髙雄", "台風　欠航", "ノ港デハ"):
            assert [row.pk for row in queries.archive(query=query)] == [circular.pk], query
        assert not queries.archive(query="高雄 地震").exists()
        assert queries.archive(country="0886").exists()
        assert not queries.archive(country="0084").exists()
        assert [row.pk for row in queries.on_countries(["0084", "0886"])] == [circular.pk]
        assert queries.on_countries([]) == []


def test_an_address_that_is_refused_for_good_is_a_bounce(
    office: Office, here: World, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    circular = sent(office)
    user = here.drafter.membership.user
    bad = next(letter for letter in letters() if letter.recipient_id == user.pk)

    def refuse(self: EmailMessage, fail_silently: bool = False) -> Any:
        raise SMTPRecipientsRefused({user.email: (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert not sending.send(bad.pk)
    monkeypatch.undo()
    with office.news.at_work() as by:
        (one,) = queries.told_with_mails(list(queries.receipts_of(circular)))
        assert [(mail.pk, mail.bounce_code) for mail in one.troubled] == [(bad.pk, "550")]
        with pytest.raises(Refused, match="アドレスがまだ直っていません"):
            mails.send_again(one, one.troubled[0], by=by)
    user.email = "naoshita@member.example"
    user.save()
    bad = reread(bad)
    for _ in range(2):
        with office.news.at_work() as by:
            mails.send_again(one, bad, by=by)
    assert len(letters()) == 3, "asked twice it is one more letter"
    with office.news.at_work():
        (one,) = queries.told_with_mails(list(queries.receipts_of(circular)))
        assert {mail.state for mail in one.mails} == {MailState.WAITING.value}


def told_of(circular: Circular) -> queries.Told:
    (one,) = queries.told_with_mails(list(queries.receipts_of(circular)))
    return one


def test_who_was_invited_anew_gets_the_mail_the_old_address_refused(
    office: Office, here: World, member: Membership
) -> None:
    circular = sent(office)
    bad = letters()[0]
    sending.send(bad.pk)
    with office.news.at_work() as by:
        mails.note_bounce(reread_as(bad), by=by)
    newcomer = seat(here.drafter.membership.role_kind, here.drafter.org)
    for _ in range(2):
        with office.news.at_work() as by:
            told = told_of(circular)
            if told.newcomers:
                mails.send_again(told, told.troubled[0], by=by)
    assert [letter.recipient_id for letter in letters()[2:]] == [newcomer.membership.user_id]
    with office.news.at_work() as by, pytest.raises(Refused, match="招待し直す"):
        mails.send_again(told_of(circular), told_of(circular).troubled[0], by=by)


def reread_as(mail: OutboundMail) -> OutboundMail:
    """The mail with its recipient, as the newsroom's page has it."""
    found = mail_by_id(mail.pk)
    assert found is not None
    return found


def reread(mail: OutboundMail) -> OutboundMail:
    return OutboundMail.objects.select_related("recipient").get(pk=mail.pk)


def test_reminders_go_out_three_times_and_stop_when_somebody_reads(
    office: Office, here: World, member: Membership
) -> None:
    circular = sent(office)
    assert circular.sent_at is not None
    day = clock.today()
    assert reminded(day + 2 * DAY, office) == 0
    for later, many in ((3, 2), (4, 2), (7, 4), (8, 4)):
        reminded(day + later * DAY, office)
        assert len(letters("circular_unread")) == many, f"after {later} days"
    opened(told(circular, here.drafter), here.drafter)
    assert reminded(day + 14 * DAY, office) == 0
    assert len(letters("circular_unread")) == 4


REPORT = """From: MAILER-DAEMON@portal.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

could not be delivered
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; portal.example

Final-Recipient: rfc822; someone@member.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: <{mail_id}@portal.example>
To: someone@member.example
--b--
"""


def test_a_returned_mail_is_read_from_its_file(office: Office, member: Membership) -> None:
    circular = sent(office)
    mail = letters()[0]
    sending.send(mail.pk)
    report = REPORT.format(mail_id=mail.pk).encode()
    with office.news.at_work() as by:
        assert mails.read_returned_mail(circular, report, by=by).pk == mail.pk
        with pytest.raises(Refused, match="記録済み"):
            mails.read_returned_mail(circular, report, by=by)
        for wrong, words in (
            (b"\x00\xff not a mail", "読み取れません"),
            (REPORT.format(mail_id="0" * 8).encode(), "読み取れません"),
            (
                REPORT.format(mail_id="01990000-0000-7000-8000-000000000404").encode(),
                "このお知らせのメールではありません",
            ),
        ):
            with pytest.raises(Refused, match=words):
                mails.read_returned_mail(circular, wrong, by=by)
    found = reread(mail)
    assert (found.state, found.bounce_code) == (MailState.BOUNCED.value, "5.1.1")


def test_a_mail_nobody_knows_of_may_go_again_by_a_persons_hand(office: Office, member: Membership) -> None:
    circular = sent(office)
    mail, other = letters()
    OutboundMail.objects.filter(pk=mail.pk).update(state=MailState.UNKNOWN.value)
    mail = reread(mail)
    with office.news.at_work() as by:
        with pytest.raises(Refused, match="送り直す必要はありません"):
            mails.send_again(told_of(circular), other, by=by)
        mails.send_again(told_of(circular), mail, by=by)
    assert [letter.key.partition("+")[2] for letter in letters()] == ["", "", "2"]
