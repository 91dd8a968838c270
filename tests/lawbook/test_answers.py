"""未定 is not an answer; a name that merely looks like it is."""

from __future__ import annotations

import pytest

from portal.lawbook.answers import is_blank, is_placeholder


@pytest.mark.parametrize("value", [None, "", "  ", "　", ()])
def test_nothing_filled_in_is_blank(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, "山", ("x",)])
def test_anything_filled_in_is_not_blank(value):
    assert not is_blank(value)


@pytest.mark.parametrize(
    "text",
    [
        "未定",
        "未定。",
        "(未定)",
        "ＴＢＤ",
        "tbd",
        "N/A",
        "後日連絡",
        "同上",
        "○○",
        "〇〇〇",
        "―",
        "－",
        "？",
        "なし",
        " 調整中 ",
    ],
)
def test_words_that_say_nothing_are_placeholders(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["未来太郎", "不動 明", "無門 慧", "同志社前ホテル", "CI101", "後藤 花", 7, None, "N.A.ホテル"]
)
def test_words_that_only_look_like_it_are_answers(text):
    assert not is_placeholder(text)
