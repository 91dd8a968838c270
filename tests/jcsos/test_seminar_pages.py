"""Seminars as people use them: announcement to certificate by forms, wrong input, others' things, English."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from jcsos.models import Membership, Seminar, SeminarAttendee
from jcsos.queries.seminars import ticket_of
from portal.kit import clock
from portal.kit.roles import Role
from tests.factories.cast import World, school, seat
from tests.jcsos.conftest import Office
from tests.jcsos.test_pages import named
from tests.jcsos.test_seminars import PDF, announcement, opened, registered
from tests.ui.authority.conftest import signed_in


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def form(**changes: str) -> dict[str, str]:
    day = clock.today() + dt.timedelta(days=20)
    usual = {
        "title": "危機管理の基本", "text": "夜間の連絡の練習", "venue": "オンライン", "places": "1",
        "starts_at": f"{day:%Y/%m/%d} 14:00", "ends_at": f"{day:%Y/%m/%d} 16:00", "apply_until": day.isoformat(),
    }  # fmt: skip
    return {**usual, **changes}


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    answer = client.post(path, data or {}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_seminar_by_forms_from_announcement_to_certificate(office: Office, here: World, member: Membership) -> None:
    desk, staff = signed_in(office.news), signed_in(here.drafter)
    assert "案内を保存しました" in posted(desk, "/jcsos/seminars/new/", form())
    seminar = Seminar.objects.get()
    page, ours = f"/jcsos/seminars/{seminar.pk}/", f"/jcsos/ours/seminars/{seminar.pk}/"
    assert staff.get(ours).status_code == 404, "in preparation it is nobody's"
    assert "会員校にメールで知らせました" in posted(desk, f"{page}acts/open/")
    assert "席があります" in posted(staff, f"{ours}register/", {"name": "髙﨑 𠮷子", "duty": "教諭"})
    assert "キャンセル待ちに入りました" in posted(staff, f"{ours}register/", {"name": "見本 次郎", "duty": "教頭"})
    assert "資料を載せました" in posted(desk, f"{page}materials/", {"file": named("資料.pdf", PDF)})
    assert "資料.pdf" in read(staff, ours)
    row = SeminarAttendee.objects.get(duty="教諭")
    code = staff.get(f"{ours}seats/{row.pk}/code.svg")
    assert (code["Content-Type"], code.content[:5]) == ("image/svg+xml", b"<?xml")
    assert "受付で見せるQRコード" in read(staff, f"{ours}seats/{row.pk}/")
    assert "開催の日になってから" in posted(desk, f"/jcsos/seminars/tickets/{ticket_of(row)}/")
    with clock.stopped_at(seminar.starts_at):
        door = f"/jcsos/seminars/tickets/{ticket_of(row)}/"
        assert "出席を記録する" in read(desk, door)
        assert "記録済みです" in posted(desk, door)
        assert "出席を取り消す" in read(desk, page)
        assert "開催を終えました" in posted(desk, f"{page}acts/end/")
    paper = staff.get(f"{ours}seats/{row.pk}/certificate.pdf")
    assert paper["Content-Type"] == "application/pdf"
    waiting = SeminarAttendee.objects.get(duty="教頭")
    refused = staff.get(f"{ours}seats/{waiting.pk}/certificate.pdf", follow=True).content.decode()
    assert "出席した人に、開催を終えた後に出ます" in refused
    assert "危機管理の基本" in read(staff, "/jcsos/ours/seminars/")


def test_wrong_input_names_its_fields(office: Office, here: World, member: Membership) -> None:
    wrong = form(title="", places="0", ends_at="2020/1/1 9:00", apply_until="2099-01-01")
    page = posted(signed_in(office.members), "/jcsos/seminars/new/", wrong, status=422)
    for words in ("題名を書いてください", "1 から 2,000 までの数", "終わる時刻は", "申込みの期限は、開催の日まで"):
        assert words in page, words
    seminar = opened(office)
    staff = signed_in(here.drafter)
    empty = posted(staff, f"/jcsos/ours/seminars/{seminar.pk}/register/", {"name": "", "duty": ""}, status=422)
    assert "氏名を書いてください" in empty
    refused = posted(
        signed_in(office.news), f"/jcsos/seminars/{seminar.pk}/materials/", {"file": named("a.pdf", b"MZ")}, status=422
    )
    assert "PDF・JPEG・PNGのファイルだけ" in refused


def test_other_peoples_things_stay_shut(office: Office, here: World, member: Membership) -> None:
    seminar = opened(office)
    row = registered(seminar, here.drafter)
    stranger = signed_in(seat(Role.SCHOOL_PRINCIPAL, school(here.officer.org, name="会員でない高等学校(見本)")))
    for path in ("", f"seats/{row.pk}/", f"seats/{row.pk}/code.svg", f"seats/{row.pk}/certificate.pdf"):
        assert stranger.get(f"/jcsos/ours/seminars/{seminar.pk}/{path}").status_code == 404, path
    assert stranger.post(f"/jcsos/ours/seminars/{seminar.pk}/seats/{row.pk}/cancel/").status_code == 404
    assert signed_in(here.drafter).get(f"/jcsos/seminars/tickets/{ticket_of(row)}/").status_code == 404
    assert signed_in(office.news).get("/jcsos/seminars/tickets/forged/").status_code == 404


def test_empty_pages_and_english(office: Office, here: World, member: Membership) -> None:
    assert "セミナーはまだありません" in read(signed_in(office.auditor), "/jcsos/seminars/")
    assert "セミナーの案内はありません" in read(signed_in(here.drafter), "/jcsos/ours/seminars/")
    seminar = opened(office, places=announcement().places + 1)
    registered(seminar, here.drafter)
    for hand, path in ((office.news, f"/jcsos/seminars/{seminar.pk}/"), (here.drafter, "/jcsos/ours/seminars/")):
        hand.membership.user.language = "en"
        hand.membership.user.save()
        client = signed_in(hand)
        client.cookies["django_language"] = "en"
        page = read(client, path)
        main = page[page.index("<main") :]
        assert "eminar" in main
        assert "申込み" not in main
