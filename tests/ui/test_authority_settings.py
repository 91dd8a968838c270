"""The page of a board's own rules, and where schools see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mofa_requests.actions.authority import choose_working_edition, save_authority_rules
from mofa_requests.actions.plan import open_plan
from mofa_requests.facts import AuthorityRules, EscortFormula, EscortStep
from mofa_requests.models import AuthoritySettings, MofaRequest
from portal.dossier.types import Edition, FounderType
from portal.kit import clock
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat, world
from tests.ui.authority.conftest import signed_in
from tests.ui.posting import posted

pytestmark = pytest.mark.django_db
PAGE, SAVE = "/inbox/settings/", "/inbox/settings/save/"


@pytest.fixture(autouse=True)
def relaxed(settings: Any) -> Iterator[None]:
    """Second factors have tests of their own; here a sign-in is enough."""
    settings.PORTAL_RELAX_MFA = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here() -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def filled(client: Client, **typed: str) -> dict[str, Any]:
    """What a browser posts from the page with ``typed`` in its fields."""
    return posted(client.get(PAGE).content.decode(), **typed).dict()


def set_rules(by: Seat, rules: AuthorityRules) -> None:
    with by.at_work() as actor:
        newest = AuthoritySettings.objects.filter(org=by.org).count()
        save_authority_rules(by.org, rules, dated_from=clock.today(), base_version=newest, by=actor)


def test_a_board_without_rules_is_told_what_that_means(here: World) -> None:
    page = signed_in(here.approver).get(PAGE).content.decode()
    assert "独自の基準はありません" in page
    assert 'aria-current="page">審査の基準' in page


def test_what_is_typed_becomes_a_version(here: World) -> None:
    client = signed_in(here.approver)
    typed = filled(
        client,
        title="海外修学旅行実施基準",
        nights_at_most="5",
        cost_at_most="120,000",
        students1="20",
        escorts1="3",
        students2="40",
        escorts2="4",
        further="40",
        previsit_required="on",
        school_days="12",
    )
    assert client.post(SAVE, typed).status_code == 302
    formula = EscortFormula(steps=(EscortStep(students=20, escorts=3), EscortStep(students=40, escorts=4)), further=40)
    assert AuthoritySettings.objects.get().rules == AuthorityRules(
        body=here.approver.org.name,
        title="海外修学旅行実施基準",
        nights_at_most=5,
        cost_at_most=120_000,
        escorts=formula,
        previsit_required=True,
        school_days=12,
    )
    page = client.get(PAGE).content.decode()
    for words in (
        "5泊まで",
        "120,000円まで",
        "生徒20人まで3人、生徒40人まで4人、以後40人ごとに1人",
        "適用中",
        "12開庁日",
    ):
        assert words in page
    again = client.post(SAVE, filled(client))
    assert again.status_code == 422
    assert "第1版と同じ内容です" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"dated_from": "2020-04-01"}, "今日か、今日より後の日"),
        ({"dated_from": ""}, "適用を始める日を書いてください"),
        ({"participation_at_least": "130"}, "0 から 100 まで"),
        ({"students1": "20"}, "両方書いてください"),
        ({"students1": "20", "escorts1": "5", "students2": "40", "escorts2": "3"}, "生徒が多いほど引率者が多く"),
        ({"base_version": "7", "nights_at_most": "4"}, "ほかの人が新しい版を保存しました"),
    ],
)
def test_what_cannot_be_is_explained_and_keeps_what_was_typed(here: World, typed: dict[str, str], says: str) -> None:
    client = signed_in(here.approver)
    answer = client.post(SAVE, filled(client, title="書きかけの基準", **typed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text
    assert 'value="書きかけの基準"' in text
    assert not AuthoritySettings.objects.exists()


def test_an_officer_reads_and_the_approver_alone_writes(here: World) -> None:
    set_rules(here.approver, AuthorityRules(nights_at_most=5))
    client = signed_in(here.officer)
    page = client.get(PAGE).content.decode()
    assert "5泊まで" in page
    assert "決裁の担当者です" in page
    assert SAVE not in page
    assert client.post(SAVE, {"base_version": "1"}).status_code == 404
    assert signed_in(here.principal).get(PAGE).status_code == 404


def test_a_municipal_board_reads_the_prefectures_rules() -> None:
    here = world(FounderType.MUNICIPAL)
    assert here.endorser is not None
    set_rules(here.approver, AuthorityRules(nights_at_most=5))
    client = signed_in(seat(Role.AUTHORITY_APPROVER, here.endorser.org))
    page = client.get(PAGE).content.decode()
    assert "この機関は依頼を外務省に送りません" in page
    assert "5泊まで" in page
    assert SAVE not in page
    answer = client.post(SAVE, {"base_version": "0", "dated_from": clock.today().isoformat()})
    assert answer.status_code == 422
    assert AuthoritySettings.objects.count() == 1


def test_the_history_keeps_every_version(here: World) -> None:
    client = signed_in(here.officer)
    set_rules(here.approver, AuthorityRules(nights_at_most=5))
    client.get(PAGE)
    counted = _queries(client)
    for nights in (6, 7, 8):
        set_rules(here.approver, AuthorityRules(nights_at_most=nights))
    assert _queries(client) == counted
    page = client.get(PAGE).content.decode()
    assert [f"第{n}版" in page for n in (1, 2, 3, 4)] == [True] * 4
    assert page.count("(適用中)") == 1


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)


def test_the_check_page_shows_the_boards_rules_apart(here: World) -> None:
    url = f"/trips/{here.request.trip_id}/check/"
    client = signed_in(here.drafter)
    assert "所管庁の基準" not in client.get(url).content.decode()
    set_rules(here.approver, AuthorityRules(title="実施基準", nights_at_most=1))
    notices, _, board = client.get(url).content.decode().partition('id="board"')
    assert "LR01" in board
    assert "見本県教育委員会 実施基準" in board
    assert "第1版" in board
    assert "LR01" not in notices
    assert "当該修学旅行が各自治体から見て" not in board


def test_a_drafter_moves_the_plan_to_an_edition_the_board_works_with(here: World) -> None:
    url = f"/trips/{here.request.trip_id}/check/"
    client = signed_in(here.drafter)
    assert "この通知にする" not in client.get(url).content.decode()
    here.approver.org.edition = Edition.Y2024.value
    here.approver.org.save()
    assert client.get(url).content.decode().count("この通知にする") == 2
    assert client.post(f"{url}edition/", {"edition": "2024"}, follow=True).status_code == 200
    assert MofaRequest.objects.get(pk=here.request.pk).edition == "2024"
    assert client.post(f"{url}edition/", {"edition": "1999"}).status_code == 302
    assert MofaRequest.objects.get(pk=here.request.pk).edition == "2024"
    escort = signed_in(seat(Role.SCHOOL_ESCORT, here.drafter.org))
    assert escort.post(f"{url}edition/", {"edition": "2003"}).status_code == 404


def test_a_version_to_come_is_marked(here: World) -> None:
    client = signed_in(here.approver)
    day = (clock.today() + dt.timedelta(days=40)).isoformat()
    assert client.post(SAVE, filled(client, nights_at_most="3", dated_from=day)).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "(これから)" in page
    assert "(適用中)" not in page
    assert "独自の基準はありません" in page


def test_the_approver_chooses_the_edition_that_new_plans_start_under(here: World) -> None:
    client = signed_in(here.approver)
    page = client.get(PAGE).content.decode()
    assert "受け付ける通知" in page
    answer = client.post("/inbox/settings/edition/", {"edition": "2024"}, follow=True).content.decode()
    assert "学校1校の新しい計画から使います" in answer
    board, school = here.approver.org, here.principal.org
    board.refresh_from_db()
    school.refresh_from_db()
    assert (board.edition, school.edition) == ("2024", "2024")
    assert MofaRequest.objects.get(pk=here.request.pk).edition == "2003", "a plan already begun keeps its edition"
    with here.drafter.at_work() as by:
        assert open_plan(school, by=by).edition == "2024"
    again = client.post("/inbox/settings/edition/", {"edition": "2024"}, follow=True).content.decode()
    assert "すでに" in again
    nothing = client.post("/inbox/settings/edition/", {"edition": "1999"}, follow=True).content.decode()
    assert "一つ選んでください" in nothing


def test_only_the_approver_chooses_the_edition(here: World) -> None:
    assert signed_in(here.officer).post("/inbox/settings/edition/", {"edition": "2024"}).status_code in (403, 404)
    here.officer.org.refresh_from_db()
    assert here.officer.org.edition == "2003"


def test_schools_that_another_authority_forwards_keep_their_edition() -> None:
    made = world(FounderType.PRIVATE)
    made.officer.org.children.update(founder=FounderType.PREFECTURAL.value)
    with made.approver.at_work() as by:
        assert choose_working_edition(made.approver.org, Edition.Y2024, by=by) == 0
