"""The inbox: its order, its words, its filters, and that it takes the same queries for one plan as for twelve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mofa_requests.actions import review
from mofa_requests.actions.plan import open_plan
from mofa_requests.models import MofaRequest, SavedView
from portal.kit import clock
from portal.ui.authority.wishes import Wish
from tests.factories.cast import Seat, World, school
from tests.ui.authority.conftest import Desk, submitted

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
LONG = dt.timedelta(days=60)


def arrived(made: World, title: str, **fields: Any) -> MofaRequest:
    """One more plan before the same authority, as its frozen figures alone."""
    board = made.officer.org
    with made.drafter.at_work() as by:
        request = open_plan(made.drafter.org, by=by, demo=True)
    on = made.on
    figures = {
        "state": "submitted",
        "title": title,
        "places": "台湾(台北)",
        "departs_on": on + LONG,
        "returns_on": on + LONG,
        "party_total": 40,
        "school_due_on": on + dt.timedelta(days=10),
        "receipt_due_on": on + dt.timedelta(days=30),
        "submitted_at": clock.now(),
        "submitted_by": made.principal.membership.user,
        "revision_number": 1,
        "forwarder_org": board,
    }
    MofaRequest.objects.filter(pk=request.pk).update(**{**figures, **fields})
    return MofaRequest.objects.get(pk=request.pk)


def many_queries(desk: Desk) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        desk.open("/inbox/?state=all")
    return len(seen)


def test_one_three_or_forty_plans_take_the_same_queries(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)
    for name, query in (("台湾", "q=台湾"), ("自分", "who=mine"), ("指摘", "mark=unanswered")):
        desk.open(f"/inbox/?{query}")
        desk.post("/inbox/views/keep/", {"query": query, "name": name})
    counted = {}
    for so_far, until in ((1, 3), (3, 40), (40, 40)):
        counted[so_far] = many_queries(desk)
        assert desk.page.count('class="inbox__when"') == so_far
        for number in range(until - so_far):
            arrived(here, f"{number}組の旅行", claimed_by=here.officer.membership.user, warning_count=number)
    assert counted[1] == counted[3] == counted[40]


def test_the_nearest_day_of_receipt_comes_first(here: World, at_desk: AtDesk) -> None:
    arrived(here, "後の旅行", receipt_due_on=here.on + dt.timedelta(days=40))
    arrived(here, "先の旅行", receipt_due_on=here.on + dt.timedelta(days=3))
    arrived(here, "遅れた旅行", receipt_due_on=here.on - dt.timedelta(days=2))
    page = at_desk(here, here.officer).open("/inbox/")
    places = [page.index(title) for title in ("遅れた旅行", "先の旅行", "後の旅行")]
    assert places == sorted(places)
    assert "2日超過" in page
    assert "あと3日" in page


def test_the_counts_tell_in_time_at_risk_and_late_apart(here: World, at_desk: AtDesk) -> None:
    arrived(here, "間に合う")
    arrived(here, "危うい", school_due_on=here.on - dt.timedelta(days=1))
    arrived(here, "遅い", receipt_due_on=here.on - dt.timedelta(days=1))
    arrived(
        here,
        "送付済み",
        state="forwarded",
        receipt_due_on=here.on - dt.timedelta(days=1),
        claimed_at=clock.now(),
        claimed_by=here.officer.membership.user,
        approved_at=clock.now(),
        approved_by=here.approver.membership.user,
        forwarded_at=clock.now(),
        forwarded_by=here.officer.membership.user,
    )
    desk = at_desk(here, here.officer)
    assert desk.open("/inbox/").count('class="tile__value">1<') == 4, "one each, and one to telephone about"
    for due, title in (("on_time", "間に合う"), ("at_risk", "危うい"), ("late", "遅い")):
        page = desk.open(f"/inbox/?due={due}")
        assert page.count('scope="row"') == 1
        assert title in page


def test_search_and_filters(here: World, at_desk: AtDesk) -> None:
    arrived(here, "英国研修", places="英国(ロンドン)")
    arrived(here, "台湾修学旅行", claimed_by=here.officer.membership.user)
    desk = at_desk(here, here.officer)
    assert "台湾修学旅行" not in desk.open("/inbox/?q=ロンドン")
    assert "台湾修学旅行" in desk.open("/inbox/?q=見本県立 台湾")
    assert "英国研修" not in desk.open("/inbox/?who=mine")
    assert "英国研修" in desk.open("/inbox/?who=nobody")
    assert "当てはまる依頼はありません" in desk.open("/inbox/?q=火星&state=all")
    assert "台湾修学旅行" not in desk.open("/inbox/?state=approved")
    assert "台湾修学旅行" in desk.open("/inbox/?state=nonsense&due=nonsense&page=x"), "an unreadable wish is no wish"


def test_an_empty_inbox_says_what_will_come(here: World, at_desk: AtDesk) -> None:
    page = at_desk(here, here.officer).open("/inbox/")
    assert "手続き中の依頼はありません" in page
    assert "学校が提出すると、ここに並びます" in page


def test_open_remarks_are_counted_and_internal_ones_not(here: World, at_desk: AtDesk) -> None:
    revision = submitted(here)
    with here.officer.at_work() as by:
        review.write_remark(revision, "直してください", kind=review.RemarkKind.WRONG, by=by)
        review.write_remark(revision, "控え", kind=review.RemarkKind.UPDATE, by=by, internal=True)
    assert "未回答の指摘 1" in at_desk(here, here.officer).open("/inbox/")


def test_schools_stand_with_their_requests_by_state(there: World, at_desk: AtDesk) -> None:
    submitted(there)
    prefecture = there.officer.org
    school(prefecture, name="見本県立葛󠄀西高等学校")
    page = at_desk(there, there.officer).open("/inbox/schools/")
    assert "見本県立葛󠄀西高等学校" in page, "a school without any request is listed too"
    assert there.request.school.name in page
    assert "見本市教育委員会" in page, "the board between"
    assert '<td class="end strong">1</td>' in page
    assert there.endorser is not None
    city = at_desk(there, there.endorser).open("/inbox/schools/")
    assert "見本県立葛󠄀西高等学校" not in city, "another board's school"


def test_the_menu_marks_one_line(here: World, at_desk: AtDesk) -> None:
    page = at_desk(here, here.officer).open("/inbox/schools/")
    menu = page[page.index("mainnav") : page.index("</nav>")]
    assert menu.count('aria-current="page"') == 1


def test_a_way_of_narrowing_is_saved_counted_and_forgotten(here: World, at_desk: AtDesk) -> None:
    arrived(here, "英国研修", places="英国(ロンドン)")
    arrived(here, "台湾修学旅行")
    desk = at_desk(here, here.officer)
    assert "この絞り込みを保存する" not in desk.open("/inbox/"), "nothing is narrowed yet"
    assert "この絞り込みを保存する" in desk.open("/inbox/?q=台湾")
    page = desk.post("/inbox/views/keep/", {"query": "q=台湾&page=7&nonsense=1", "name": "台湾の計画"})
    assert "絞り込みを「台湾の計画」として保存しました" in page
    assert '台湾の計画 <span class="badge">1</span>' in desk.open("/inbox/")
    assert SavedView.objects.get().query == "q=%E5%8F%B0%E6%B9%BE", "only what the inbox understands is kept"
    desk.post("/inbox/views/keep/", {"query": "q=英国", "name": "台湾の計画"})
    assert SavedView.objects.count() == 1, "the same name keeps the newer one"
    colleague = at_desk(here, here.approver)
    assert "台湾の計画" not in colleague.open("/inbox/"), "a saved view is its owner's"
    colleague.post("/inbox/views/forget/", {"name": "台湾の計画"})
    assert SavedView.objects.count() == 1
    desk.post("/inbox/views/forget/", {"name": "台湾の計画"})
    assert not SavedView.objects.exists()


def test_views_are_refused_without_a_name_and_beyond_twelve(here: World, at_desk: AtDesk) -> None:
    desk = at_desk(here, here.officer)
    desk.open("/inbox/?q=台湾")
    assert "名前を付けてください" in desk.post("/inbox/views/keep/", {"query": "q=台湾", "name": " "})
    for number in range(12):
        SavedView.objects.create(membership=here.officer.membership, name=str(number))
    assert "12件まで" in desk.post("/inbox/views/keep/", {"query": "q=台湾", "name": "13"})
    assert SavedView.objects.count() == 12


def test_marks_find_what_needs_a_second_look(here: World, at_desk: AtDesk) -> None:
    arrived(here, "再提出の旅行", revision_number=2)
    arrived(here, "危ない旅行", danger_level=2)
    arrived(here, "要注意の旅行", warning_count=3)
    arrived(here, "電話の旅行", receipt_due_on=here.on + dt.timedelta(days=1), **sent(here, here.on))
    desk = at_desk(here, here.officer)
    marks = {"corrected": "再提出の旅行", "danger": "危ない旅行", "findings": "要注意の旅行", "call": "電話の旅行"}
    for mark, title in marks.items():
        page = desk.open(f"/inbox/?mark={mark}")
        assert page.count('class="inbox__when"') == 1, mark
        assert title in page


def sent(made: World, day: dt.date) -> dict[str, Any]:
    """The stamps of a plan that went to the ministry on ``day``."""
    at = dt.datetime.combine(day, dt.time(10), clock.TOKYO)
    officer, approver = made.officer.membership.user, made.approver.membership.user
    return {
        "state": "forwarded",
        "submitted_at": at - dt.timedelta(days=6),
        "claimed_at": at - dt.timedelta(days=4),
        "claimed_by": officer,
        "approved_at": at - dt.timedelta(days=2),
        "approved_by": approver,
        "forwarded_at": at,
        "forwarded_by": officer,
    }


def test_the_forecast_comes_from_the_own_pace_and_shows_its_arithmetic(here: World, at_desk: AtDesk) -> None:
    desk = at_desk(here, here.officer)
    assert "いまのペース" not in desk.open("/inbox/"), "no history, no forecast"
    for number in range(4):
        arrived(here, f"送った旅行{number}", **sent(here, here.on - dt.timedelta(days=7 + number)))
    day = here.on + dt.timedelta(days=7)
    for number in range(3):
        arrived(here, f"残る旅行{number}", dispatch_due_on=day)
    page = desk.open("/inbox/")
    assert "あと2件が発送の期限に遅れます" in page
    assert "直近20開庁日に4件を送付しました(1開庁日に0.2件)" in page
    assert "中央値は6.0日" in page


def test_what_cannot_be_read_in_a_saved_query_counts_as_not_said() -> None:
    assert Wish.of_query("state=nonsense&mark=x&who=y&due=z") == Wish()
    wish = Wish(q="台湾 見本", state="approved", who="mine", mark="danger")
    assert Wish.of_query(wish.query()) == wish
