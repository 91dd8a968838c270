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
from mofa_requests.models import MofaRequest
from portal.kit import clock
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


def test_one_plan_or_twelve_take_the_same_queries(here: World, at_desk: AtDesk) -> None:
    submitted(here)
    desk = at_desk(here, here.officer)
    desk.open("/inbox/")
    one = many_queries(desk)
    for number in range(11):
        arrived(here, f"{number}組の旅行", claimed_by=here.officer.membership.user, warning_count=number)
    twelve = many_queries(desk)
    assert desk.page.count('scope="row"') == 12
    assert one == twelve


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
    assert desk.open("/inbox/").count('class="tile__value">1<') == 3
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
    assert "英国研修" not in desk.open("/inbox/?mine=1")
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
