"""Local times beside Japan's, over summer time and the date line."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.documents import itinerary_times as times
from portal.dossier.types import Leg


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "on", "offset"),
    [
        ("Asia/Taipei", "2027-03-09", "1時間遅い"),
        ("Asia/Seoul", "2027-03-09", "時差なし"),
        ("Australia/Sydney", "2027-01-15", "2時間早い"),
        ("Australia/Sydney", "2027-07-15", "1時間早い"),
        ("Pacific/Honolulu", "2027-03-09", "19時間遅い"),
        ("Asia/Kolkata", "2027-03-09", "3時間30分遅い"),
        ("America/Los_Angeles", "2027-03-14", "16時間遅い"),
    ],
)
def test_offset_on_a_day(zone: str, on: str, offset: str) -> None:
    assert times.offset_from_japan(zone, on=dt.date.fromisoformat(on)) == offset


def test_offset_is_unknown_without_day_or_zone() -> None:
    assert times.offset_from_japan(None, on=dt.date(2027, 3, 9)) == times.UNKNOWN
    assert times.offset_from_japan("Asia/Taipei", on=None) == times.UNKNOWN


def test_clock_in_japan_names_its_day_only_when_it_differs() -> None:
    assert times.japan_clock(at("2027-03-09T10:50"), "Asia/Taipei") == "11:50"
    assert times.japan_clock(at("2027-03-09T08:00"), "Pacific/Honolulu") == "3月10日(水) 03:00"
    assert times.japan_clock(at("2027-03-09T08:00"), None) == times.UNKNOWN


@pytest.mark.parametrize(
    ("leaves", "lands", "shown"),
    [
        ("2027-03-09T20:05", "2027-03-10T06:15", "+1日"),
        ("2027-03-09T20:05", "2027-03-09T08:15", ""),
        ("2027-03-10T01:05", "2027-03-09T13:15", "−1日"),
    ],
)
def test_arrival_on_another_local_day(leaves: str, lands: str, shown: str) -> None:
    assert times.days_later(Leg(key="a", departs_at=at(leaves), arrives_at=at(lands))) == shown


def test_order_is_by_the_moment_and_untimed_ones_stay_last() -> None:
    honolulu = Leg(key="h", departs_at=at("2027-03-09T10:00"), departs_zone="Pacific/Honolulu")
    tokyo = Leg(key="t", departs_at=at("2027-03-09T23:00"), departs_zone="Asia/Tokyo")
    arrival = Leg(key="a", arrives_at=at("2027-03-09T01:00"), arrives_zone="Asia/Tokyo")
    empty, blank = Leg(key="e"), Leg(key="b")
    assert [leg.key for leg in times.in_order((empty, honolulu, blank, tokyo, arrival))] == ["a", "t", "h", "e", "b"]
