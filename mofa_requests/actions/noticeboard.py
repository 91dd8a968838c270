"""周知: an authority tells its schools and boards something, and they say that they have read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from mofa_requests.models import BoardNotice, NoticeReading
from portal.accounts.queries import holders_of
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.directory.kinds import OrgKind
from portal.jobs.enqueue import post_notice
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from portal.tenancy.models import Org

LINK = "/notices/"
_READERS = {
    OrgKind.SCHOOL.value: (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL),
    OrgKind.MUNICIPAL_BOARD.value: (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER),
}


@transaction.atomic
def send_notice(
    org: Org, title: str, text: str, *, to: Sequence[Org], read_by_on: dt.date | None = None, by: Actor
) -> BoardNotice:
    """Send a notice to the houses in ``to``; each is told by mail. The same notice twice in one day stays one."""
    if by.org_id != org.pk:
        raise Refused("周知を送れるのは、その所管庁の人だけです", "Only the authority itself sends its notices.")
    if not title.strip() or not text.strip():
        raise Refused("題名と内容を書いてください", "Write a title and a text.")
    if not to:
        raise Refused(
            "送り先がありません。学校や市町村教育委員会が登録されているか確かめてください", "There is nobody to tell."
        )
    if read_by_on is not None and read_by_on < clock.today():
        raise Refused("確認の期限は、今日か今日より後の日にしてください", "The day must be today or later.")
    since = clock.now() - dt.timedelta(days=1)
    before = BoardNotice.objects.filter(org=org, title=title, text=text, sent_at__gte=since).first()
    if before is not None:
        return before
    notice = BoardNotice.objects.create(org=org, title=title, text=text, read_by_on=read_by_on, sent_by_id=by.person_id)
    NoticeReading.objects.bulk_create([NoticeReading(org=org, notice=notice, to_org=house) for house in to])
    record(EventName.NOTICE_SENT, by=by, about=Subject(forwarder_org_id=org.pk), houses=len(to))
    for house in to:
        tell_house(notice, house, "board_notice", key=str(notice.pk))
    return notice


@transaction.atomic
def read_notice(notice_id: UUID, *, by: Actor) -> bool:
    """The house acted for has read the notice; whether this was the first time."""
    mine = NoticeReading.objects.filter(notice_id=notice_id, to_org_id=by.org_id, read_at=None)
    # A forwarding authority is told nothing by anybody and has no right to mark anything: look before writing.
    if not mine.exists() or not mine.update(read_at=clock.now(), read_by_id=by.person_id):
        return False
    at_a_school = Role(by.role).audience is Audience.SCHOOL
    about = Subject(school_id=by.org_id) if at_a_school else Subject(endorser_org_id=by.org_id)
    record(EventName.NOTICE_READ, by=by, about=about)
    return True


def tell_house(notice: BoardNotice, house: Org, event: str, *, key: str) -> None:
    """Mail to the people of one house who are to read it."""
    for user_id in holders_of(house.pk, _READERS.get(house.kind, ())).values_list("pk", flat=True):
        post_notice(event, to=user_id, org_id=house.pk, key=f"{key}-{house.pk}", link=LINK)


def chase_unread(*, on: dt.date) -> None:
    """Remind every house once that has not read a notice whose day has come."""
    unread = NoticeReading.objects.filter(read_at=None, notice__read_by_on__lte=on)
    for reading in unread.select_related("notice", "to_org"):
        tell_house(reading.notice, reading.to_org, "board_notice_unread", key=f"{reading.notice_id}-unread")
