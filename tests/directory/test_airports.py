"""Airports come from the package; our own names only translate."""

from __future__ import annotations

import pytest

from portal.directory.airports import Airport, airport, airport_label, airport_named, coordinates
from portal.directory.files import read_table


def test_an_airport_has_name_city_country_and_zone():
    assert airport(" tpe ") == Airport(
        code="TPE",
        name="Taiwan Taoyuan International Airport",
        city="Taipei",
        country="TW",
        zone="Asia/Taipei",
        ja="台湾桃園国際空港",
    )


@pytest.mark.parametrize("text", ["", "ZZZ", "釜山港", "TPEX", "T1E"])
def test_a_text_that_is_no_airport_is_none_and_labels_itself(text):
    assert airport(text) is None
    assert airport_label(text) == text


def test_a_label_prefers_the_japanese_name():
    assert airport_label("NRT") == "成田国際空港(NRT)"
    assert airport_label("OOM").endswith("(OOM)")


def test_every_translated_code_is_a_real_airport():
    class Name(Airport.__base__):
        code: str
        ja: str

    rows = read_table("airports.yaml", Name)
    assert [row.code for row in rows if airport(row.code) is None] == []
    assert len({row.code for row in rows}) == len(rows)


def test_an_airport_has_coordinates_in_degrees():
    latitude, longitude = coordinates(airport("NRT"))
    assert (round(latitude), round(longitude)) == (36, 140)


@pytest.mark.parametrize(
    ("text", "flying", "code"),
    [
        ("関西国際空港", False, "KIX"),
        ("関西空港", False, "KIX"),
        ("羽田空港", False, "HND"),
        ("羽田", True, "HND"),
        ("羽田", False, None),
        ("福岡", False, None),
        ("東京", True, None),
        ("台北", True, None),
    ],
)
def test_airports_are_known_by_their_japanese_names(text: str, flying: bool, code: str | None) -> None:
    found = airport_named(text, flying=flying)
    assert (found.code if found else None) == code
