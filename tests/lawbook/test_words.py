"""Dates in messages."""

from __future__ import annotations

import datetime as dt

from portal.lawbook.words import day_words, moment_words


def test_a_day_has_its_weekday():
    assert day_words(dt.date(2027, 3, 10)) == "2027年3月10日(水)"


def test_a_moment_leaves_the_year_to_the_trip():
    assert moment_words(dt.datetime(2027, 3, 10, 9, 5)) == "3月10日(水)9:05"
