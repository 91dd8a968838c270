"""Writing a plan by hand: what cannot be read stays on the page, a closed plan is only read, a helper sees his part."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mofa_requests.models import Revision
from portal.kit.roles import Role
from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World, seat
from tests.ui.authority.conftest import submitted
from tests.ui.posting import posted
from tests.ui.school.conftest import Desk, plan_of
from trips.actions.plan import close_trip
from trips.actions.roster import write_roster
from trips.enums import AGENT_SECTIONS, Section

AtDesk = Callable[[World, Seat], Desk]
WRITTEN = [section for section in Section if section is not Section.ROSTER]
IMPOSSIBLE = [("2027-02-30", "2027-02-30"), ("令和99年1月1日", "令和99年1月1日"), ("あした", "あした")]


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


@pytest.mark.parametrize(("typed", "kept"), IMPOSSIBLE, ids=["no such day", "no such year", "words"])
@pytest.mark.parametrize("by_script", [False, True], ids=["button", "script"])
def test_an_impossible_date_stays_with_its_reason(
    here: World, mine: Desk, typed: str, kept: str, by_script: bool
) -> None:
    mine.open("sections/outline/")
    before = plan_of(here).outline
    data = posted(_main_form(mine.page), **{"outline-departs_on": typed, "outline-purpose": "友好を深める"})
    headers = {"HX-Request": "true"} if by_script else {}
    mine.post("sections/outline/", data, **headers)
    assert mine.status == (200 if by_script else 422)
    assert (plan_of(here).outline.departs_on, plan_of(here).outline.purpose) == (before.departs_on, "友好を深める")
    page = mine.open("sections/outline/")
    assert "読み取れなかった入力を残しています" in page
    field = re.search(r'<div class="field[^>]*id="f-outline-departs_on".*?</div>\s*<div class="field"', page, re.DOTALL)
    assert field is not None
    assert f'value="{kept}"' in field[0]
    assert 'aria-invalid="true"' in field[0]


def test_a_second_press_submits_once(here: World, desk: AtDesk) -> None:
    principal = desk(here, here.principal)
    principal.open("submit/")
    page = principal.page
    principal.send("submit/", attest="on")
    assert principal.status == 302
    principal.page = page
    said = principal.send("submit/", attest="on", follow=True)
    assert "すでに提出されています" in said
    assert Revision.objects.filter(request=here.request).count() == 1


def test_a_second_press_adds_a_person_once(here: World, mine: Desk) -> None:
    mine.open("roster/add/")
    page, before = mine.page, len(plan_of(here).participants)
    mine.send("roster/add/", name="髙橋　美保", kana="たかはし　みほ")
    mine.page = page
    mine.send("roster/add/", name="髙橋　美保", kana="たかはし　みほ")
    assert len(plan_of(here).participants) == before + 1


@pytest.mark.parametrize("section", WRITTEN)
def test_every_section_saves_unchanged_without_scripts(here: World, mine: Desk, section: Section) -> None:
    before = plan_of(here)
    mine.open(f"sections/{section.value}/")
    mine.send(f"sections/{section.value}/", done="1")
    assert mine.status == 302, re.findall(r'class="field__error"[^>]*>[^<]*', mine.page)
    assert plan_of(here).model_copy(update={"confirmations": before.confirmations}) == before


def test_rows_are_moved_by_buttons_without_scripts(here: World, mine: Desk) -> None:
    keys = [leg.key for leg in plan_of(here).legs]
    mine.open("sections/itinerary/")
    shown = mine.send("sections/itinerary/", **{"legs-move": f"{keys[0]}:down"})
    assert mine.status == 200
    assert [leg.key for leg in plan_of(here).legs] == [keys[1], keys[0], *keys[2:]]
    assert re.findall(r'name="legs-row" value="([^"]+)"', shown) == [keys[1], keys[0], *keys[2:]]
    mine.send("sections/itinerary/", **{"legs-move": f"{keys[1]}:up"})
    assert [leg.key for leg in plan_of(here).legs] == [keys[1], keys[0], *keys[2:]]


def test_every_page_of_a_fresh_plan_opens(here: World, mine: Desk) -> None:
    started = mine.client.post("/trips/new/", {"title": "白紙から"})
    fresh = Desk(mine.client, started["Location"])
    paths = [*(f"sections/{section.value}/" for section in WRITTEN), "", "roster/", "roster/import/", "roster/add/"]
    paths.append("roster/passports/")
    for path in [*paths, "check/", "preview/", "submit/", "timeline/", "calls/", "carried/", "itinerary/"]:
        fresh.open(path)
        assert (path, fresh.status) == (path, 200)
    fresh.open("sections/lodging/")
    fresh.send("sections/lodging/", **{"stays-add": "1"})
    assert fresh.status == 200


def test_a_closed_plan_is_read_and_not_written(here: World, mine: Desk) -> None:
    mine.open("sections/outline/")
    before = plan_of(here)
    with here.principal.at_work() as by:
        close_trip(here.request.trip, by=by)
    mine.send("sections/outline/", **{"outline-purpose": "書き換え", "done": "1"})
    assert mine.status == 409
    assert "書き換え" in mine.page
    person = re.search(r'href="(/trips/[^"]*/roster/people/[^"]*/)"', mine.open("roster/"))
    assert person is not None
    mine.post(f"{person[1].removeprefix(mine.base)}remove/", follow=True)
    assert "いま書き換えられません" in mine.page
    assert plan_of(here) == before
    for section in WRITTEN:
        page = mine.open(f"sections/{section.value}/")
        assert '<fieldset class="lock" disabled>' in page
        assert "data-autosave" not in page


def test_what_was_handed_in_shows_what_was_typed_too_late(here: World, mine: Desk) -> None:
    mine.open("sections/lodging/")
    submitted(here)
    key = plan_of(here).stays[0].key
    shown = mine.send("sections/lodging/", **{f"stays-{key}-name": "見本の新しい宿", "done": "1"})
    assert mine.status == 409
    assert "見本の新しい宿" in shown
    assert "提出" in shown


def test_a_travel_agents_helper_sees_and_fills_his_part_alone(here: World, desk: AtDesk) -> None:
    helper = desk(here, seat(Role.SCHOOL_AGENT, here.drafter.org))
    names = [person.name for person in plan_of(here).participants if person.name]
    for section in AGENT_SECTIONS:
        page = helper.open(f"sections/{section.value}/")
        assert helper.status == 200
        assert not [name for name in names if name in page]
    helper.open("sections/lodging/")
    key = plan_of(here).stays[0].key
    helper.send("sections/lodging/", **{f"stays-{key}-name": "見本大飯店 別館", "done": "1"})
    assert plan_of(here).stays[0].name == "見本大飯店 別館"
    (mark,) = [mark for mark in plan_of(here).confirmations if mark.section == "lodging"]
    assert (mark.entered_by.value, mark.confirmed_on) == ("agent", None)
    closed = [section for section in WRITTEN if section not in AGENT_SECTIONS]
    paths = [*(f"sections/{section.value}/" for section in closed), "roster/", "roster/import/", "roster/add/"]
    paths.append("roster/passports/")
    for path in [*paths, "check/", "preview/", "submit/", "timeline/", "export.json", "sections/lodging/confirm/"]:
        assert (path, helper.client.get(helper.base + path).status_code) == (path, 404)
        assert (path, helper.client.post(helper.base + path).status_code) == (path, 404)
    page = helper.open()
    assert not [name for name in names if name in page]


PAGES = ("", "roster/", "check/", "submit/", "preview/", "sections/itinerary/", "sections/insurance/")


def test_questions_to_the_database_do_not_grow_with_the_roster(here: World, mine: Desk) -> None:
    someone = plan_of(here).participants[0]
    asked = {}
    mine.open()
    for number in (1, 3, 400):
        people = [someone.model_copy(update={"key": f"x{n:03d}", "number": str(n)}) for n in range(number)]
        with here.drafter.at_work():
            write_roster(here.request.trip, people, cipher_for(here.request.trip_id))
        asked[number] = [_questions(mine, path) for path in PAGES]
    assert asked[1] == asked[3] == asked[400]
    assert max(asked[400]) <= 50


def _questions(desk: Desk, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk.open(path)
    assert desk.status == 200
    # A session notes once in a while, by the real clock, when it was last seen: that is no question of the page.
    return sum(one["sql"].startswith("SELECT") for one in captured if "session" not in one["sql"])


def _main_form(page: str) -> str:
    return next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if "data-autosave" in form)
