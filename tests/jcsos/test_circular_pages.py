"""Circulars as people use them: the whole way by forms, wrong input, the member's own link, English, empty pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from jcsos.models import Circular, CircularReceipt, Membership
from jcsos.queries.circulars import SEND_CIRCULAR
from portal.jobs import mail as sending
from portal.jobs import worker
from portal.jobs.models import Job, OutboundMail
from portal.kit.roles import Role
from tests.factories.cast import World, seat
from tests.jcsos.conftest import Office
from tests.jcsos.news import TYPHOON, sent
from tests.jcsos.test_circulars import REPORT
from tests.jcsos.test_pages import named
from tests.ui.authority.conftest import signed_in

FORM = {
    "title": "<b>台風</b>の進路",
    "text": "髙雄の港では、便の欠航が出ています。",
    "countries": ["0886"],
    "official_url": "https://www.anzen.mofa.go.jp/info/pchazardspecificinfo_2026T039.html",
    "reach": "all",
}


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    answer = client.post(path, data or {}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def read(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def deliver(circular: Circular) -> None:
    assert worker.run(Job.objects.get(kind=SEND_CIRCULAR, subject_id=circular.pk).pk)


def test_a_circular_by_forms_from_draft_to_receipt(office: Office, here: World, member: Membership) -> None:
    writer, checker, head = signed_in(office.news), signed_in(office.members), signed_in(here.principal)
    assert "下書きを保存しました" in posted(writer, "/jcsos/circulars/new/", FORM)
    circular = Circular.objects.get()
    page = f"/jcsos/circulars/{circular.pk}/"
    assert "いま送ると、1校に届きます" in read(writer, page)
    assert "確認を頼みました" in posted(writer, f"{page}acts/propose/")
    assert "自分が書いたお知らせは確認できません" in read(writer, page)
    assert "自分が書いたお知らせは確認できません" in posted(writer, f"{page}acts/approve/", status=422)
    assert "どこを書き直してほしいか" in posted(checker, f"{page}acts/send_back/", status=422)
    assert "確認しました" in posted(checker, f"{page}acts/approve/")
    assert signed_in(office.auditor).post(f"{page}acts/order/").status_code == 404
    assert "今より後" in posted(writer, f"{page}acts/order/", {"goes_at": "2020/1/1 9:00"}, status=422)
    assert "送信を予約しました" in posted(writer, f"{page}acts/order/")
    deliver(circular)
    letter = OutboundMail.objects.get(event="circular", recipient=here.principal.membership.user)
    sending.send(letter.pk)
    link = re.search(r"https://portal\.example(/\S+)", str(outbox.outbox[0].body))
    assert link is not None
    assert "まだの会員校" in read(writer, page)
    opened = read(head, link.group(1))
    assert "&lt;b&gt;台風&lt;/b&gt;の進路" in opened
    assert "さんが最初に開きました" in opened
    receipt = CircularReceipt.objects.get()
    assert receipt.read_by_id == here.principal.membership.user_id
    assert "開封" in read(writer, page)
    assert 'href="https://www.anzen.mofa.go.jp/info/' in opened


def test_another_members_link_opens_nothing(office: Office, here: World, member: Membership) -> None:
    sent(office)
    path = f"/jcsos/ours/told/{CircularReceipt.objects.get().pk}/"
    stranger = seat(Role.AUTHORITY_OFFICER, here.officer.org)
    assert signed_in(stranger).get(path).status_code == 404
    assert signed_in(seat(Role.SCHOOL_AGENT, here.principal.org)).get(path).status_code == 404
    assert CircularReceipt.objects.get().read_at is None


def test_wrong_input_names_its_fields(office: Office) -> None:
    wrong = {"title": "", "text": "", "official_url": "https://evil.example/", "reach": "going"}
    page = posted(signed_in(office.news), "/jcsos/circulars/new/", wrong, status=422)
    for words in ("題名を書いてください", "内容を書いてください", "https://www.anzen.mofa.go.jp/ で始まる", "一つ以上"):
        assert words in page, words
    assert not Circular.objects.exists()


def test_two_writers_do_not_overwrite_each_other(office: Office) -> None:
    writer = signed_in(office.news)
    posted(writer, "/jcsos/circulars/new/", FORM)
    path = f"/jcsos/circulars/{Circular.objects.get().pk}/edit/"
    posted(writer, path, {**FORM, "title": "一人目", "version": "1"})
    refused = posted(writer, path, {**FORM, "title": "二人目", "version": "1"}, status=422)
    assert "先に保存しました" in refused
    assert "二人目" in refused
    assert Circular.objects.get().title == "一人目"


def test_a_bounce_is_shown_read_from_its_mail_and_mended(office: Office, here: World, member: Membership) -> None:
    circular = sent(office)
    desk, page = signed_in(office.news), f"/jcsos/circulars/{circular.pk}/"
    user = here.drafter.membership.user
    letter = OutboundMail.objects.get(event="circular", recipient=user)
    sending.send(letter.pk)
    assert user.email not in read(desk, page)
    report = {"file": named("returned.eml", REPORT.format(mail_id=letter.pk).encode())}
    shown = posted(desk, f"{page}returned/", report)
    assert "届かなかったことを記録しました" in shown
    assert f"{user.email} (5.1.1)" in shown
    assert "アドレスがまだ直っていません" in posted(desk, f"{page}mails/{letter.pk}/again/")
    user.email = "naoshita@member.example"
    user.save()
    assert "送り直しました" in posted(desk, f"{page}mails/{letter.pk}/again/")
    assert "ファイルを選んでください" in posted(desk, f"{page}returned/", status=422)
    assert desk.post(f"{page}mails/{circular.pk}/again/").status_code == 404


def test_the_archive_is_searched_and_says_when_it_is_empty(office: Office, here: World, member: Membership) -> None:
    desk, school = signed_in(office.cases), signed_in(here.drafter)
    assert "お知らせはまだありません" in read(desk, "/jcsos/circulars/")
    assert "JCSOSのお知らせはありません" in read(school, "/jcsos/ours/circulars/")
    sent(office)
    for client, path in ((desk, "/jcsos/circulars/"), (school, "/jcsos/ours/circulars/")):
        assert "台風の進路" in read(client, f"{path}?q=高雄&country=0886")
        assert "当てはまるお知らせはありません" in read(client, f"{path}?q=地震")
    assert "未読" in read(school, "/jcsos/ours/circulars/")
    assert "お知らせを書く" not in read(desk, "/jcsos/circulars/")


def test_a_trip_shows_the_news_of_its_countries(office: Office, here: World, member: Membership) -> None:
    code = next(place.country for place in here.dossier.destinations if place.country)
    sent(office, replace(TYPHOON, countries=(code,)))
    path = f"/trips/{here.request.trip_id}/"
    assert "台風の進路について" in read(signed_in(here.drafter), path)
    assert "台風の進路について" not in read(signed_in(seat(Role.SCHOOL_AGENT, here.principal.org)), path)


@pytest.mark.parametrize("path", ["/jcsos/circulars/", "/jcsos/circulars/{id}/", "/jcsos/circulars/new/"])
def test_the_pages_speak_english(office: Office, member: Membership, path: str) -> None:
    circular = sent(office)
    office.news.membership.user.language = "en"
    office.news.membership.user.save()
    client = signed_in(office.news)
    client.cookies["django_language"] = "en"
    page = read(client, path.format(id=circular.pk))
    main = page[page.index("<main") :]
    assert "ircular" in main or "Openings" in main
    assert "お知らせを書く" not in main
    assert "送った会員校" not in main
