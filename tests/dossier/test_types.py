"""The dossier's types themselves: immutable, closed, and strict about times, zones and text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from portal.dossier.types import Activity, Destination, Dossier, Outline, Participant, School


def test_a_dossier_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Dossier().demo = True  # type: ignore[misc]


def test_an_unknown_property_is_an_error() -> None:
    with pytest.raises(ValidationError, match="blood_type"):
        Participant(key="p1", blood_type="A")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("part", "values", "words"),
    [
        (Outline, {"assembles_at": dt.datetime(2027, 3, 31, 8, 0, tzinfo=dt.UTC)}, "時差を付けずに"),
        (Outline, {"assembles_at": dt.datetime(2027, 3, 31, 8, 0, 0, 1)}, "秒まで"),
        (Outline, {"assembles_at": dt.datetime(1899, 12, 31, 8, 0)}, "1900年から2099年"),
        (Outline, {"departs_on": dt.date(2100, 1, 1)}, "1900年から2099年"),
        (Activity, {"key": "a", "starts": dt.time(8, 0, tzinfo=dt.UTC)}, "時差を付けずに"),
        (Activity, {"key": "a", "starts": dt.time(8, 0, 0, 5)}, "秒まで"),
        (Destination, {"key": "d", "zone": "Asia/Taipe"}, "Asia/Taipe"),
        (Destination, {"key": "d", "zone": "America"}, "America"),
        (Destination, {"key": "d", "country": "０８８６"}, "pattern"),
        (School, {"name": "見本\n高等学校"}, "改行"),
        (School, {"name": "\u3000"}, "空白だけ"),
    ],
)
def test_what_no_plan_can_mean_is_refused(part: type, values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        part(**values)


def test_longer_text_may_have_lines() -> None:
    assert Outline(purpose="一行目\n二行目").purpose == "一行目\n二行目"


def test_names_are_not_normalised() -> None:
    for name in ("神谷 福", "葛󠄀城", "か\u3099く", "髙橋 𠮷子"):
        assert Participant(key="p1", name=name).name == name
