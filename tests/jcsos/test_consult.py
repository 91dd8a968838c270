"""Consultations: asked and answered, sealed, private to the two, measured, and articles that name nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from jcsos.actions import articles, consult, leave
from jcsos.actions.articles import Text
from jcsos.enums import TicketState, TicketTopic
from jcsos.machine import TICKET
from jcsos.models import Article, Membership, Ticket, TicketEntry
from jcsos.queries.consult import waits_of
from portal.audit.models import Event
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from portal.tenancy.models import Org
from tests.factories.cast import World, seat
from tests.jcsos.conftest import Office
from tests.jcsos.test_assist import at_desk
from tests.ui.authority.conftest import signed_in
from trips.models import Participant

CANARY = "鵠﨑𠮷子"
PDF = b"%PDF-1.7 " + "見本の契約書".encode()
OURS, DESK = "/jcsos/ours/consultations/", "/jcsos/consultations/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def paper(content: bytes = PDF, name: str = "契約書(案).pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    """The page after a post; each act of the desk has its own prefix."""
    act = path.strip("/").split("/")[-1]
    prefix = f"{act}-" if "/acts/" in path else ""
    answer = client.post(path, {f"{prefix}{name}": value for name, value in (data or {}).items()}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def question(**more: Any) -> dict[str, Any]:
    return {"topic": "contract", "subject": f"{CANARY}さんの取消料", "text": f"{CANARY}さんの分は?", **more}


def asked(here: World) -> Ticket:
    with here.drafter.at_work() as by:
        return consult.ask(here.drafter.org, TicketTopic.CONTRACT, "取消料の負担", "だれが払いますか", by=by)


DRAFTER, HEAD, OFFICE = Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.JCSOS_CASES
A, B, C = TicketState.ASKED, TicketState.ANSWERED, TicketState.CLOSED
STEPS: dict[tuple[TicketState, str], tuple[TicketState, tuple[Role, ...]]] = {
    (A, "answer"): (B, (OFFICE,)),
    (B, "answer"): (B, (OFFICE,)),
    (A, "ask"): (A, (DRAFTER, HEAD)),
    (B, "ask"): (A, (DRAFTER, HEAD)),
    (A, "close"): (C, (DRAFTER, HEAD, OFFICE)),
    (B, "close"): (C, (DRAFTER, HEAD, OFFICE)),
    (C, "reopen"): (A, (DRAFTER, HEAD)),
}


def test_every_cell_of_its_life() -> None:
    for state in TicketState:
        for name in ("answer", "ask", "close", "reopen"):
            target, hands = STEPS.get((state, name), (None, ()))
            for role in Role:
                seat_of = "jcsos" if role.audience is Audience.JCSOS else "school"
                if role in hands:
                    assert TICKET.fire(name, state, seat=seat_of, role=role.value) is target
                else:
                    with pytest.raises(Refused):
                        TICKET.fire(name, state, seat=seat_of, role=role.value)


def test_one_consultation_by_forms_from_question_to_close(office: Office, here: World, member: Membership) -> None:
    school = signed_in(here.drafter)
    page = posted(school, OURS, question(file=paper()))
    assert "相談を送りました" in page
    ticket = Ticket.objects.get()
    assert OutboundMail.objects.filter(event="consult_asked", recipient=office.cases.membership.user).count() == 1
    desk = signed_in(office.cases)
    listed = desk.get(DESK).content.decode()
    assert CANARY not in listed, "the list opens nothing"
    page = desk.get(f"{DESK}{ticket.pk}/").content.decode()
    assert f"{CANARY}さんの分は?" in page
    assert "契約書(案).pdf" in page
    entry = TicketEntry.objects.exclude(stored_name="").get()
    assert desk.get(f"{DESK}{ticket.pk}/files/{entry.pk}/").content == PDF
    assert "回答を送り" in posted(desk, f"{DESK}{ticket.pk}/acts/answer/", {"text": "契約の第3条に書いてください"})
    met = {"means": "there", "held_on": clock.today().isoformat(), "text": "契約書を一緒に読んだ"}
    assert "訪問・面談を記録しました" in posted(desk, f"{DESK}{ticket.pk}/acts/visit/", met)
    page = school.get(f"{OURS}{ticket.pk}/").content.decode()
    assert "契約の第3条に書いてください" in page
    assert "契約書を一緒に読んだ" in page
    assert "学校を訪問" in page
    assert school.get(f"{OURS}{ticket.pk}/files/{entry.pk}/").content == PDF
    assert "送りました" in posted(school, f"{OURS}{ticket.pk}/write/", {"text": "分かりました"})
    assert "相談を終えました" in posted(school, f"{OURS}{ticket.pk}/close/")
    assert Ticket.objects.get().state_kind is TicketState.CLOSED
    assert "送りました" in posted(school, f"{OURS}{ticket.pk}/write/", {"text": "もう一つあります"})
    assert Ticket.objects.get().state_kind is TicketState.ASKED
    looks = school.get("/jcsos/ours/").content.decode()
    assert "JCSOSが相談を開きました" in looks
    assert "JCSOSが相談の資料を開きました" in looks
    assert CANARY not in looks


def test_nothing_typed_lies_open_in_rows_history_mail_or_files(office: Office, here: World, member: Membership) -> None:
    posted(signed_in(here.drafter), OURS, question(file=paper(PDF + CANARY.encode(), f"{CANARY}.pdf")))
    with connection.cursor() as cursor:
        for table in ("jcsos_ticket", "jcsos_ticketentry", "audit_event", "jobs_outboundmail"):
            cursor.execute(f"SELECT row_to_json(t)::jsonb - 'shown_name' FROM {table} t")
            stored = "".join(str(row[0]) for row in cursor.fetchall())
            assert CANARY not in stored, table
            assert CANARY.encode().hex() not in stored, table
    from django.conf import settings

    kept = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert kept
    assert all(CANARY.encode() not in content for content in kept)


def test_only_the_two_come_near(office: Office, here: World, member: Membership) -> None:
    ticket = asked(here)
    agent, escort = seat(Role.SCHOOL_AGENT, here.principal.org), seat(Role.SCHOOL_ESCORT, here.principal.org)
    for hand in (office.members, office.auditor, office.news, here.officer, agent, escort):
        for path in (f"{DESK}{ticket.pk}/", f"{OURS}{ticket.pk}/", DESK, OURS):
            assert signed_in(hand).get(path).status_code == 404, (hand, path)
    for held in (office.members, office.auditor, office.news):
        with at_desk(held):
            assert not Ticket.objects.exists()
            assert not TicketEntry.objects.exists()
    with at_desk(office.cases, health=False):
        assert not Ticket.objects.exists()


def test_who_left_asks_nothing_and_is_read_no_longer_at_once(office: Office, here: World, member: Membership) -> None:
    ticket = asked(here)
    desk, school = signed_in(office.cases), signed_in(here.drafter)
    assert desk.get(f"{DESK}{ticket.pk}/").status_code == 200
    with office.members.at_work():
        leave(member, on=clock.today())
    assert desk.get(f"{DESK}{ticket.pk}/").status_code == 404
    assert str(ticket.pk) not in desk.get(DESK).content.decode()
    assert school.get(f"{OURS}{ticket.pk}/").status_code == 200, "the school keeps what it asked"
    assert "会員校だけが利用できます" in posted(school, OURS, question(), status=422)
    with pytest.raises(Refused, match="退会"), at_desk(office.cases) as by:
        consult.write(ticket, "返事", by=by)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ファイルが空です"),
        (b"<html><script>alert(1)</script></html>", "PDF・JPEG・PNG"),
        (b"MZ\x90\x00", "PDF・JPEG・PNG"),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "10MB"),
    ],
)
def test_a_hostile_or_huge_file_is_refused_and_the_text_stays(
    here: World, member: Membership, content: bytes, words: str
) -> None:
    page = posted(signed_in(here.drafter), OURS, question(file=paper(content)), status=422)
    assert words in page
    assert f"{CANARY}さんの取消料" in page
    assert not Ticket.objects.exists()


def test_an_article_names_neither_the_school_nor_anybody_on_its_rosters(
    office: Office, here: World, member: Membership
) -> None:
    ticket = asked(here)
    person = Participant.objects.filter(school=here.principal.org).exclude(name=None).first()
    assert person is not None
    desk = signed_in(office.cases)
    name = str(person.name).replace(" ", "　")
    draft = {"topic": "contract", "title": "取消料の書き方", "text": f"{name}さんの例では、第3条に書く"}
    assert "記事の下書きを作りました" in posted(desk, f"{DESK}{ticket.pk}/acts/article/", draft)
    article = Article.objects.get()
    one, school = f"/jcsos/articles/{article.pk}/", signed_in(here.drafter)
    assert school.get(f"/jcsos/ours/articles/{article.pk}/").status_code == 404, "a draft is the desk's alone"
    assert "名簿にある氏名が書かれています" in posted(desk, f"{one}acts/publish/", status=422)
    told = here.principal.org.name.removesuffix("(見本)")
    posted(desk, one, {**draft, "text": f"{told}の例では、第3条に書く"})
    assert "学校の名前が書かれています" in posted(desk, f"{one}acts/publish/", status=422)
    posted(desk, one, {**draft, "text": "負担の割合は契約に書く"})
    assert "記事を公開しました" in posted(desk, f"{one}acts/publish/")
    assert "名簿にある氏名" in posted(desk, one, draft, status=422), "a published text is checked at each change"
    assert "負担の割合は契約に書く" in school.get(f"/jcsos/ours/articles/{article.pk}/").content.decode()
    assert "取消料の書き方" in school.get(OURS).content.decode()
    assert "公開を終えました" in posted(desk, f"{one}acts/withdraw/")
    assert school.get(f"/jcsos/ours/articles/{article.pk}/").status_code == 404
    with at_desk(office.cases) as by, pytest.raises(Refused, match="もう記事を作っています"):
        articles.begin_article(ticket, Text(TicketTopic.RISK, "題", "文"), by=by, org_id=office.org.pk)


def test_the_name_check_knows_old_forms_and_is_no_oracle_elsewhere(
    office: Office, here: World, member: Membership
) -> None:
    from jcsos.queries.consult import names_a_traveller

    person = Participant.objects.filter(school=here.principal.org).first()
    assert person is not None
    Participant.objects.filter(pk=person.pk).update(name="髙﨑 葛󠄀子")
    with at_desk(office.cases):
        assert not names_a_traveller(here.principal.org.pk, "高崎葛子"), "no consultation, no answer"
    asked(here)
    with at_desk(office.cases):
        assert names_a_traveller(here.principal.org.pk, "高崎 葛子さんの件")
        assert not names_a_traveller(here.principal.org.pk, "高崎市の学校の件")
    far = Org.objects.create(kind="jcsos", name="別の機関(見本)")
    with at_desk(office.cases):
        assert not names_a_traveller(far.pk, "高崎葛子")


def test_waits_are_counted_from_the_question(office: Office, here: World, member: Membership) -> None:
    start = clock.now()
    tickets = [asked(here) for _ in range(3)]
    with clock.stopped_at(start + dt.timedelta(hours=5)), at_desk(office.cases) as by:
        consult.write(tickets[0], "返事", by=by)
    with clock.stopped_at(start + dt.timedelta(hours=9)), at_desk(office.cases) as by:
        consult.write(tickets[1], "返事", by=by)
        consult.write(tickets[0], "追って", by=by)
        consult.close(tickets[1], by=by)
    with clock.stopped_at(start + dt.timedelta(days=2)):
        waits = waits_of(Ticket.objects.all())
    assert (waits.waiting, waits.answered, waits.closed) == (1, 2, 1)
    assert waits.first_answer_hours == pytest.approx(7, abs=0.2)
    assert waits.longest_waiting is not None
    assert abs(waits.longest_waiting - dt.timedelta(days=2)) < dt.timedelta(minutes=5)


@pytest.mark.parametrize(
    ("act", "data", "words"),
    [
        ("answer", {"text": " "}, "内容を書いてください"),
        ("visit", {"means": "there", "held_on": "2099-01-01", "text": "面談"}, "今日か、それより前の日"),
        ("visit", {"means": "", "held_on": "2026-01-01", "text": "面談"}, "どれか一つを選んでください"),
        ("article", {"topic": "risk", "title": "", "text": "本文"}, "記事の題を書いてください"),
    ],
)
def test_what_cannot_be_done_is_said(
    office: Office, here: World, member: Membership, act: str, data: dict[str, str], words: str
) -> None:
    ticket = asked(here)
    page = posted(signed_in(office.cases), f"{DESK}{ticket.pk}/acts/{act}/", data, status=422)
    assert words in page
    assert data.get("text", "").strip() in page


def test_the_consultation_speaks_english(office: Office, here: World, member: Membership) -> None:
    ticket = asked(here)
    client = signed_in(office.cases)
    client.cookies["django_language"] = "en"
    page = client.get(f"{DESK}{ticket.pk}/").content.decode()
    assert "Send the answer" in page
    assert "回答を送る" not in page
    assert Event.objects.filter(name="consult.read").count() == 1
