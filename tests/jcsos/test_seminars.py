"""A seminar from announcement to certificate: places in order, a moving waiting list, attendance, materials."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage

from jcsos.actions import join, leave, seats
from jcsos.actions import seminars as acts
from jcsos.actions.forgetting import forget_attendees
from jcsos.documents.certificate import build_certificate, certificate_sheet
from jcsos.enums import AttendeeState, Presence
from jcsos.models import Membership, Seminar, SeminarAttendee
from jcsos.queries import seminars as queries
from jcsos.queries.audits import readings_of
from mofa_requests.models import Revision
from portal.audit.record import Actor
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.words import day_words
from portal.vault.uploads import Upload
from tests.factories.cast import Seat, World, school, seat
from tests.jcsos.audits import started
from tests.jcsos.conftest import Office
from tests.kit.pdf import paper
from tests.ui.authority.conftest import signed_in

DAY = dt.timedelta(days=1)
PDF = b"%PDF-1.7 " + "見本".encode()
NAME = "髙﨑 𠮷子"


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def announcement(**changes: Any) -> acts.Announcement:
    start = clock.now() + 20 * DAY
    usual = acts.Announcement(
        title="危機管理の基本", text="夜間の連絡の練習をします。", venue="オンライン", starts_at=start,
        ends_at=start + dt.timedelta(hours=2), places=1, apply_until=clock.today() + 10 * DAY,
    )  # fmt: skip
    return replace(usual, **changes)


@pytest.fixture
def seminar(office: Office, here: World, member: Membership) -> Seminar:
    """One place only, open for registration."""
    return opened(office)


def opened(office: Office, **changes: Any) -> Seminar:
    with office.news.at_work() as by:
        return acts.open_seminar(acts.write_seminar(office.org.pk, announcement(**changes), by=by), by=by)


def registered(seminar: Seminar, hand: Seat, name: str = NAME, duty: str = "教諭") -> SeminarAttendee:
    with hand.at_work() as by:
        return seats.register(seminar, hand.org.pk, name=name, duty=duty, by=by)


def another_member(office: Office, parent: Any) -> Seat:
    """The head of a second member school."""
    head = seat(Role.SCHOOL_PRINCIPAL, school(parent, name="隣里高等学校(見本)"))
    with office.members.at_work():
        join(head.org, on=clock.today())
    return head


def on_the_day(seminar: Seminar) -> Any:
    return clock.stopped_at(seminar.starts_at + dt.timedelta(minutes=10))


def held(office: Office, seminar: Seminar, row: SeminarAttendee) -> SeminarAttendee:
    with on_the_day(seminar), office.news.at_work() as by:
        seats.attend(row, presence=Presence.LIST, by=by)
        acts.end_seminar(seminar, by=by)
        return queries.get_attendee(row.pk)


def test_the_waiting_list_moves_when_somebody_cancels(office: Office, here: World, seminar: Seminar) -> None:
    other = another_member(office, here.officer.org)
    first = registered(seminar, here.drafter)
    second, third = registered(seminar, other, "例示 花子"), registered(seminar, here.principal, "見本 次郎")
    assert [row.state_kind for row in (first, second, third)] == [
        AttendeeState.PLACED, AttendeeState.WAITING, AttendeeState.WAITING,
    ]  # fmt: skip
    with here.drafter.at_work() as by:
        seats.cancel_seat(first, by=by)
    with office.news.at_work():
        states = {row.name: row.state_kind for row in queries.attendees_of(seminar)}
    assert states == {
        NAME: AttendeeState.CANCELLED, "例示 花子": AttendeeState.PLACED, "見本 次郎": AttendeeState.WAITING,
    }  # fmt: skip
    (told,) = OutboundMail.objects.filter(event="seminar_placed")
    assert told.recipient_id == other.membership.user_id
    with other.at_work():
        assert [row.name for row in queries.attendees_of(seminar)] == ["例示 花子"], "nobody sees who else comes"


def test_more_places_go_to_those_who_wait(office: Office, here: World, seminar: Seminar) -> None:
    registered(seminar, here.drafter)
    waiting = registered(seminar, here.drafter, "見本 次郎")
    with office.news.at_work() as by:
        acts.rewrite_seminar(seminar, announcement(places=2), by=by)
        assert queries.get_attendee(waiting.pk).state_kind is AttendeeState.PLACED
        with pytest.raises(Refused, match="2人より少なくできません"):
            acts.rewrite_seminar(seminar, announcement(places=1), by=by)


def test_what_a_registration_refuses(office: Office, here: World, seminar: Seminar, member: Membership) -> None:
    registered(seminar, here.drafter)
    for name, duty, words in (("高崎 吉子", "教諭", "もう申し込んで"), ("", "教諭", "氏名"), ("見本", " ", "職名")):
        with pytest.raises(Refused, match=words):
            registered(seminar, here.drafter, name, duty)
    with clock.stopped_at(clock.now() + 11 * DAY), pytest.raises(Refused, match="締め切りました"):
        registered(seminar, here.drafter, "見本 次郎")
    with office.members.at_work():
        leave(member, on=clock.today())
    with pytest.raises(Refused, match="会員校だけ"):
        registered(seminar, here.drafter, "見本 次郎")


def test_a_school_that_leaves_is_out_of_sight_and_frees_its_place(
    office: Office, here: World, seminar: Seminar, member: Membership
) -> None:
    other = another_member(office, here.officer.org)
    registered(seminar, here.drafter)
    with office.members.at_work():
        leave(member, on=clock.today())
    with office.news.at_work():
        assert not queries.attendees_of(seminar).exists()
    assert registered(seminar, other, "例示 花子").state_kind is AttendeeState.PLACED


def test_attendance_by_ticket_once_and_on_its_day(office: Office, here: World, seminar: Seminar) -> None:
    row = registered(seminar, here.drafter)
    ticket = queries.ticket_of(row)
    with office.news.at_work() as by:
        assert queries.attendee_of_ticket(ticket) == row
        assert queries.attendee_of_ticket(ticket[:-1] + ("A" if ticket[-1] != "A" else "B")) is None
        assert queries.attendee_of_ticket(str(row.pk)) is None
        with pytest.raises(Refused, match="開催の日になってから"):
            seats.attend(row, presence=Presence.TICKET, by=by)
    with on_the_day(seminar), office.news.at_work() as by:
        came = seats.attend(row, presence=Presence.TICKET, by=by)
        again = seats.attend(row, presence=Presence.LIST, by=by)
        assert (came.presence, again.presence, came.attended_at) == ("ticket", "ticket", again.attended_at)
        back = seats.take_attendance_back(row, by=by)
        assert (back.state_kind, back.presence) == (AttendeeState.PLACED, "")
    with here.principal.at_work() as by, on_the_day(seminar), pytest.raises(Refused, match="あなたの役割"):
        seats.attend(row, presence=Presence.LIST, by=by)


def test_who_came_gets_a_numbered_certificate_with_the_name_as_typed(
    office: Office, here: World, seminar: Seminar
) -> None:
    row = registered(seminar, here.drafter)
    with office.news.at_work() as by, pytest.raises(Refused, match="開催の日になってから終えて"):
        acts.end_seminar(seminar, by=by)
    done = held(office, seminar, row)
    assert done.certificate_no.startswith(str(seminar.starts_at.year))
    with office.news.at_work() as by, pytest.raises(Refused, match="番号を付けた後"):
        seats.take_attendance_back(done, by=by)
    sheet = certificate_sheet(done)
    assert (sheet["name"], dict(sheet["facts"])["修了証番号"]) == (NAME, done.certificate_no)
    pdf = build_certificate(done)
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1
    text = paper.text_of(pdf)
    assert paper.plain(NAME) in text
    assert "様式の誤り" not in text, "every place of the form is filled"
    assert OutboundMail.objects.filter(event="seminar_certified").count() == 2


def test_the_record_of_training_holds_what_was_attended(office: Office, here: World, seminar: Seminar) -> None:
    row = registered(seminar, here.drafter)
    held(office, seminar, row)
    with here.principal.at_work():
        (one,) = queries.training_of(here.principal.org.pk)
        assert (one.seminar, one.came, one.duties) == (seminar, 1, ("教諭",))
    with office.auditor.at_work():
        assert queries.training_of(here.principal.org.pk) == [one]


def test_materials_are_for_those_with_a_place(office: Office, here: World, seminar: Seminar, files: None) -> None:
    other = another_member(office, here.officer.org)
    registered(seminar, here.drafter)
    registered(seminar, other, "例示 花子")
    with office.news.at_work() as by:
        for wrong, words in ((b"MZ", "PDF・JPEG・PNG"), (PDF + b"0" * 10 * 1024 * 1024, "10MB")):
            with pytest.raises(Refused, match=words):
                acts.give_material(seminar, Upload("a.pdf", wrong), by=by)
        file = acts.give_material(seminar, Upload("..\\資料.pdf", PDF), by=by)
    assert file.shown_name == "資料.pdf"
    with here.drafter.at_work():
        (mine,) = queries.materials_of(seminar)
        assert acts.open_material(mine) == PDF
    with default_storage.open(file.stored_name) as stored:
        assert PDF not in stored.read()
    with other.at_work():
        assert not queries.materials_of(seminar).exists(), "the waiting have no place yet"
    with office.news.at_work() as by:
        acts.remove_material(file, by=by)
    with here.drafter.at_work():
        assert not queries.materials_of(seminar).exists()


def test_calling_off_tells_the_schools_why(office: Office, here: World, seminar: Seminar) -> None:
    registered(seminar, here.drafter)
    with office.news.at_work() as by:
        with pytest.raises(Refused, match="中止する理由"):
            acts.cancel_seminar(seminar, reason=" ", by=by)
        acts.cancel_seminar(seminar, reason="台風のため", by=by)
    assert OutboundMail.objects.filter(event="seminar_cancelled").count() == 2
    seminar.refresh_from_db()
    with pytest.raises(Refused, match="締め切りました"):
        registered(seminar, here.drafter, "見本 次郎")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "題名"),
        ({"venue": " "}, "会場"),
        ({"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "終わる時刻"),
        ({"apply_until": dt.date(2099, 1, 1)}, "申込みの期限は"),
    ],
)
def test_a_faulty_announcement_says_what_to_do(office: Office, changes: dict[str, Any], words: str) -> None:
    with office.news.at_work() as by, pytest.raises(Refused, match=words):
        acts.write_seminar(office.org.pk, announcement(**changes), by=by)


def test_the_audit_quotes_the_training_of_the_staff(
    office: Office, here: World, seminar: Seminar, revision: Revision
) -> None:
    row = registered(seminar, here.drafter)
    held(office, seminar, row)
    round_ = started(office, here)
    assert round_.audit.request.departs_on is not None
    assert seminar.starts_at.date() < round_.audit.request.departs_on
    with office.auditor.at_work():
        facts = {known.code: reading.facts for known, reading in readings_of(round_.audit)}["AC01"]
    assert [fact.text for fact in facts if "セミナー" in fact.source] == [
        f"教職員1人が「危機管理の基本」に出席({day_words(seminar.starts_at.astimezone(clock.TOKYO).date())})"
    ]
    assert not any(NAME in fact.text for fact in facts)


def test_names_go_with_the_business_year_and_the_record_of_training_stays(
    office: Office, here: World, member: Membership, seminar: Seminar
) -> None:
    done = held(office, seminar, registered(seminar, here.drafter))
    with office.members.at_work():
        leave(member, on=clock.today())
    last_day = dt.date(seminar.starts_at.year + (seminar.starts_at.month > 3), 3, 31)
    assert [forgotten(office, last_day + after * DAY) for after in (0, 1, 1)] == [0, 1, 0]
    with here.principal.at_work():
        row = queries.get_attendee(done.pk)
        assert (row.name, row.certificate_no, row.forgotten_at is not None) == ("", done.certificate_no, True)
        assert [one.duties for one in queries.training_of(here.principal.org.pk)] == [("教諭",)]
    school = signed_in(here.principal)
    page = f"/jcsos/ours/seminars/{seminar.pk}/"
    assert "氏名は年度の終わりに消しました" in school.get(page).content.decode()
    refused = school.get(f"{page}seats/{done.pk}/certificate.pdf", follow=True).content.decode()
    assert "修了証はもう出せません" in refused


def forgotten(office: Office, on: dt.date) -> int:
    with office.news.at_work():
        return forget_attendees(office.org.pk, on=on, by=Actor(None, "worker", office.org.pk))
