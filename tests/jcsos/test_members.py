"""Membership: joining, renewing, contacts, documents, leaving at once, associates, the verifiable English letter."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jcsos.actions.members import enrol, issue_letter, renew, resign
from jcsos.enums import ContactDuty, Service
from jcsos.models import Associate, MemberPaper, Membership
from jcsos.rules.members import (
    Contact,
    Standing,
    Terms,
    contacts_as_json,
    contacts_from,
    letter_until,
    standing_of,
)
from mofa_requests.models import Revision
from portal.audit.models import Event
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.pdf.keys import read_key_file
from portal.kit.pdf.verify import verify
from tests.factories.cast import World
from tests.jcsos.conftest import Office
from tests.ui.authority.conftest import signed_in

PDF = b"%PDF-1.7 " + "申込書の見本".encode()
OURS, DESK = "/jcsos/ours/membership/", "/jcsos/membership/"
DAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    """The page after a post; each form has its own prefix."""
    prefix = path.strip("/").split("/")[-1]
    answer = client.post(path, {f"{prefix}-{name}": value for name, value in (data or {}).items()}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def paper(name: str = "入会申込書.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@pytest.mark.parametrize(
    ("until", "left", "standing"),
    [
        (None, None, Standing.CURRENT),
        (DAY + dt.timedelta(days=61), None, Standing.CURRENT),
        (DAY + dt.timedelta(days=60), None, Standing.ENDING),
        (DAY, None, Standing.ENDING),
        (DAY - dt.timedelta(days=1), None, Standing.OVERDUE),
        (DAY + dt.timedelta(days=61), DAY, Standing.LEFT),
    ],
)
def test_the_standing_of_a_membership(until: dt.date | None, left: dt.date | None, standing: Standing) -> None:
    assert standing_of(term_until=until, left_on=left, on=DAY) is standing


def test_contacts_come_back_as_they_were_kept_and_a_letter_holds_a_year_at_most() -> None:
    night = Contact(ContactDuty.NIGHT, "髙﨑 葛󠄀子", "090-0000-0001", "")
    stored = contacts_as_json([night, Contact(ContactDuty.HEAD)])
    assert [one["duty"] for one in stored] == ["night"]
    assert contacts_from(stored)[ContactDuty.NIGHT] == night
    assert not contacts_from(stored)[ContactDuty.HEAD].said
    assert letter_until(term_until=None, on=DAY) == DAY + dt.timedelta(days=365)
    assert letter_until(term_until=DAY + dt.timedelta(days=30), on=DAY) == DAY + dt.timedelta(days=30)


def test_a_school_joins_is_renewed_and_leaves_with_documents_by_forms(office: Office, here: World) -> None:
    desk = signed_in(office.members)
    until = clock.today() + dt.timedelta(days=100)
    joining = {"school": str(here.principal.org.pk), "on": clock.today().isoformat(), "services": ["j_tas"],
               "term_until": until.isoformat(), "file": paper()}  # fmt: skip
    assert "入会を登録しました" in posted(desk, f"{DESK}join/school/", joining)
    held = Membership.objects.get()
    assert (held.services, held.consents, held.term_until) == (["j_tas"], False, until)
    one = f"{DESK}{held.pk}/"
    page = desk.get(one).content.decode()
    assert "入会申込書.pdf" in page
    kept = MemberPaper.objects.get(kind="join")
    assert desk.get(f"{one}papers/{kept.pk}/").content == PDF
    assert "新しい期間の終わりは" in posted(desk, f"{one}acts/renew/", {"until": until.isoformat()}, status=422)
    later = until + dt.timedelta(days=365)
    posted(desk, f"{one}acts/renew/", {"until": later.isoformat(), "file": paper("継続届.pdf")})
    held.refresh_from_db()
    assert (held.term_from, held.term_until) == (until + dt.timedelta(days=1), later)
    posted(desk, f"{one}acts/contacts/", {"night_name": "教頭", "night_phone": "090-0000-0001"})
    assert "090-0000-0001" in signed_in(here.drafter).get(OURS).content.decode()
    assert "退会する理由を書いてください" in posted(desk, f"{one}acts/leave/", {"reason": " "}, status=422)
    assert "閲覧はこの時点で終わりました" in posted(
        desk, f"{one}acts/leave/", {"reason": "統合のため", "file": paper()}
    )
    assert "退会した会員です" in desk.get(one).content.decode()
    assert set(MemberPaper.objects.values_list("kind", flat=True)) == {"join", "renew", "leave"}
    names = set(Event.objects.values_list("name", flat=True))
    assert {"membership.joined", "membership.renewed", "membership.left", "membership.paper"} <= names


def test_leaving_closes_every_window_within_one_request(
    office: Office, here: World, member: Membership, revision: Revision
) -> None:
    readers = {hand: signed_in(hand) for hand in (office.members, office.auditor)}
    trip = f"/jcsos/trips/{here.request.pk}/"
    assert {client.get(trip).status_code for client in readers.values()} == {200}
    drafter = signed_in(here.drafter)
    assert drafter.post(f"{OURS}leave/", {"leave-reason": "起案者には出来ない"}).status_code == 404
    assert "退会しました" in posted(signed_in(here.principal), f"{OURS}leave/", {"reason": "統合のため"})
    for hand, client in readers.items():
        for path in (trip, f"{trip}duty-file/"):
            assert client.get(path).status_code == 404, (hand, path)
        assert here.dossier.outline.title not in client.get("/jcsos/").content.decode()
    assert "会員ではありません" in drafter.get(OURS).content.decode()


def test_a_letter_is_signed_and_its_public_page_says_what_it_says_and_no_more(
    office: Office, here: World, member: Membership, client: Client
) -> None:
    school, org = signed_in(here.drafter), here.principal.org
    assert "英語名が登録されていません" in posted(school, f"{OURS}acts/letter/", status=422)
    type(org).objects.filter(pk=org.pk).update(english_name="Mihon High School (specimen)")
    assert "会員証明書を発行しました" in posted(school, f"{OURS}acts/letter/")
    letter = MemberPaper.objects.get(kind="letter")
    pdf = school.get(f"{OURS}papers/{letter.pk}/").content
    keys = read_key_file(client.get("/.well-known/wataridori-keys.json").content)
    judged = verify(pdf, keys=keys)
    assert (judged.genuine, judged.signer) == (True, office.org.name)
    assert judged.text_equals_data
    public = f"/jcsos/letters/{letter.code}/"
    page = client.get(public).content.decode()
    assert "この証明書は有効です" in page
    assert "Mihon High School (specimen)" in page
    told = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert org.name not in told
    assert here.principal.membership.user.name not in told
    assert client.get("/jcsos/letters/01990000-0000-7000-8000-000000000404/").status_code == 404
    with clock.stopped_at(clock.now() + dt.timedelta(days=366)):
        assert "いまは有効ではありません" in client.get(public).content.decode()
    with here.principal.at_work() as by:
        resign(member, reason="統合のため", by=by)
    assert "いまは有効ではありません" in client.get(public).content.decode()
    assert json.dumps(letter.says, ensure_ascii=False).count("Mihon") == 1


def test_what_a_member_may_not_do_is_refused(office: Office, here: World, member: Membership) -> None:
    with office.members.at_work() as by, pytest.raises(Refused, match="もう会員です"):
        enrol(here.principal.org, Terms(), on=clock.today(), by=by)
    with office.members.at_work() as by:
        renew(member, until=clock.today() + dt.timedelta(days=1), by=by)
    type(member.school).objects.filter(pk=member.school_id).update(english_name="Mihon")
    with clock.stopped_at(clock.now() + dt.timedelta(days=3)), office.members.at_work() as by:
        held = Membership.objects.select_related("school").get(pk=member.pk)
        with pytest.raises(Refused, match="期間が過ぎています"):
            issue_letter(held, by=by)
    with here.principal.at_work() as by:
        resign(member, reason="統合のため", by=by)
    with office.members.at_work() as by, pytest.raises(Refused, match="退会した会員"):
        renew(member, until=clock.today() + dt.timedelta(days=400), by=by)


def test_an_associate_joins_and_leaves_and_other_desks_stay_out(office: Office, here: World) -> None:
    desk = signed_in(office.members)
    body = {"name": "見本損害保険(見本)", "kind": "insurer", "on": clock.today().isoformat(), "services": ["j_tas"]}
    assert "入会を登録しました" in posted(desk, f"{DESK}join/associate/", body)
    row = Associate.objects.get()
    assert row.services == [Service.J_TAS.value]
    one = f"{DESK}associates/{row.pk}/"
    posted(desk, f"{one}acts/paper/", {"kind": "join", "file": paper()})
    kept = MemberPaper.objects.get(associate_id=row.pk)
    assert desk.get(f"{one}papers/{kept.pk}/").content == PDF
    for hand in (office.auditor, office.news, office.cases, here.principal):
        assert signed_in(hand).get(one).status_code == 404
        assert signed_in(hand).get(DESK).status_code == 404
    assert "団体の名前を書いてください" in posted(desk, f"{DESK}join/associate/", {**body, "name": " "}, status=422)
    assert "退会を登録しました" in posted(desk, f"{one}acts/leave/")
    row.refresh_from_db()
    assert row.left_on == clock.today()
