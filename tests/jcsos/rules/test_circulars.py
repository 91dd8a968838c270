"""When members are reminded, which links are official, how texts are found, who gets the next place."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcsos.rules.circulars import REMIND_AFTER, is_official, reminders_due, search_form, words_of
from jcsos.rules.seminars import certificate_number, next_in_line
from tests.sizes import size

SENT = dt.date(2026, 11, 22)


@given(st.integers(min_value=-3, max_value=400))
def test_reminders_grow_and_stop(days: int) -> None:
    due = reminders_due(SENT, on=SENT + dt.timedelta(days=days))
    assert due == sum(days >= after for after in REMIND_AFTER)
    assert due <= len(REMIND_AFTER)


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://www.anzen.mofa.go.jp/info/pchazardspecificinfo_2026T039.html", True),
        ("https://www.anzen.mofa.go.jp/od/ryojiMailDetail.html?keyCd=162924", True),
        ("http://www.anzen.mofa.go.jp/", False),
        ("https://www.anzen.mofa.go.jp.example/", False),
        ("https://www.anzen.mofa.go.jp@evil.example/", False),
        ("https://www.anzen.mofa.go.jp:8443/", False),
        ("https://evil.example/?https://www.anzen.mofa.go.jp/", False),
        ('https://www.anzen.mofa.go.jp/"><script>', False),
        ("https://www.anzen.mofa.go.jp\\@evil.example/", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_the_ministrys_own_pages_are_official(url: str, official: bool) -> None:
    assert is_official(url) is official


@pytest.mark.parametrize("query", ["高雄", "髙雄", "ミナト", "みなと", "ｶﾞｽ", "ＳＯＳ", "sos 高雄", "　"])
def test_a_text_is_found_by_any_form_of_its_characters(query: str) -> None:
    folded = search_form("髙雄のみなと", "ガスのにおい、SOSの出し方")
    assert all(word in folded for word in words_of(query))


@given(st.lists(st.integers(), max_size=size(20, proof=200)), st.integers(0, 30), st.integers(1, 30))
def test_places_go_to_the_first_and_never_beyond(waiting: list[int], taken: int, places: int) -> None:
    placed = list(next_in_line(waiting, taken=taken, places=places))
    assert placed == waiting[: len(placed)]
    assert len(placed) == min(len(waiting), max(0, places - taken))


def test_certificates_are_numbered_within_their_seminar() -> None:
    one, other = UUID(int=0xABCDEF), UUID(int=0x123456)
    numbers = [certificate_number(SENT, seminar_id=of, turn=turn) for of in (one, other) for turn in (1, 2)]
    assert numbers[0] == "2026-ABCDEF-001"
    assert len(set(numbers)) == len(numbers)
