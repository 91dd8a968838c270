"""Editions as data: complete, sourced, quoted verbatim, and never more certain than their sources."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.dossier.types import Channel
from portal.dossier.types import Edition as DossierEdition
from portal.lawbook.edition import (
    DEFAULT,
    Period,
    PeriodUnit,
    ProcedureEdition,
    RosterForm,
    Sourced,
    all_editions,
    in_force_on,
    load_edition,
)

SEEDS = Path(__file__).parents[2] / "docs" / "sources"


def statements(value: Any) -> list[Sourced]:
    found = [value] if isinstance(value, Sourced) else []
    members = value if isinstance(value, tuple) else vars(value).values() if isinstance(value, Sourced) else ()
    return [*found, *(each for member in members for each in statements(member))]


def test_editions_are_those_a_dossier_may_name_the_oldest_first() -> None:
    assert [edition.code for edition in all_editions()] == [each.value for each in DossierEdition]
    assert load_edition(DossierEdition.Y2016).code == "2016"
    assert load_edition(DEFAULT).code == "2003"


def test_an_unknown_edition_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="「1999」はありません。2003・2016・2024"):
        load_edition("1999")


@pytest.mark.parametrize(
    ("code", "unit", "count", "roster", "roster_verified", "channel", "copies", "in_force_from"),
    [
        ("2003", PeriodUnit.CALENDAR_MONTH, 1, RosterForm.NAMED, True, "post", 0, dt.date(2003, 6, 25)),
        ("2016", PeriodUnit.DAY, 30, RosterForm.KEPT_BACK, False, "post", 1, dt.date(2016, 3, 29)),
        ("2024", PeriodUnit.DAY, 15, RosterForm.KEPT_BACK, False, "email", 1, dt.date(2024, 12, 12)),
    ],
)
def test_each_edition_says_what_its_notices_say(
    code: str,
    unit: PeriodUnit,
    count: int,
    roster: RosterForm,
    roster_verified: bool,
    channel: str,
    copies: int,
    in_force_from: dt.date,
) -> None:
    edition = load_edition(code)
    assert (edition.deadline.unit, edition.deadline.count) == (unit, count)
    assert (edition.roster.form, edition.roster.verified) == (roster, roster_verified)
    assert edition.usual_channel == channel
    assert len(edition.copies_to) == copies
    assert edition.in_force_from == in_force_from
    assert edition.addressee.directory_key == "mofa_desk"


def test_the_notices_are_those_of_the_history() -> None:
    named = {notice.number: notice.dated_on for edition in all_editions() for notice in edition.notices}
    assert named == {
        "文初高第七五号": dt.date(1989, 2, 9),
        "領保第六一五七号": dt.date(2003, 6, 9),
        "15初国教第25号": dt.date(2003, 6, 25),
        "27文科初第1621号": dt.date(2016, 3, 29),
        "4国教第100号": dt.date(2022, 12, 8),
        "6教国教第156号": dt.date(2024, 12, 12),
    }


def test_papers_of_each_edition() -> None:
    assert [document.key for document in load_edition("2003").documents] == [
        "request_letter",
        "plan",
        "contact_table",
        "itinerary",
        "roster",
    ]
    assert [document.key for document in load_edition("2024").documents] == [
        "request_letter",
        "travel_notice",
        "itinerary",
        "host_list",
    ]
    assert load_edition("2024").documents[3].only_with == "homestay"


def test_the_seed_edition_is_wholly_verified_and_quoted_verbatim() -> None:
    edition = load_edition("2003")
    assert edition.unverified == ()
    for statement in statements(edition):
        seed = (SEEDS / statement.source).read_text(encoding="utf-8")
        assert statement.quote in seed, statement.quote


def test_notices_of_the_seed_edition_stand_in_the_seed() -> None:
    for notice in load_edition("2003").notices:
        seed = (SEEDS / notice.source).read_text(encoding="utf-8")
        assert notice.number in seed
        assert notice.subject in seed


@pytest.mark.parametrize("code", ["2016", "2024"])
def test_what_no_source_supports_is_marked(code: str) -> None:
    edition = load_edition(code)
    assert edition.roster in edition.unverified
    assert all(not statement.verified for statement in edition.unverified)
    assert {id(each) for each in statements(edition) if not each.verified} == {id(each) for each in edition.unverified}


def test_every_statement_names_its_source_and_channels_are_the_dossiers() -> None:
    for edition in all_editions():
        assert all(statement.source for statement in statements(edition))
        assert {way.channel for way in edition.channels} <= {channel.value for channel in Channel}
        assert sum(way.usual for way in edition.channels) == 1


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2003, 6, 24), None),
        (dt.date(2003, 6, 25), "2003"),
        (dt.date(2016, 3, 28), "2003"),
        (dt.date(2016, 3, 29), "2016"),
        (dt.date(2024, 12, 11), "2016"),
        (dt.date(2024, 12, 12), "2024"),
        (dt.date(2027, 3, 31), "2024"),
    ],
)
def test_the_edition_in_force_on_a_day(on: dt.date, code: str | None) -> None:
    found = in_force_on(on)
    assert (found.code if found else None) == code


def test_a_misspelt_property_in_the_data_is_an_error() -> None:
    data = load_edition("2003").model_dump()
    with pytest.raises(ValidationError, match="rostre"):
        ProcedureEdition.model_validate({**data, "rostre": data["roster"]})


@pytest.mark.parametrize(
    ("departure", "months", "expected"),
    [
        (dt.date(2027, 3, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 3, 30), 1, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 28), 1, dt.date(2028, 1, 28)),
        (dt.date(2027, 1, 31), 1, dt.date(2026, 12, 31)),
        (dt.date(2027, 1, 15), 13, dt.date(2025, 12, 15)),
        (dt.date(2027, 12, 31), 12, dt.date(2026, 12, 31)),
    ],
)
def test_months_are_counted_back_and_clamped(departure: dt.date, months: int, expected: dt.date) -> None:
    period = Period(unit=PeriodUnit.CALENDAR_MONTH, count=months, words="", english="", verified=False, source="a test")
    assert period.nominal(departure) == expected


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_one_month_is_always_earlier_than_fifteen_days_but_not_than_thirty(departure: dt.date) -> None:
    month, thirty, fifteen = (edition.deadline.nominal(departure) for edition in all_editions())
    assert max(month, thirty) < fifteen < departure
    assert abs((month - thirty).days) <= 2
