"""Telephone numbers: read however typed, refused with a reason, compared, specimens only in the demo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.phones import (
    calling_code,
    comparison_key,
    e164,
    international,
    is_specimen,
    problems,
    same_number,
)

TAIWAN, SINGAPORE, GUAM, HAWAII, MAINLAND, RUSSIA, VATICAN = "0886", "0065", "1002", "1808", "1000", "9007", "9039"
MINISTRY = "+81335803311"  # the ministry's own number, printed in the notices


def codes(typed: str, country: str | None = None, *, demo: bool = False) -> list[str]:
    return [problem.code for problem in problems(typed, country, demo=demo)]


@pytest.mark.parametrize(
    "typed",
    [
        "03-3580-3311",
        "０３−３５８０−３３１１",
        "03〜3580～3311",
        "03－3580‐3311",
        "03―3580ー3311",
        "03ｰ3580ｰ3311",
        "０３（３５８０）３３１１",
        "(03)3580-3311",
        "03 3580 3311",
        "0335803311",
        "03.3580.3311",
        "+81 3 3580 3311",
        "＋８１ ３ ３５８０ ３３１１",
        "+81 (0)3-3580-3311",
        "+81 03 3580 3311",
        "010-81-3-3580-3311",
    ],
)
def test_one_number_in_every_way_of_typing(typed: str) -> None:
    assert e164(typed) == MINISTRY
    assert codes(typed) == []
    assert same_number(typed, "03-3580-3311")


@pytest.mark.parametrize(
    ("typed", "country", "expected"),
    [
        ("+886-2-2721-1234", TAIWAN, "+886227211234"),
        ("886-2-2721-1234", TAIWAN, "+886227211234"),
        ("+65 6123 4567", SINGAPORE, "+6561234567"),
        ("+1-671-646-1234", GUAM, "+16716461234"),
        ("+1 808 955 1234", HAWAII, "+18089551234"),
        ("+1 808 955 1234", MAINLAND, "+18089551234"),
        ("+1-800-955-1234", GUAM, "+18009551234"),
        ("+39 06 6988 1234", VATICAN, "+390669881234"),
        ("0120-881-503", None, "+81120881503"),
        ("+65 6123 4567", None, "+6561234567"),
    ],
)
def test_good_numbers_anywhere(typed: str, country: str | None, expected: str) -> None:
    assert e164(typed, country) == expected
    assert codes(typed, country) == []


@pytest.mark.parametrize(
    ("typed", "country", "code"),
    [
        ("", None, "empty"),
        ("+", None, "empty"),
        ("−−", None, "empty"),
        ("自宅", None, "stray"),
        ("090-3580-3311(携帯)", None, "stray"),
        ("03-3580-3311、03-3580-3312", None, "stray"),
        ("03-3580-3311 / 03-3580-3312", None, "stray"),
        ("内線2264", None, "extension_only"),
        ("ext. 12", None, "extension_only"),
        ("110", None, "emergency"),
        ("１１９", None, "emergency"),
        ("118", None, "emergency"),
        ("911", TAIWAN, "emergency"),
        ("000", None, "emergency"),
        ("580-3311", None, "no_area_code"),
        ("02-2721-1234", TAIWAN, "no_country_code"),
        ("0064-3-355-1234", "0064", "no_country_code"),
        ("+886-2-2721-1234", SINGAPORE, "wrong_country"),
        ("+1-671-646-1234", HAWAII, "wrong_country"),
        ("+1 808 955 1234", GUAM, "wrong_country"),
        ("+7 727 258 1234", RUSSIA, "wrong_country"),
        ("03-3580-3311", TAIWAN, "no_country_code"),
        ("+81-3-3580-3311", TAIWAN, "wrong_country"),
        ("+999 1234567", None, "no_such_code"),
        ("03-3580-331100000", None, "length"),
        ("+65 612", SINGAPORE, "length"),
        ("03-3580-331", None, "length"),
        ("03-3580-33111", None, "unassigned"),
        ("090-3333-3333", None, "repeated"),
        ("03-0000-1234", None, "specimen"),
        ("+886 000 123456", TAIWAN, "specimen"),
    ],
)
def test_bad_numbers_say_what_is_wrong(typed: str, country: str | None, code: str) -> None:
    (problem, *rest) = problems(typed, country)
    assert problem.code == code
    assert rest == []
    assert str(problem) == problem.message
    assert problem.english.isascii() or "…" in problem.english or code == "stray"


def test_a_missing_country_code_is_given_as_the_example() -> None:
    assert problems("02-2721-1234", TAIWAN)[0].message == "国番号がありません。+886 から書いてください"
    assert "+ と国番号" in problems("02-2721-1234", "9999")[0].message


@pytest.mark.parametrize("typed", ["580-3311", "02-2721-1234", "自宅", "内線12", "", "+999 12345", "+65 612"])
def test_what_cannot_be_dialled_has_no_e164(typed: str) -> None:
    assert e164(typed, None if typed != "02-2721-1234" else TAIWAN) is None
    assert international(typed, None if typed != "02-2721-1234" else TAIWAN) is None


def test_an_extension_belongs_to_its_main_number() -> None:
    typed = "03-3580-3311(内線2902、2903)"
    assert codes(typed) == []
    assert e164(typed) == MINISTRY
    assert international(typed) == "+81 3-3580-3311 内線2902,2903"
    assert not same_number(typed, "03-3580-3311")
    assert same_number(typed, "０３−３５８０−３３１１ ext.2902,2903")


def test_numbers_that_cannot_be_read_are_compared_by_their_digits() -> None:
    assert same_number("580-3311", "580 3311")
    assert not same_number("580-3311", "580-3312")
    assert comparison_key("02-2721-1234", TAIWAN) == "0227211234"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("03-0000-1234", "+81 3-0000-1234"),
        ("06-0000-0001", "+81 6-0000-0001"),
        ("045-000-1234", "+81 45-000-1234"),
        ("０４５−０００−１２３４", "+81 45-000-1234"),
        ("070-0000-1234", "+81 70-0000-1234"),
        ("090-0000-1234", "+81 90-0000-1234"),
        ("+886 000 123456", "+886 00012-3456"),
        ("+1 808 555 0142", "+1 808555-0142"),
    ],
)
def test_specimens_pass_only_in_the_demo(typed: str, shown: str) -> None:
    assert codes(typed) == ["specimen"]
    assert codes(typed, demo=True) == []
    number = e164(typed)
    assert number is not None
    assert is_specimen(number)
    assert international(typed) == shown


def test_a_specimen_of_another_country_is_still_of_another_country() -> None:
    assert codes("+886 000 123456", SINGAPORE, demo=True) == ["wrong_country"]
    assert codes("+65 000 12345", SINGAPORE, demo=True) == []


def test_a_specimen_of_nothing_but_zeros_is_refused() -> None:
    assert codes("03-0000-0000", demo=True) == ["repeated"]


@pytest.mark.parametrize(
    "typed",
    [
        "0120-00-1234",
        "0180-00-1234",
        "0570-00-1234",
        "0990-00-1234",
        "080-0000-1234",
        "0800-000-1234",
        "050-0000-1234",
        "03-4000-1234",
        "06-6000-1234",
        "045-200-1234",
        "011-200-1234",
        "0263-30-0012",
        "090-1000-0001",
    ],
)
def test_numbers_that_could_ring_somewhere_are_no_specimens(typed: str) -> None:
    number = e164(typed)
    assert number is not None
    assert not is_specimen(number)


@given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
def test_a_japanese_specimen_has_an_exchange_that_begins_with_zero(national: str) -> None:
    """However the digits part into area and exchange by the area codes in use, the exchange begins with 0."""
    if is_specimen(f"81{national}"):
        area = 1 if national[0] in "36" else 2
        assert national[area] == "0"
        assert national[:3] not in {"120", "170", "180", "570", "990"}


@pytest.mark.parametrize(
    ("country", "code"),
    [("0886", "886"), ("1808", "1"), ("1002", "1"), ("9381", "383"), ("9689", "689"), ("9212", "212"), ("9999", None)],
)
def test_the_ministrys_codes_lead_to_calling_codes(country: str, code: str | None) -> None:
    assert calling_code(country) == code
    assert calling_code(None) is None


@given(st.text(max_size=30), st.sampled_from([None, TAIWAN, GUAM, "0081", "9999"]))
def test_no_text_makes_the_reader_fail(typed: str, country: str | None) -> None:
    number = e164(typed, country)
    found = problems(typed, country)
    assert (international(typed, country) is None) == (number is None)
    assert number is not None or found
    assert same_number(typed, typed, country=country)


@given(st.from_regex(r"\+?[0-9]{1,15}(-[0-9]{1,4})?", fullmatch=True), st.sampled_from([None, TAIWAN]))
def test_reading_the_international_form_again_changes_nothing(typed: str, country: str | None) -> None:
    number = e164(typed, country)
    if number is not None:
        assert e164(number, country) == number
        assert e164(str(international(typed, country)), country) == number
