"""Two teachers on one section, an ended session, a switched organisation: both texts stand, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from portal.accounts.actions import CHOSEN
from portal.accounts.models import Membership
from portal.dossier.types import FounderType
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, board, school, world
from tests.ui.school.conftest import Desk, plan_of

OUTLINE = "sections/outline/"
FIRST, SECOND = "姉妹校の授業に加わり、髙雄の街を歩く", "現地の高校生と環境の課題を話し合う"
AtDesk = Callable[[World, Seat], Desk]
OpenTab = Callable[[Seat, str], Page]


def test_without_scripts_the_second_text_is_shown_beside_the_first(here: World, desk: AtDesk) -> None:
    mine, theirs = desk(here, here.drafter), desk(here, here.principal)
    mine.open(OUTLINE)
    theirs.open(OUTLINE)
    theirs.send(OUTLINE, **{"outline-purpose": FIRST, "done": "1"})
    assert theirs.status == 302
    shown = mine.send(OUTLINE, **{"outline-purpose": SECOND, "done": "1"})
    assert mine.status == 409
    assert "ほかの人が先に保存しました" in shown
    assert FIRST in shown
    assert SECOND in shown
    assert plan_of(here).outline.purpose == FIRST
    mine.send(OUTLINE, done="1")
    assert (mine.status, plan_of(here).outline.purpose) == (302, SECOND)


def test_the_same_text_sent_twice_is_no_conflict(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    page = mine.open(OUTLINE)
    mine.send(OUTLINE, **{"outline-purpose": FIRST, "done": "1"})
    mine.page = page
    mine.send(OUTLINE, **{"outline-purpose": FIRST, "done": "1"})
    assert (mine.status, plan_of(here).outline.purpose) == (302, FIRST)


def test_an_ended_session_gives_the_text_back_and_takes_it_again(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    mine.open(OUTLINE)
    page = mine.page
    Session.objects.all().delete()
    held = mine.send(OUTLINE, **{"outline-purpose": FIRST, "done": "1"})
    assert mine.status == 401
    assert FIRST in held
    assert "サインインの時間が切れました" in held
    again = desk(here, here.drafter)
    again.page = page
    again.send(OUTLINE, **{"outline-purpose": FIRST, "done": "1"})
    assert (again.status, plan_of(here).outline.purpose) == (302, FIRST)


@pytest.mark.browser
def test_in_the_browser_both_texts_stand_until_a_person_chooses(tab: OpenTab) -> None:
    here = world(FounderType.PRIVATE)
    path = f"/trips/{here.request.trip_id}/{OUTLINE}"
    mine, theirs = tab(here.drafter, path), tab(here.principal, path)
    theirs.get_by_label("目的").fill(FIRST)
    expect(theirs.locator("#save-state")).to_contain_text("下書きを保存しました")
    mine.get_by_label("目的").fill(SECOND)
    panel = mine.locator("[data-conflict]")
    expect(panel).to_contain_text(FIRST)
    expect(panel).to_contain_text(SECOND)
    assert plan_of(here).outline.purpose == FIRST
    panel.get_by_role("button", name="自分の入力で保存する").click()
    expect(mine.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert plan_of(here).outline.purpose == SECOND


@pytest.mark.browser
def test_in_the_browser_an_ended_session_keeps_the_text_until_one_signs_in_again(tab: OpenTab) -> None:
    here = world(FounderType.PRIVATE)
    page = tab(here.drafter, f"/trips/{here.request.trip_id}/{OUTLINE}")
    Session.objects.all().delete()
    page.get_by_label("目的").fill(FIRST)
    bar = page.locator("[data-lost]")
    expect(bar).to_contain_text("サインインの時間が切れたため")
    expect(bar.get_by_role("link", name="新しいタブでサインイン")).to_be_visible()
    other = tab(here.drafter, "/trips/")
    page.context.add_cookies(other.context.cookies())
    bar.get_by_role("button", name="もう一度保存する").click()
    expect(page.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert plan_of(here).outline.purpose == FIRST


@pytest.mark.browser
def test_in_the_browser_a_switched_organisation_is_told(tab: OpenTab, settings: Any) -> None:
    here = world(FounderType.PRIVATE)
    elsewhere = Membership.objects.create(
        user=here.drafter.membership.user,
        org=school(board(), name="見本県立髙﨑高等学校"),
        role=Role.SCHOOL_DRAFTER.value,
    )
    page = tab(here.drafter, f"/trips/{here.request.trip_id}/{OUTLINE}")
    _switch(page, elsewhere, settings.SESSION_COOKIE_NAME)
    page.get_by_label("目的").fill(FIRST)
    bar = page.locator("[data-lost]")
    expect(bar).to_contain_text("別の所属に切り替わっている")
    expect(bar.get_by_role("link", name="新しいタブで所属を切り替える")).to_be_visible()
    expect(page.get_by_label("目的")).to_have_value(FIRST)
    _switch(page, here.drafter.membership, settings.SESSION_COOKIE_NAME)
    bar.get_by_role("button", name="もう一度保存する").click()
    expect(page.locator("#save-state")).to_contain_text("下書きを保存しました")
    assert plan_of(here).outline.purpose == FIRST


def _switch(page: Page, membership: Membership, cookie: str) -> None:
    """Act for another organisation, as a second tab of the same browser would."""
    key = next(found["value"] for found in page.context.cookies() if found["name"] == cookie)
    session = SessionStore(key)
    session[CHOSEN] = str(membership.pk)
    session.save()


@pytest.mark.browser
def test_in_the_browser_the_sign_in_warns_before_it_ends_and_goes_on(tab: OpenTab, settings: Any) -> None:
    here = world(FounderType.PRIVATE)
    settings.PORTAL_SESSION_IDLE = 121
    page = tab(here.drafter, f"/trips/{here.request.trip_id}/{OUTLINE}")
    note = page.locator("#session-note")
    expect(note).to_contain_text("あと2分で、サインインの時間が切れます")
    settings.PORTAL_SESSION_IDLE = 1200
    note.get_by_role("button", name="このまま続ける").click()
    expect(note).to_be_hidden()
    settings.PORTAL_SESSION_IDLE = 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(note).to_contain_text("サインインの時間が切れました")
    expect(note.get_by_role("link", name="新しいタブでサインイン")).to_be_visible()
