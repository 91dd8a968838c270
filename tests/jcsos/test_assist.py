"""J-TAS: one line saves, a purpose opens, every look is a row, two shifts and an event, and nobody else comes near."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from jcsos.actions import assist
from jcsos.enums import AssistState, Cover, Purpose
from jcsos.models import AssistCase, AssistEntry, AssistReading, Membership
from mofa_requests.models import Revision
from portal.accounts.acting import scope_of
from portal.audit.models import Event
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as
from portal.vault.seal import SealBroken
from tests.factories.cast import Seat, World, seat
from tests.jcsos.conftest import Office
from tests.ui.authority.conftest import signed_in

CANARY = "鵠﨑𠮷子"
CASES = "/jcsos/cases/"


@pytest.fixture
def night(office: Office) -> Seat:
    """The next shift."""
    return seat(Role.JCSOS_CASES, office.org)


class at_desk:  # noqa: N801 - reads as a phrase
    """At work with special-care data in view, as the desk's pages are."""

    def __init__(self, held: Seat, *, health: bool = True) -> None:
        self.held, self.scope = held, scope_of(held.membership, health=health)

    def __enter__(self) -> Any:
        self.scoped, self.atomic = acting_as(self.scope), transaction.atomic()
        self.scoped.__enter__()
        self.atomic.__enter__()
        return self.held.actor

    def __exit__(self, *error: Any) -> None:
        self.atomic.__exit__(*error)
        self.scoped.__exit__(*error)


def posted(client: Client, path: str, data: dict[str, Any] | None = None, *, status: int = 200) -> str:
    """The page after a post; each act's form has its own prefix."""
    act = path.strip("/").split("/")[-1]
    prefix = f"{act}-" if "/acts/" in path else ""
    answer = client.post(path, {f"{prefix}{name}": value for name, value in (data or {}).items()}, follow=True)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def started(office: Office, line: str = f"{CANARY}さんがバスにはねられた") -> AssistCase:
    with at_desk(office.cases) as by:
        return assist.open_case(office.org.pk, line, by=by)


def test_one_case_across_two_shifts(office: Office, night: Seat, here: World, revision: Revision) -> None:
    day = signed_in(office.cases)
    page = posted(day, f"{CASES}start/", {"headline": f"{CANARY}さんがバスにはねられた"})
    case = AssistCase.objects.get()
    one = f"{CASES}{case.pk}/"
    assert f"{case.number} {CANARY}さんがバスにはねられた" in page, "whoever takes the call has it open"
    known = {"person": f"{CANARY} 090-0000-0001", "category": "accident", "country": "1808", "cover": "proper",
             "school": str(here.principal.org.pk)}  # fmt: skip
    page = posted(day, f"{one}acts/details/", known)
    assert "アシスタンスセンターが直ちに動けます" in page
    zones = re.findall(r'<option value="((?:Pacific|America)/[A-Za-z_]+)"', page)
    assert zones, "the country offers its own times"
    posted(day, f"{one}acts/details/", {**known, "zone": zones[0], "request": str(here.request.pk)})
    page = day.get(one).content.decode()
    assert here.dossier.policies[0].insurer in page, "the cover of the linked trip at a glance"
    posted(day, f"{one}acts/take/")
    posted(day, f"{one}acts/note/", {"text": "病院に着いた", "party": "hospital"})
    assert "学校への報告を記録しました" in posted(day, f"{one}acts/school_told/")
    due = (clock.now() + dt.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    posted(day, f"{one}acts/task/", {"text": "保護者に折り返す", "at": due, "call_back": "on"})
    handed = {"to": str(night.membership.user_id), "summary": "意識あり。CTの結果待ち"}
    assert "引き継ぎました" in posted(day, f"{one}acts/hand_over/", handed)
    assert OutboundMail.objects.filter(event="assist_handed_over", recipient=night.membership.user).count() == 1
    late = signed_in(night)
    assert CANARY not in late.get(one).content.decode(), "no purpose, no page"
    page = posted(late, f"{one}open/", {"purpose": "handover"})
    assert "意識あり。CTの結果待ち" in page
    assert "引継ぎのため" in page
    left = {"outcome": "軽傷。全員帰国した", "lessons": "横断のしかたを事前指導に入れる"}
    assert "やることが1件残っています" in posted(late, f"{one}acts/close/", left, status=422)
    assert "済みにしました" in posted(
        late, f"{one}acts/done/", {"entry": str(AssistEntry.objects.get(kind="call_back").pk)}
    )
    assert "終了しました" in posted(late, f"{one}acts/close/", left)
    assert "横断のしかたを事前指導に入れる" in late.get(one).content.decode()
    assert AssistCase.objects.get().state_kind is AssistState.CLOSED
    assert "再開する理由を書いてください" in posted(late, f"{one}acts/reopen/", status=422)
    posted(late, f"{one}acts/reopen/", {"reason": "後から痛みが出た"})
    assert AssistCase.objects.get().state_kind is AssistState.HANDLING


def test_nothing_typed_lies_open_in_the_database_or_the_history(office: Office) -> None:
    case = started(office)
    with at_desk(office.cases) as by:
        assist.note(case, f"{CANARY}の母に電話", by=by)
        assist.describe(case, assist.Details(person=f"{CANARY} 16歳"), by=by)
    with connection.cursor() as cursor:
        for table in (
            "jcsos_assistcase",
            "jcsos_assistentry",
            "jcsos_assistreading",
            "audit_event",
            "jobs_outboundmail",
        ):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            stored = "".join(row[0] for row in cursor.fetchall())
            assert CANARY not in stored, table
            assert CANARY.encode().hex() not in stored, table


def test_the_list_shows_no_person_and_each_look_is_a_row(office: Office) -> None:
    case = started(office)
    desk = signed_in(office.cases)
    assert CANARY not in desk.get(CASES).content.decode()
    looks = AssistReading.objects.count()
    assert CANARY in desk.get(f"{CASES}{case.pk}/").content.decode()
    assert AssistReading.objects.count() == looks + 1
    assert "対応のため" in desk.get(f"{CASES}{case.pk}/").content.decode()


def test_a_purpose_lasts_an_hour_and_is_needed_for_every_act(office: Office, night: Seat) -> None:
    case = started(office)
    one, late = f"{CASES}{case.pk}/", signed_in(night)
    assert "封緘された案件です" in posted(late, f"{one}acts/note/", {"text": "目的なしの記録"})
    assert not AssistEntry.objects.exists()
    assert "どれか一つを選んでください" in posted(late, f"{one}open/", status=422)
    posted(late, f"{one}open/", {"purpose": "review"})
    assert CANARY in late.get(one).content.decode()
    AssistReading.objects.update(at=clock.now() - dt.timedelta(minutes=61))
    assert CANARY not in late.get(one).content.decode()
    read = Event.objects.filter(name="assist.read", actor_user=night.membership.user)
    assert [event.facts["purpose"] for event in read] == [Purpose.REVIEW.label]


def test_only_the_desk_comes_near_by_url_and_by_sql(office: Office, here: World, member: Membership) -> None:
    case = started(office)
    for hand in (office.members, office.auditor, office.news, here.principal):
        for path in (CASES, f"{CASES}{case.pk}/"):
            assert signed_in(hand).get(path).status_code == 404
    for held in (office.members, office.auditor, office.news):
        with at_desk(held):
            assert not AssistCase.objects.exists()
            assert not AssistReading.objects.exists()
    with at_desk(office.cases, health=False):
        assert not AssistCase.objects.exists(), "outside the desk's own pages even the desk sees nothing"
    with pytest.raises(ProgrammingError, match="permission denied"), at_desk(here.principal):
        AssistCase.objects.exists()
    office.cases.membership.active = False
    office.cases.membership.save()
    with at_desk(office.cases):
        assert not AssistCase.objects.exists(), "who lost the role reads nothing any more"


def test_a_sealed_text_moved_to_another_case_does_not_open(office: Office) -> None:
    from jcsos.queries.assist import opened

    first, second = started(office), started(office, "別の件")
    AssistCase.objects.filter(pk=second.pk).update(headline=first.headline)
    with pytest.raises(SealBroken), at_desk(office.cases):
        opened(AssistCase.objects.get(pk=second.pk))


def test_cases_of_one_place_and_day_become_one_event_and_everybody_is_told(office: Office, night: Seat) -> None:
    cases = [started(office, f"{n}人目") for n in range(3)]
    with at_desk(office.cases) as by:
        for case in cases[:2]:
            assist.describe(case, assist.Details(country="1808"), by=by)
    desk = signed_in(office.cases)
    one = f"{CASES}{cases[0].pk}/"
    assert "同じ出来事かもしれない案件があります" in desk.get(one).content.decode()
    assert "事案の名前を書いてください" in posted(desk, f"{one}acts/event/", status=422)
    page = posted(desk, f"{one}acts/event/", {"title": "オアフ島のバス事故"})
    assert cases[1].number in page
    assert AssistCase.objects.exclude(event_id=None).count() == 2
    assert OutboundMail.objects.filter(event="assist_escalated").count() == 2
    assert "オアフ島のバス事故" in desk.get(CASES).content.decode()
    with pytest.raises(Refused, match="同じ出来事"), at_desk(office.cases) as by:
        assist.join_event(cases[2], "別の事案", by=by)


def test_the_timeline_stands_in_local_time_and_in_japans(office: Office) -> None:
    case = started(office)
    desk, one = signed_in(office.cases), f"{CASES}{case.pk}/"
    posted(desk, f"{one}acts/details/", {"country": "1808", "cover": "unknown"})
    page = posted(desk, f"{one}acts/note/", {"text": "病院に着いた", "at": "2026-11-13T15:00"})
    assert AssistEntry.objects.get().happened_at == dt.datetime(2026, 11, 14, 1, 0, tzinfo=dt.UTC)
    told = re.sub(r"<[^>]+>", "", page)
    assert re.search(r"現地 11/13 15:00 ・ 日本 2026年11月14日\(土\) 10:00", told)
    with clock.stopped_at(dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)):
        posted(desk, f"{one}open/", {"purpose": "handling"})
        assert "現地 11/22 00:00(Pacific/Honolulu)" in re.sub(r"<[^>]+>", "", desk.get(one).content.decode())


def test_numbers_count_up_within_a_year(office: Office) -> None:
    assert [started(office).number[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    ("act", "data", "words"),
    [
        ("note", {"text": " "}, "記録を書いてください"),
        ("note", {"text": "明日の話", "at": "2099-01-01T00:00"}, "これから先の時刻"),
        ("note", {"text": "読めない時刻", "at": "朝方"}, "エラー"),
        ("task", {"text": "電話"}, "いつまでかを入れてください"),
        ("done", {"entry": "01990000-0000-7000-8000-000000000404"}, "済んでいます"),
        ("hand_over", {"to": "0", "summary": "よろしく"}, "エラー"),
        ("school_told", {}, "学校がまだ結び付いていません"),
        ("watch", {}, "いまの状態"),
    ],
)
def test_what_cannot_be_done_is_said_and_typed_text_stays(
    office: Office, act: str, data: dict[str, str], words: str
) -> None:
    case = started(office)
    page = posted(signed_in(office.cases), f"{CASES}{case.pk}/acts/{act}/", data, status=422)
    assert words in page
    assert all(text in page for name, text in data.items() if name in ("text", "summary") and text.strip())


def test_an_empty_line_is_no_case(office: Office) -> None:
    assert "何が起きたかを一行で書いてください" in posted(signed_in(office.cases), f"{CASES}start/", status=422)
    assert not AssistCase.objects.exists()


def test_a_foreign_zone_or_trip_is_not_taken_over(office: Office, here: World, revision: Revision) -> None:
    case = started(office)
    wrong = {"country": "1808", "zone": "Asia/Tokyo", "cover": "other", "request": str(here.request.pk)}
    posted(signed_in(office.cases), f"{CASES}{case.pk}/acts/details/", wrong)
    kept = AssistCase.objects.get()
    assert kept.zone.startswith(("Pacific/", "America/"))
    assert (kept.linked_request_id, kept.cover) == (None, Cover.OTHER.value)


def test_a_lapsed_members_trip_falls_out_of_the_case(
    office: Office, here: World, member: Membership, revision: Revision
) -> None:
    from jcsos.actions import leave
    from jcsos.queries.assist import eligibility_of, policies_of
    from jcsos.rules.assist import Standing

    case = started(office)
    school = here.principal.org.pk
    with at_desk(office.cases) as by:
        case = assist.describe(case, assist.Details(school_id=school, request_id=here.request.pk), by=by)
        assert policies_of(case)
    with office.members.at_work():
        leave(member, on=clock.today())
    with at_desk(office.cases):
        assert policies_of(case) == ()
        assert eligibility_of(case).standing is Standing.OUTSIDE


def test_the_desk_speaks_english(office: Office) -> None:
    case = started(office, "A student was hit by a bus")
    office.cases.membership.user.language = "en"
    office.cases.membership.user.save()
    client = signed_in(office.cases)
    client.cookies["django_language"] = "en"
    for path in (CASES, f"{CASES}{case.pk}/"):
        page = client.get(path).content.decode()
        assert "J-TAS" in page
        assert "受け付ける" not in page[page.index("<main") :]
