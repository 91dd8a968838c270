"""Names: found however they are written, sorted as a Japanese register, measured as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.names import fold, grapheme_length, kana_sort_key


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("髙橋 𠮷子", "高橋吉子"),
        ("山﨑　翔太", "山崎 翔太"),
        ("葛󠄀城", "葛城"),
        ("葛󠄁飾", "葛飾"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("德仁", "徳仁"),
        ("瀨那", "瀬那"),
        ("神谷", "神谷"),
        ("齋藤", "斉藤"),
        ("斎藤", "斉藤"),
        ("𡈽屋", "土屋"),
        ("𣘺本", "橋本"),
        ("タカハシ　ヨシコ", "たかはし よしこ"),
        ("ﾀｶﾊｼ ﾖｼｺ", "たかはしよしこ"),
        ("スミス・ジョン", "すみすじょん"),
        ("ＳＭＩＴＨ", "smith"),
        ("José Muñoz", "jose munoz"),
        ("Nguyễn", "nguyen"),
        ("O’Brien", "OBRIEN"),
        ("２年Ａ組", "2年a組"),
        ("か\u3099く", "がく"),
    ],
)
def test_both_ways_of_writing_find_each_other(stored: str, typed: str) -> None:
    assert fold(stored) == fold(typed)


@pytest.mark.parametrize(("first", "second"), [("はは", "ばば"), ("高", "商"), ("一", "二"), ("ー", "一")])
def test_different_names_stay_different(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_a_register_is_in_order_of_the_fifty_sounds() -> None:
    register = [
        "ばば",
        "はば",
        "はは",
        "はつとり",
        "はっとり",
        "おおた",
        "オータ",
        "おおだ",
        "",
        "あべ",
        "カード",
        "かあだ",
    ]
    assert sorted(register, key=kana_sort_key) == [
        "あべ",
        "おおた",
        "おおだ",
        "オータ",
        "かあだ",
        "カード",
        "はっとり",
        "はつとり",
        "はは",
        "はば",
        "ばば",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("葛󠄀城", 2),
        ("𠮷", 1),
        ("が", 1),
        ("ｶﾞ", 1),
        ("👨‍👩‍👧", 1),
        ("👍🏽", 1),
        ("Nguye\u0302\u0303n", 6),
        ("\u200d", 0),
        ("一\u200d", 1),
    ],
)
def test_length_is_what_a_reader_counts(text: str, length: int) -> None:
    assert grapheme_length(text) == length


@given(st.text())
def test_length_never_exceeds_the_code_points(text: str) -> None:
    assert 0 <= grapheme_length(text) <= len(text)
