"""Typed text: what paper cannot carry is refused in words, everything a real name needs is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.text import (
    Refused,
    is_blank,
    is_plain_line,
    is_variation_selector,
    refuse_blank,
    refuse_control_characters,
    refuse_line_breaks,
)


@pytest.mark.parametrize(
    "name", ["髙橋 𠮷子", "葛󠄀城", "神", "が", "👨‍👩‍👧", "نور", "Nguyễn", "ｶﾅ", "一行目\n二行目\t欄"]
)
def test_real_text_passes_unchanged(name: str) -> None:
    assert refuse_control_characters(name) is name


@pytest.mark.parametrize(
    "char", ["\u0000", "\r", "\u001b", "\u202e", "\u200b", "\u180e", "\ufeff", "\u2028", "\uffff", "\ufdd0", "\ud800"]
)
def test_what_paper_cannot_carry_is_named(char: str) -> None:
    with pytest.raises(Refused, match=f"3文字目.*U\\+{ord(char):04X}") as caught:
        refuse_control_characters(f"見本{char}")
    assert "delete it" in caught.value.english


def test_eight_marks_are_a_script_and_nine_are_an_attack() -> None:
    assert refuse_control_characters("a" + "\u0301" * 8)
    with pytest.raises(Refused, match="10文字目: 重ね文字"):
        refuse_control_characters("a" + "\u0301" * 9)


@pytest.mark.parametrize("text", ["", " ", "　", "\u00a0", "\u3164", "\u2800", "\u200d", "\U000e0100", " \u115f\n"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)
    with pytest.raises(Refused, match="空白だけ"):
        refuse_blank(text)


@pytest.mark.parametrize("text", ["一", " 一 ", "・", "ー"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert refuse_blank(text) is text


@pytest.mark.parametrize("text", ["一\n二", "一\t二"])
def test_one_line_is_one_line(text: str) -> None:
    with pytest.raises(Refused, match="2文字目"):
        refuse_line_breaks(text)
    assert refuse_line_breaks("一 二") == "一 二"


@given(st.characters())
def test_selectors_are_exactly_the_two_blocks(char: str) -> None:
    assert is_variation_selector(char) == (0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF)


@given(
    st.text(
        st.characters(max_codepoint=0xFFFF) | st.sampled_from(" \u3000\n\t\u302a\u3099\uffa0髙﨑あア１ｱ"), max_size=8
    )
)
def test_a_plain_line_is_refused_by_nothing(text: str) -> None:
    if is_plain_line(text):
        assert refuse_line_breaks(refuse_blank(refuse_control_characters(text))) is text


@pytest.mark.parametrize("text", ["髙橋　花子", "山﨑 翔", "ﾀｶﾊｼ", "A-12", " 一 "])
def test_usual_entries_are_plain_lines(text: str) -> None:
    assert is_plain_line(text)


@pytest.mark.parametrize("text", ["", "　", " ", "一\n二", "一\t二", "か\u3099", "\u302a", "一\u200b", "\uffa0"])
def test_what_needs_a_closer_look_is_no_plain_line(text: str) -> None:
    assert not is_plain_line(text)
