"""Dates, eras, money and days in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from portal.dossier.types import StayKind
from portal.ui.templatetags import shown

DAY = dt.date(2027, 1, 6)


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        (lambda: shown.jdate(DAY), "2027年1月6日(水)", "Wed 6 Jan 2027"),
        (lambda: shown.jday(DAY), "1月6日(水)", "Wed 6 Jan"),
        (lambda: shown.era(DAY), "令和9年1月6日(水)", "Wed 6 Jan 2027"),
        (lambda: shown.jdatetime(dt.datetime(2027, 1, 6, 9, 5)), "2027年1月6日(水) 9:05", "Wed 6 Jan 2027 9:05"),
        (lambda: shown.yen(1234000), "1,234,000円", "¥1,234,000"),
        (lambda: shown.yen(0), "0円", "¥0"),
        (lambda: shown.days_left(12), "あと12日", "12 days left"),
        (lambda: shown.days_left(0), "本日まで", "Today"),
        (lambda: shown.days_left(-3), "3日超過", "3 days overdue"),
        (lambda: shown.phone("０３−００００−１２３４"), "０３−００００−１２３４", "+81 3-0000-1234"),
        (lambda: shown.phone("自宅"), "自宅", "自宅"),
        (lambda: shown.label(StayKind.HOMESTAY), "ホームステイ", "Homestay"),
    ],
)
def test_in_both_languages(text, japanese: str, english: str) -> None:
    with override("ja"):
        assert text() == japanese
    with override("en"):
        assert text() == english


@pytest.mark.parametrize(
    "filter_", [shown.jdate, shown.jday, shown.era, shown.jtime, shown.yen, shown.phone, shown.label]
)
def test_nothing_stays_nothing(filter_) -> None:
    assert filter_(None) == ""


def test_instants_are_read_in_tokyo() -> None:
    late_in_london = dt.datetime(2027, 1, 5, 23, 30, tzinfo=dt.UTC)
    assert shown.jdatetime(late_in_london) == "2027年1月6日(水) 8:30"


@pytest.mark.parametrize(("days", "tone"), [(None, ""), (8, ""), (7, "warn"), (0, "warn"), (-1, "error")])
def test_days_have_a_tone(days: int | None, tone: str) -> None:
    assert shown.days_tone(days) == tone
