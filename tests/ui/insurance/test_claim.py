"""Preparing a claim: days, missing facts, both languages, reminders without names, and nothing kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from insurance.models import Policy
from tests.factories.cast import World, world
from tests.ui.api.test_api import caller
from tests.ui.posting import posted

pytestmark = pytest.mark.django_db
TYPED = {
    "cause": "illness",
    "place": "abroad",
    "on": "2027-01-20",
    "first_visit": "2027-01-21",
    "cover_ends": "2027-01-23",
    "fact_time": "2027年1月20日 22時ごろ",
    "fact_place": "見本ホテル台北",
    "fact_symptoms": "発熱と腹痛",
    "billed": "120,000",
    "social": "30000",
    "paid": "85000",
}


@pytest.fixture
def here(db: None) -> World:
    return world()


def answered(here: World, **change: Any) -> str:
    url = f"/trips/{here.request.trip_id}/cover/claim/"
    return caller(here.drafter).post(url, {**TYPED, **change}).content.decode()


def test_days_facts_papers_and_sums_are_shown_in_both_languages(here: World) -> None:
    shown = answered(here)
    for words in ("2027年1月26日", "2027年2月18日", "2027年7月19日"):
        assert words in shown
    assert "原因、病院・診療所の名前" in shown
    for words in (
        "Date and time",
        "見本ホテル台北",
        "within 30 days",
        "copies of the relevant passport pages",
        "5,000円",
    ):
        assert words in shown
    assert here.dossier.policies[0].insurer is not None
    assert here.dossier.policies[0].insurer in shown


def test_reminders_name_no_person_and_no_illness(here: World) -> None:
    url = f"/trips/{here.request.trip_id}/cover/claim/"
    answer = caller(here.drafter).post(url, {**TYPED, "ics": "1"})
    assert answer["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [event["dtstart"].dt.isoformat() for event in events] == ["2027-01-26", "2027-02-18", "2027-07-19"]
    assert all(len(event.walk("VALARM")) == 2 for event in events)
    assert not any(word in answer.content.decode() for word in ("発熱", "見本ホテル", "22時"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_visit": "2027-01-19"}, "初診の日が、起きた日より前です"),
        ({"paid": "950000"}, "より多くなっています"),
        ({"billed": "US$ 800"}, "外貨の領収書は"),
        ({"on": ""}, "必須"),
    ],
)
def test_what_cannot_be_used_is_named_and_stays_typed(here: World, change: dict[str, str], sentence: str) -> None:
    shown = answered(here, **change)
    assert sentence in shown
    assert 'id="dues"' not in shown
    kept = posted(shown[shown.index('<form class="form no-print"') :])
    assert {name: kept[name] for name in TYPED} == {**TYPED, **change}


def test_a_contract_with_days_of_its_own_is_counted_by_them(here: World) -> None:
    with here.drafter.at_work():
        policies = Policy.objects.filter(trip_id=here.request.trip_id)
        key = policies.values_list("key", flat=True)[0]
        policies.filter(key=key).update(claim_notice_days=60, claim_days_source="見本約款 第27条")
    shown = answered(here, policy=key)
    assert "2027年3月20日" in shown
    assert "見本約款 第27条" in shown
    assert "2027年2月18日" not in shown


def test_nothing_typed_is_kept(here: World) -> None:
    url, client = f"/trips/{here.request.trip_id}/cover/claim/", caller(here.drafter)
    assert "発熱" in client.post(url, TYPED).content.decode()
    assert "発熱" not in client.get(url).content.decode()


def test_other_schools_have_no_such_page(here: World) -> None:
    stranger: Client = caller(world().drafter)
    assert stranger.get(f"/trips/{here.request.trip_id}/cover/claim/").status_code == 404
