"""The history of fields: who wrote what when and what stood there before; a deleted row comes back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest

from portal.kit import clock
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat
from tests.ui.school.conftest import Desk, plan_of
from trips.actions.plan import close_trip
from trips.models import FieldChange

AtDesk = Callable[[World, Seat], Desk]
OUTLINE, LODGING = "sections/outline/", "sections/lodging/"


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def history(desk: Desk, path: str) -> str:
    """The part of the page that tells who wrote what."""
    return desk.open(path).partition('id="history-title"')[2].partition("</details>")[0]


def test_a_field_shows_who_wrote_it_and_what_stood_there(here: World, mine: Desk) -> None:
    before = plan_of(here).outline
    mine.open(OUTLINE)
    mine.send(OUTLINE, **{"outline-purpose": "川を調べる", "outline-grade": "3"})
    shown = history(mine, OUTLINE)
    assert str(here.drafter.membership.user) in shown
    assert 'href="#f-outline-purpose"' in shown
    assert f"前の内容: {before.purpose}"[:60] in shown
    assert len(FieldChange.objects.all()) == 2
    assert "川を調べる".encode() not in b"".join(bytes(row.before) for row in FieldChange.objects.all())


def test_what_one_hand_writes_in_one_go_is_one_change(here: World, mine: Desk) -> None:
    first = plan_of(here).outline.purpose
    for text in ("川", "川を", "川を調べる"):
        mine.open(OUTLINE)
        mine.send(OUTLINE, **{"outline-purpose": text})
    assert FieldChange.objects.count() == 1
    with clock.stopped_at(here.on + dt.timedelta(days=1)):
        mine.open(OUTLINE)
        mine.send(OUTLINE, **{"outline-purpose": "山を調べる"})
    shown = history(mine, OUTLINE)
    assert re.findall(r"前の内容: ([^<]*)<", shown) == ["川を調べる", str(first)[:120]]


def test_a_deleted_row_is_put_back(here: World, mine: Desk) -> None:
    stays = plan_of(here).stays
    mine.open(LODGING)
    mine.send(LODGING, **{f"stays-{stays[0].key}-delete": "1"})
    assert [stay.key for stay in plan_of(here).stays] == [stay.key for stay in stays[1:]]
    restore = re.search(r'action="([^"]*/restore/)"', history(mine, LODGING))
    assert restore is not None
    path = restore[1].removeprefix(mine.base)
    assert "削除した行を戻しました" in mine.post(path, follow=True)
    assert set(plan_of(here).stays) == set(stays)
    assert "すでに戻してあります" in mine.post(path, follow=True)


def test_an_agents_hand_is_told_apart(here: World, mine: Desk, desk: AtDesk) -> None:
    helper = desk(here, seat(Role.SCHOOL_AGENT, here.drafter.org))
    key = plan_of(here).stays[0].key
    helper.open(LODGING)
    helper.send(LODGING, **{f"stays-{key}-name": "見本大飯店 新館"})
    assert "(旅行会社)" in history(mine, LODGING)
    change = FieldChange.objects.get()
    assert helper.client.post(f"{helper.base}sections/outline/changes/{change.pk}/restore/").status_code == 404


def test_a_closed_plan_takes_no_row_back(here: World, mine: Desk) -> None:
    key = plan_of(here).stays[-1].key
    mine.open(LODGING)
    mine.send(LODGING, **{f"stays-{key}-delete": "1"})
    change, left = FieldChange.objects.get(), plan_of(here).stays
    with here.principal.at_work() as by:
        close_trip(here.request.trip, by=by)
    shown = history(mine, LODGING)
    assert "の行を削除" in shown
    assert "/restore/" not in shown
    mine.post(f"{LODGING}changes/{change.pk}/restore/", follow=True)
    assert "いま書き換えられません" in mine.page
    assert plan_of(here).stays == left
