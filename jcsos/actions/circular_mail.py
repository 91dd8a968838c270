"""What becomes of a circular's letters: mails that came back, sending again, reminders. Not here: delivery."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.circulars import letter_link
from jcsos.enums import CircularState
from jcsos.models import Circular, CircularReceipt
from jcsos.queries.circulars import TOLD, UNREAD, Told, people_of, told_with_mails
from jcsos.rules.circulars import REMIND_AFTER, reminders_due
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs import bounces
from portal.jobs.enqueue import Notice, post_many
from portal.jobs.models import MailState, OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused


def mail_of(circular: Circular, mail_id: UUID) -> tuple[Told, OutboundMail]:
    """The last mail of a circular to one person, and the member. Raises ``LookupError`` for one that is not of it."""
    with_mail = bounces.mail_by_id(mail_id)
    receipt = _receipt_of(circular, with_mail.key) if with_mail and with_mail.event == TOLD else None
    for told in told_with_mails([receipt]) if receipt else []:
        for mail in told.mails:
            if mail.pk == mail_id:
                return told, mail
    raise LookupError(mail_id)


@transaction.atomic
def note_bounce(mail: OutboundMail, *, code: str = bounces.UNKNOWN_CODE, by: Actor) -> None:
    """Record that a mail came back. Raises ``Refused`` for one that never left."""
    if mail.state not in (MailState.SENT.value, MailState.UNKNOWN.value):
        raise Refused(gettext("まだ送っていないか、届かなかったと記録済みのメールです"))
    if bounces.note_bounces([mail], code=code):
        record(EventName.CIRCULAR_BOUNCED, by=by, about=Subject(), mail=str(mail.pk), code=code)


@transaction.atomic
def read_returned_mail(circular: Circular, content: bytes, *, by: Actor) -> OutboundMail:
    """Record the bounce that a returned mail tells of. Raises ``Refused`` where it tells of none of this circular."""
    if len(content) > bounces.MAX_REPORT:
        raise Refused(gettext("ファイルが1MBを超えています。戻ってきたメール(.eml)だけを選んでください"))
    told = bounces.read_report(content)
    if told is None:
        raise Refused(
            gettext(
                "戻ってきたメールとして読み取れません。メールソフトで「名前を付けて保存」した .eml を選んでください"
            )
        )
    try:
        _, mail = mail_of(circular, told.mail_id)
    except LookupError:
        raise Refused(gettext("このお知らせのメールではありません。送ったときのお知らせで読み込んでください")) from None
    note_bounce(mail, code=told.code, by=by)
    return mail


@transaction.atomic
def send_again(told: Told, mail: OutboundMail, *, by: Actor) -> None:
    """Send anew: after a bounce to the corrected address or to those the school invited since; or when in doubt."""
    bounced = mail.state == MailState.BOUNCED.value
    if not bounced and mail.state != MailState.UNKNOWN.value:
        raise Refused(gettext("送信済みか、送信を待っているメールです。送り直す必要はありません"))
    if bounced and not bounces.address_corrected(mail):
        _send_to_newcomers(told)
    else:
        bounces.send_again(mail)
    record(EventName.CIRCULAR_RESENT, by=by, about=Subject(), mail=str(mail.pk))


def _send_to_newcomers(told: Told) -> None:
    """Whoever joined the school since gets the mail that the old address could not take."""
    if not told.newcomers:
        raise Refused(
            gettext("アドレスがまだ直っていません。学校に、正しいアドレスで職員を招待し直すよう頼んでください")
        )
    receipt = told.receipt
    link = letter_link(receipt)
    letters = [Notice(to=one, org_id=receipt.school_id, key=str(receipt.pk), link=link) for one in told.newcomers]
    post_many(TOLD, letters)


@transaction.atomic
def remind_unread(*, on: dt.date) -> int:
    """Remind the members that have not read a circular; how many members. Each reminder goes out once, then it stops.

    Runs in JCSOS's scope: a member that left is out of sight and hears nothing more.
    """
    since = clock.now() - dt.timedelta(days=REMIND_AFTER[-1] + 1)
    sent = {"circular__state": CircularState.SENT.value, "circular__sent_at__gte": since}
    unread = CircularReceipt.objects.filter(read_at=None, **sent).select_related("circular")
    due = [(receipt, turn) for receipt in unread if (turn := _turn(receipt.circular, on=on))]
    people = people_of([receipt.school_id for receipt, _ in due])
    post_many(
        UNREAD,
        [
            Notice(to=user_id, org_id=receipt.school_id, key=f"{receipt.pk}-{turn}", link=letter_link(receipt))
            for receipt, turn in due
            for user_id in people.get(receipt.school_id, [])
        ],
    )
    return len(due)


def _turn(circular: Circular, *, on: dt.date) -> int:
    assert circular.sent_at is not None
    return reminders_due(circular.sent_at.astimezone(clock.TOKYO).date(), on=on)


def _receipt_of(circular: Circular, key: str) -> CircularReceipt | None:
    return CircularReceipt.objects.filter(circular=circular, pk=UUID(bounces.base_and_try(key)[0])).first()
