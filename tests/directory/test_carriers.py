"""Airlines by code, and the airline behind a flight number."""

from __future__ import annotations

import pytest

from portal.directory.carriers import carrier, carrier_of_flight, carriers


def test_codes_and_names_are_unique_and_plenty():
    rows = carriers()
    assert len(rows) >= 140
    assert (
        len({row.code for row in rows}) == len({row.ja for row in rows}) == len({row.en for row in rows}) == len(rows)
    )


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("CI9157", "チャイナエアライン"),
        ("nh 9101", "全日本空輸"),
        ("7C9302A", "チェジュ航空"),
        ("NH12345", None),
        ("QQ1", None),
        ("見本1", None),
        ("", None),
    ],
)
def test_the_airline_of_a_flight_number(number, name):
    found = carrier_of_flight(number)
    assert (found.ja if found else None) == name


def test_a_code_in_any_case():
    assert carrier("jl").en == "Japan Airlines"
    assert carrier("ZZ") is None
