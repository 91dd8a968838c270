"""International prefixes are general knowledge and say so."""

from __future__ import annotations

import pytest

from portal.directory.countries import countries
from portal.directory.dialling import dialling, dialling_text


@pytest.mark.parametrize(
    ("code", "idd"),
    [
        ("1000", "011"), ("9001", "011"), ("1002", "011"), ("1808", "011"), ("0061", "0011"), ("0065", "001"),
        ("0852", "001"), ("0066", "001"), ("0082", "001"), ("0886", "002"), ("0044", "00"), ("9999", "00"),
    ],
)  # fmt: skip
def test_the_prefix_of_a_country(code, idd):
    assert (dialling(code).idd, dialling(code).country) == (idd, code)


def test_no_prefix_is_given_out_as_checked():
    assert not any(dialling(row.code).verified for row in countries())
    assert all("未確認" in dialling_text(row.code) for row in countries())


def test_the_card_names_country_prefix_and_mobile_form():
    text = dialling_text("0886")
    assert text.startswith("台湾から日本へ: 002-81-")
    assert "+81-" in text
