"""A packet by fax: one file with a cover that counts its pages, and a person who says what became of it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from PIL import Image

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.chasing import chase
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.sending import fix_letter
from mofa_requests.documents.fax_cover import cover_sheet
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import FaxState, RequestState, Topic
from mofa_requests.models import Dispatch, FaxOrder
from portal.dossier.types import Channel, Letter
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.tenancy.scope import Audience, Scope, acting_as
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import Desk, newest, state_of
from tests.ui.authority.test_desk import claimed, ticked

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
LETTER = Letter(
    number="7教高第1024号",
    channel=Channel.FAX,
    addressee="外務省領事局領事サービスセンター",
    sender_body="見本県教育委員会",
    sender_title="教育長",
    person="髙﨑 葛󠄀",
)
NUMBER, DAY = "00-0000-0000", dt.timedelta(days=1)


def two_pages() -> bytes:
    """A PDF of two sheets of A4 paper."""
    sheet = Image.new("L", (210, 297), 255)
    out = io.BytesIO()
    sheet.save(out, format="PDF", save_all=True, append_images=[sheet], resolution=25.4)
    return out.getvalue()


def approved(made: World) -> None:
    """Both decisions made, the letter fixed, its packet of two pages there."""
    claimed(made)
    ticked(made, made.officer)
    with made.approver.at_work() as by:
        for topic, verdict in ((Topic.COMPLETENESS, "complete"), (Topic.SAFETY, "clear")):
            review.decide(newest(made), topic, verdict, reasons="", by=by, title="課長")
        letter = fix_letter(newest(made), LETTER.model_copy(update={"dated_on": made.on}), by=by)
        store_packet(letter.pk, Rendered(two_pages(), 2, "0" * 64, (), ()), by=by)


def outcome(made: World, word: FaxState, note: str = "送信結果票 14時32分 3枚 OK") -> dict[str, str]:
    return {"outcome": word.value, "note": note, "sent_on": made.on.isoformat()}


def test_a_fax_goes_out_with_its_cover_and_is_forwarded_when_a_person_says_it_arrived(
    here: World, at_desk: AtDesk
) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    desk.post("sending/fax/", {"number": "番号"}, status=409)
    assert "市外局番から" in desk.page
    desk.open("sending/")
    desk.post("sending/fax/", {"number": NUMBER})
    assert "送信状を含めて3枚" in desk.page
    file = desk.client.get(desk.url("sending/fax/packet.tif"))
    with Image.open(io.BytesIO(file.getvalue())) as pages:
        assert (pages.n_frames, pages.mode, pages.width) == (3, "1", 1728)
        assert pages.histogram()[0] > 1000, "the cover is written on"
    desk.post("sending/fax/settle/", outcome(here, FaxState.ARRIVED, note=""), status=422)
    assert state_of(here) == RequestState.APPROVED
    desk.post("sending/fax/settle/", outcome(here, FaxState.ARRIVED))
    assert state_of(here) == RequestState.FORWARDED
    sent = Dispatch.objects.get()
    assert (sent.channel, NUMBER in sent.evidence, "14時32分" in sent.evidence) == ("fax", True, True)
    again = desk.client.get(desk.url("sending/fax/packet.tif"), follow=True).content.decode()
    assert "受け取れるファックス用ファイルはありません" in again


def test_while_the_outcome_is_open_nothing_is_sent_again_and_a_person_is_asked(here: World, at_desk: AtDesk) -> None:
    approved(here)
    desk = at_desk(here, here.officer)
    desk.open("sending/")
    packet = queries.packet_of(newest(here))
    assert packet is not None
    desk.post("sending/fax/", {"number": NUMBER})
    for path, data in (
        ("sending/fax/", {"number": NUMBER, "packet": packet.key}),
        (
            "sending/dispatch/",
            {"channel": "post", "sent_on": here.on.isoformat(), "evidence": "書留", "packet": packet.key},
        ),
    ):
        desk.post(path, data, status=409)
    desk.post("sending/fax/settle/", outcome(here, FaxState.UNKNOWN, note="話し中のまま切れた"))
    assert "届いたか確かめられていません" in desk.page
    order = FaxOrder.objects.get()
    assert order.state == FaxState.UNKNOWN
    with clock.stopped_at(here.on + DAY):
        for _ in range(2):
            with acting_as(Scope(Audience.FORWARDER, here.officer.org.pk)):
                chase(on=here.on + DAY)
    assert OutboundMail.objects.get(event="fax_open").recipient_id == here.officer.membership.user_id
    desk.post("sending/fax/settle/", outcome(here, FaxState.FAILED, note="電話で未着を確認"))
    desk.open("sending/")
    desk.post("sending/fax/", {"number": NUMBER})
    assert sorted(FaxOrder.objects.values_list("state", flat=True)) == ["failed", "out"]
    assert state_of(here) == RequestState.APPROVED


def test_the_cover_counts_itself_and_names_nobody_who_travels(here: World) -> None:
    sheet = cover_sheet(LETTER, number=NUMBER, pages=18, key="0123456789abcdef", on=dt.date(2027, 1, 5))
    assert (sheet["pages"], sheet["enclosed"], sheet["key"]) == (18, 17, "0123 4567 89ab")
    assert sheet["on"] == "令和9年(2027年)1月5日(火)"
    said = str(sheet)
    assert not any(person.name in said for person in here.dossier.participants if person.name)
