"""How single values stand on paper."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.documents import values
from mofa_requests.documents.values import BLANK, NONE, Shown
from portal.dossier.types import FounderType, School


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "未記入"),
        (True, "はい"),
        (False, "いいえ"),
        (128500, "128,500"),
        (FounderType.MUNICIPAL, "市町村立"),
        (dt.date(2027, 3, 5), "令和9年3月5日(金)"),
        (dt.datetime(2027, 3, 5, 6, 30), "令和9年3月5日(金) 06:30"),
        (dt.time(9, 5), "09:05"),
        (dt.time(9, 5, 7), "09:05:07"),
        ("髙﨑　𠮷子", "髙﨑　𠮷子"),
    ],
)
def test_value_by_type(value: object, text: str) -> None:
    assert values.show(value).text == text


def test_blank_is_boxed_and_none_is_a_word() -> None:
    assert BLANK.html == '<span class="blank">未記入</span>'
    assert values.show_or_none(None) == NONE
    assert values.show_or_none("あり").text == "あり"


def test_typed_text_is_escaped_in_every_position() -> None:
    shown = Shown("<b>&", "tel", "<i>")
    assert shown.html == '<span class="tel">&lt;b&gt;&amp;</span><span class="small">&lt;i&gt;</span>'
    assert Shown("<b>").html == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("typed", "country", "small"),
    [
        ("090-0000-1301", None, "国際 +81 90-0000-1301"),
        ("+886 000 555 0123", "0886", ""),
        ("０３−００００−１２３４", None, "国際 +81 3-0000-1234"),
        ("自宅", None, ""),
    ],
)
def test_phone_stands_as_typed_with_the_form_from_abroad(typed: str, country: str | None, small: str) -> None:
    assert values.show_phone(typed, country) == Shown(typed, "tel", small)
    assert values.show_phone(None) == BLANK


def test_label_is_the_title_of_the_type() -> None:
    assert values.fact(School(), "phone").label == "電話番号"
    assert values.label(School, "kana") == "学校名かな"


def test_columns_count_full_width_twice() -> None:
    assert values.columns("台北 TPE") == 8
