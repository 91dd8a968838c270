"""Missions are names only until somebody enters a sourced number."""

from __future__ import annotations

import pytest

from portal.directory.countries import country
from portal.directory.missions import missions, missions_in, nearest_mission


def test_nothing_unsourced_stands_in_the_table():
    for entry in missions():
        assert entry.verified is bool(entry.address or entry.phone), entry.ja


def test_every_mission_belongs_to_a_known_country_once():
    assert all(country(entry.country).listed for entry in missions())
    pairs = [(entry.country, entry.ja) for entry in missions()]
    assert len(pairs) == len(set(pairs))


def test_no_city_is_offered_two_missions():
    places = [(entry.country, city) for entry in missions() for city in entry.cities]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("code", "city", "name"),
    [
        ("0886", "台北", "日本台湾交流協会台北事務所"),
        ("0886", "台南", "日本台湾交流協会高雄事務所"),
        ("0886", "花蓮", "日本台湾交流協会台北事務所"),
        ("0061", "ゴールドコースト", "在ブリスベン日本国総領事館"),
        ("0061", "アデレード", "在オーストラリア日本国大使館"),
        ("1808", "ホノルル", "在ホノルル日本国総領事館"),
        ("0853", "マカオ", "在香港日本国総領事館"),
    ],
)
def test_the_mission_offered_for_a_city(code, city, name):
    assert nearest_mission(code, city=city).ja == name


def test_a_country_without_missions_offers_none():
    assert missions_in("9999") == ()
    assert nearest_mission("9999", city="見本市") is None
