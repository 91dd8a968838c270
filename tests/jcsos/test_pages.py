"""The pages of an audit as people use them: the whole way by forms, wrong input, hostile names, English."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from jcsos.enums import Gravity
from jcsos.models import Campaign, Evidence, Finding, TripAudit
from mofa_requests.models import Revision
from portal.kit import clock
from tests.factories.cast import World
from tests.jcsos.audits import Round, started
from tests.jcsos.conftest import Office
from tests.ui.authority.conftest import signed_in

PDF = b"%PDF-1.7 " + "見本".encode()


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def audit(office: Office, here: World, revision: Revision, files: None) -> Round:
    return started(office, here)


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    """The page after a post, wherever it leads; each form of an audit's page has its own prefix."""
    answer = client.post(path, {f"{_prefix(path)}{name}": value for name, value in (data or {}).items()}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def _prefix(path: str) -> str:
    parts = path.strip("/").split("/")
    if "findings" in parts:
        return f"{parts[-1]}-{parts[-2]}-"
    return f"{parts[-1]}-" if "acts" in parts else ""


def given(code: str, statement: str = "", **more: Any) -> dict[str, Any]:
    """What the form of one criterion's evidence posts."""
    return {"criterion": code, f"{code}-statement": statement, **{f"{code}-{name}": v for name, v in more.items()}}


def later(days: int) -> str:
    return (clock.today() + dt.timedelta(days=days)).isoformat()


def test_a_campaign_by_forms_from_plan_to_report(office: Office, here: World, revision: Revision, files: None) -> None:
    desk, second = signed_in(office.auditor), signed_in(office.second)
    head, drafter = signed_in(here.principal), signed_in(here.drafter)
    leaving = here.dossier.outline.departs_on
    form = {
        "title": "秋の監査", "period_from": str(leaving), "period_to": str(leaving), "population": "all",
        "rule_set": "ready-1", "percent": "10", "floor": "1", "cap": "3", "seed": "7",
    }  # fmt: skip
    assert "いまの母集団は1件です" in posted(desk, "/jcsos/audits/new/", form)
    campaign = f"/jcsos/audits/{Campaign.objects.get().pk}/"
    assert "1件を抽出しました" in posted(desk, f"{campaign}draw/")
    assert "1校に通知しました" in posted(desk, f"{campaign}announce/", {"due_on": later(14)})
    row = TripAudit.objects.get()
    ours, theirs = f"/jcsos/ours/audits/{row.pk}/", f"/jcsos/audits/trips/{row.pk}/"
    assert "秋の監査" in drafter.get("/jcsos/ours/").content.decode()
    piece = given("AC01", "9月に実施", file=named("指導.pdf", PDF))
    assert "資料を出しました" in posted(drafter, f"{ours}evidence/", piece)
    assert "資料の提出を終え" in posted(drafter, f"{ours}hand-in/")
    opened = desk.get(f"{theirs}evidence/{Evidence.objects.get().pk}/")
    assert b"".join(opened) == PDF
    assert "attachment" in opened["Content-Disposition"]
    for code in ("AC01", "AC02", "AC03", "AC04", "AC05"):
        verdict = {f"{code}-verdict": "not_met" if code == "AC04" else "met", f"{code}-note": "資料による"}
        posted(desk, f"{theirs}criteria/{code}/", verdict)
    finding = {"criterion": "AC04", "gravity": "grave", "text": "試しに掛けた記録がありません"}
    assert "学校にはまだ見えません" in posted(desk, f"{theirs}acts/finding/", finding)
    refused = posted(desk, f"{theirs}acts/send/", {"due_on": later(14)}, status=422)
    assert "別の評価者が確かめて" in refused
    one = f"{theirs}findings/{Finding.objects.get().pk}/"
    assert "確かめました" in posted(second, f"{one}confirm/")
    assert "結果を学校に送りました" in posted(desk, f"{theirs}acts/send/", {"due_on": later(14)})
    mine = f"{ours}findings/{Finding.objects.get().pk}/"
    assert "意見を送りました" in posted(head, f"{mine}reply/", {"text": "12月に掛けます"})
    asked = {"correction": "掛けた記録を残す", "owner": "教頭", "due_on": later(20)}
    assert "是正を求めました" in posted(desk, f"{one}uphold/", asked)
    assert "意見の確認を終え" in posted(desk, f"{theirs}acts/settle/")
    assert "是正を報告しました" in posted(drafter, f"{mine}correct/", {"text": "12月3日に掛け、つながった"})
    assert "是正を確認しました" in posted(desk, f"{one}verify/")
    assert "監査を締めくくりました" in posted(desk, f"{campaign}close/")
    paper = head.get(f"{ours}report.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert len(pikepdf.open(BytesIO(paper.content)).pages) >= 1


def test_what_was_typed_comes_back_with_the_reason(audit: Round, office: Office) -> None:
    desk = signed_in(office.auditor)
    path = f"/jcsos/audits/trips/{audit.audit.pk}/"
    audit.announced()
    moved = posted(desk, f"{path}acts/move/", {"due": "evidence", "to": "2020-01-01", "reason": "行事"}, status=422)
    assert "期限は今日より後の日にしてください" in moved
    assert "行事</textarea>" in moved
    empty = posted(desk, f"{path}acts/move/", {"due": "evidence", "to": "来週"}, status=422)
    assert "期限を変える理由を書いてください" in empty


def test_wrong_plans_name_their_fields(office: Office) -> None:
    wrong = {
        "title": "",
        "period_from": "2027-04-01",
        "period_to": "2027-03-01",
        "percent": "0",
        "floor": "9",
        "cap": "3",
    }
    page = posted(signed_in(office.auditor), "/jcsos/audits/new/", wrong, status=422)
    for words in ("監査の名称を書いてください", "期間の終わりは", "1 から 100 までの数", "「多くとも」は"):
        assert words in page, words
    assert not Campaign.objects.exists()


def test_a_hostile_file_name_is_text_and_a_hostile_file_is_refused(audit: Round, here: World) -> None:
    drafter = signed_in(here.drafter)
    audit.announced()
    path = f"/jcsos/ours/audits/{audit.audit.pk}/"
    name = "../<img src=x onerror=alert(1)>\u202efdp.pdf"
    page = posted(drafter, f"{path}evidence/", given("AC01", file=named(name, PDF)))
    assert "<img src=x" not in page
    assert "資料を出しました" in page
    refused = posted(drafter, f"{path}evidence/", given("AC02", file=named("a.pdf", b"MZ")), status=422)
    assert "PDF・JPEG・PNGのファイルだけ" in refused
    nothing = posted(drafter, f"{path}evidence/", given("AC02"), status=422)
    assert "説明を書くか、ファイルを選んでください" in nothing
    unknown = posted(drafter, f"{path}evidence/", given("AC77", "資料"), status=422)
    assert "その項目はありません" in unknown


def test_withdrawn_evidence_is_told_to_both_sides(audit: Round, office: Office, here: World) -> None:
    drafter, desk = signed_in(here.drafter), signed_in(office.auditor)
    audit.announced()
    path = f"/jcsos/ours/audits/{audit.audit.pk}/"
    posted(drafter, f"{path}evidence/", given("AC01", file=named("名簿.pdf", PDF)))
    piece = Evidence.objects.get().pk
    assert "理由を書いてください" in posted(drafter, f"{path}evidence/{piece}/withdraw/", status=422)
    posted(drafter, f"{path}evidence/{piece}/withdraw/", {"reason": "氏名が写っていた"})
    page = desk.get(f"/jcsos/audits/trips/{audit.audit.pk}/").content.decode()
    assert "取り下げられた資料(理由: 氏名が写っていた)" in page
    assert "名簿.pdf" not in page
    assert "取り下げられました" in drafter.get(f"{path}evidence/{piece}/", follow=True).content.decode()


def test_every_look_at_an_audit_is_in_the_schools_history(audit: Round, office: Office, here: World) -> None:
    audit.announced()
    signed_in(office.auditor).get(f"/jcsos/audits/trips/{audit.audit.pk}/")
    assert "JCSOSが旅行を閲覧しました" in signed_in(here.drafter).get("/jcsos/ours/").content.decode()


def test_only_auditors_audit_and_only_the_head_replies(audit: Round, office: Office, here: World) -> None:
    audit.announced().handed_in().assessed(faults=("AC01",))
    finding = audit.finding(gravity=Gravity.MINOR)
    audit.sent()
    for hand in (office.members, office.news, office.cases):
        for path in ("/jcsos/audits/", f"/jcsos/audits/trips/{audit.audit.pk}/"):
            assert signed_in(hand).get(path).status_code == 404
    path = f"/jcsos/ours/audits/{audit.audit.pk}/findings/{finding.pk}/reply/"
    assert signed_in(here.drafter).post(path, {"text": "起案者"}).status_code == 404
    assert "意見を送る" not in signed_in(here.drafter).get(f"/jcsos/ours/audits/{audit.audit.pk}/").content.decode()


def test_before_the_result_there_is_no_report(audit: Round, office: Office) -> None:
    page = signed_in(office.auditor).get(f"/jcsos/audits/trips/{audit.audit.pk}/report.pdf", follow=True)
    assert "結果を学校に送った後に作れます" in page.content.decode()


def test_the_pages_speak_english(audit: Round, office: Office, here: World) -> None:
    audit.announced()
    for hand, path in (
        (office.auditor, f"/jcsos/audits/trips/{audit.audit.pk}/"),
        (office.auditor, f"/jcsos/audits/{audit.campaign.pk}/"),
        (here.drafter, f"/jcsos/ours/audits/{audit.audit.pk}/"),
    ):
        hand.membership.user.language = "en"
        hand.membership.user.save()
        client = signed_in(hand)
        client.cookies["django_language"] = "en"
        page = client.get(path).content.decode()
        main = re.sub(r'<[^>]*lang="ja"[^>]*>[^<]*<', "", page[page.index("<main") :])
        assert "Evidence" in main or "Sample" in main
        assert "求める資料" not in main


def test_an_empty_desk_says_what_to_do(office: Office, here: World) -> None:
    assert "監査はまだありません" in signed_in(office.auditor).get("/jcsos/audits/").content.decode()
    assert "JCSOSの会員ではありません" in signed_in(here.drafter).get("/jcsos/ours/").content.decode()


def named(name: str, content: bytes) -> BytesIO:
    sent = BytesIO(content)
    sent.name = name
    return sent
