"""周知: who is told, who may read, that reading is kept once, and that the unread are reminded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from mofa_requests import noticeboard
from mofa_requests.actions.noticeboard import chase_unread, read_notice, send_notice
from mofa_requests.models import BoardNotice, NoticeReading
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.dossier.types import FounderType
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from tests.factories.cast import World, world
from tests.ui.authority.conftest import signed_in

pytestmark = pytest.mark.django_db
TYPED = {"to": "all", "title": "提出期限について", "text": "出発の1か月前までに外務省に届くように提出してください。"}


@pytest.fixture
def there(servers: None, db: None, settings: object) -> Iterator[World]:
    settings.PORTAL_RELAX_MFA = True  # type: ignore[attr-defined]
    cache.clear()
    made = world(FounderType.MUNICIPAL)
    with clock.stopped_at(made.on):
        yield made
    cache.clear()


def sent(made: World, **fields: object) -> BoardNotice:
    with made.officer.at_work() as by:
        houses = list(noticeboard.houses_below(made.officer.org.pk))
        return send_notice(made.officer.org, "提出期限", "1か月前までに", to=houses, by=by, **fields)  # type: ignore[arg-type]


def test_schools_and_boards_below_are_told_and_nobody_else(there: World) -> None:
    other = world(FounderType.MUNICIPAL)
    notice = sent(there)
    assert there.endorser is not None
    told = set(NoticeReading.objects.values_list("to_org_id", flat=True))
    assert told == {there.principal.org.pk, there.endorser.org.pk}
    mailed = set(OutboundMail.objects.filter(event="board_notice").values_list("recipient_id", flat=True))
    people = (there.principal, there.drafter, there.endorser)
    assert mailed == {seat.membership.user_id for seat in people}
    assert sent(there).pk == notice.pk, "pressed twice, sent once"
    for stranger in (other.principal, other.officer, other.endorser):
        assert stranger is not None
        with stranger.at_work():
            assert not BoardNotice.objects.exists()
            assert not NoticeReading.objects.exists()


def test_a_house_reads_once_and_its_authority_sees_it(there: World) -> None:
    notice = sent(there)
    with there.principal.at_work() as by:
        assert read_notice(notice.pk, by=by)
    with there.drafter.at_work() as by:
        assert not read_notice(notice.pk, by=by), "the house has read it already"
    with there.officer.at_work():
        listed = noticeboard.sent_by(there.officer.org.pk).get()
        assert (listed.told, listed.read) == (2, 1)
        first, last = noticeboard.readings_of(listed)
        assert first.read_at is None, "who has not read stands first"
        assert last.read_by_id == there.principal.membership.user_id
    assert Event.objects.filter(name=EventName.NOTICE_READ.value).count() == 1


def test_the_unread_are_reminded_once_on_the_day(there: World) -> None:
    day = there.on + dt.timedelta(days=3)
    notice = sent(there, read_by_on=day)
    with there.principal.at_work() as by:
        read_notice(notice.pk, by=by)
    for on in (there.on, day, day + dt.timedelta(days=1)):
        with there.officer.at_work():
            chase_unread(on=on)
    assert there.endorser is not None
    reminded = OutboundMail.objects.filter(event="board_notice_unread")
    assert [mail.recipient_id for mail in reminded] == [there.endorser.membership.user_id]


def test_a_notice_needs_words_readers_and_a_day_to_come(there: World) -> None:
    with there.officer.at_work() as by:
        org = there.officer.org
        with pytest.raises(Refused, match="題名"):
            send_notice(org, " ", "本文", to=[there.principal.org], by=by)
        with pytest.raises(Refused, match="送り先"):
            send_notice(org, "題", "本文", to=[], by=by)
        with pytest.raises(Refused, match="今日か"):
            send_notice(org, "題", "本文", to=[there.principal.org], read_by_on=dt.date(2020, 1, 1), by=by)
    with there.principal.at_work() as by, pytest.raises(Refused, match="所管庁の人だけ"):
        send_notice(there.officer.org, "題", "本文", to=[there.principal.org], by=by)


def test_the_pages_of_both_sides(there: World) -> None:
    board, school = signed_in(there.officer), signed_in(there.principal)
    page = board.get("/inbox/notices/").content.decode()
    assert "まだ送った周知はありません" in page
    assert "周知はありません" in school.get("/notices/").content.decode()
    wrong = board.post("/inbox/notices/", {**TYPED, "title": ""})
    assert wrong.status_code == 422
    assert "題名を書いてください" in wrong.content.decode()
    shown = board.post("/inbox/notices/", TYPED, follow=True).content.decode()
    assert "2のうち0が確認済み" in shown
    notice = BoardNotice.objects.get()
    assert "読みました" in school.get("/notices/").content.decode()
    assert "所管庁に伝えました" in school.post(f"/notices/{notice.pk}/read/", follow=True).content.decode()
    again = board.get(f"/inbox/notices/{notice.pk}/").content.decode()
    assert "2のうち1が確認済み" in again
    stranger = signed_in(world(FounderType.MUNICIPAL).officer)
    assert stranger.get(f"/inbox/notices/{notice.pk}/").status_code == 404
    stranger.post(f"/notices/{notice.pk}/read/")
    assert NoticeReading.objects.filter(read_at__isnull=False).count() == 1, (
        "what did not come to them, they cannot read"
    )
