"""The JET policy: every quoted word verbatim, every clause used, numbers and periods as the page gives them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml

from insurance.catalogue.jet import Participant, cohorts_of, period_of, policy_number, rule_for
from insurance.catalogue.load import product, products
from insurance.catalogue.types import Period
from insurance.enums import CoverLine, Season, Standing
from portal.kit.text import Refused
from tests.insurance.cases import ROOT

JET = product("jet")
SOURCE = (ROOT / "docs" / "sources" / JET.source).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", JET.clauses)
def test_every_quote_stands_verbatim_in_the_source(code: str) -> None:
    clause = JET.clause(code)
    assert clause.quote
    assert clause.quote in SOURCE
    assert clause.title
    assert clause.english


def test_every_clause_that_is_named_exists() -> None:
    for each in products().values():
        content = each.model_dump(mode="json", exclude={"clauses"})
        named = set(re.findall(r"clause: '?([A-Z][\w-]*)", yaml.safe_dump(content)))
        tables = [each.terms.triggers, each.terms.not_covered, each.terms.duty]
        assert named | {code for table in tables for code in table.values()} <= set(each.clauses)
        assert len(named) > 2


def test_amounts_in_the_terms_are_those_of_the_quoted_table() -> None:
    for line, shown in (
        (CoverLine.INJURY_DEATH, "| Death | ¥20,000,000 |"),
        (CoverLine.IMPEDIMENT, "Depending on the degree of disability sustained 3%-100% of ¥20,000,000"),
        (CoverLine.INJURY_TREATMENT, "| Medical Expenses for Accidental Injury | ¥700,000(¥5,000 deductible) |"),
        (CoverLine.ILLNESS_DEATH, "| Death from Sickness | ¥6,000,000 |"),
        (CoverLine.ILLNESS_TREATMENT, "| Medical Expenses for Sickness | ¥700,000(¥5,000 deductible) |"),
        (CoverLine.LIABILITY, "| Personal Liability Insurance | ¥100,000,000 |"),
        (CoverLine.RESCUE, "| Rescue Expenses | ¥4,000,000 |"),
    ):
        benefit = JET.terms.benefit(line)
        assert shown in SOURCE
        assert benefit is not None
        assert f"¥{benefit.limit:,}" in shown
        assert (f"¥{benefit.deductible:,} deductible" in shown) is bool(benefit.deductible)


def test_amounts_that_the_copy_lost_stay_unknown() -> None:
    rescue = JET.terms.benefit(CoverLine.RESCUE)
    assert rescue is not None
    lost = [cap for cap in rescue.caps if cap.lost]
    assert [JET.clause(cap.clause).quote[-9:] for cap in lost] == ["f up to 0,000"[-9:], "p to ,000,000"[-9:]]
    treatment = JET.terms.benefit(CoverLine.INJURY_TREATMENT)
    assert treatment is not None
    assert [cap.sure for cap in treatment.caps] == [True, False]


def test_one_number_belongs_to_two_cohorts_and_an_unknown_cohort_has_none() -> None:
    assert {(row.season, row.year) for row in cohorts_of("T901265097")} == {
        (Season.APRIL, 2025),
        (Season.SUMMER, 2024),
    }
    assert (policy_number(Season.SUMMER, 2025) or pytest.fail("unknown")).number == "T901410385"
    assert (policy_number(Season.APRIL, 2024) or pytest.fail("unknown")).number == "T901140909"
    for season, year in ((Season.SUMMER, 2023), (Season.APRIL, 2026), (Season.SUMMER, 2026)):
        assert policy_number(season, year) is None


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("season", "status", "left", "arrived", "home", "first", "last"),
    [
        ("april", "new", "2025-04-03", "2025-04-05", None, "2025-04-03", "2026-04-30"),
        ("april", "new", "2025-04-04", "2025-04-05", None, "2025-04-04", "2026-04-30"),
        ("summer", "new", "2025-07-20", "2025-07-28", None, "2025-07-26", "2026-08-31"),
        ("summer", "new", None, "2025-08-04", "2026-08-10", "2025-08-02", "2026-08-10"),
        ("april", "reappointed", None, None, None, "2025-05-01", "2026-04-30"),
        ("summer", "reappointed", None, None, None, "2025-09-01", "2026-08-31"),
        ("summer", "reappointed", "2025-09-03", None, None, "2025-09-03", "2026-08-31"),
    ],
)
def test_periods_start_at_the_later_and_end_at_the_earlier_day(
    season: str, status: str, left: str | None, arrived: str | None, home: str | None, first: str, last: str
) -> None:
    person = Participant(Season(season), Standing(status), 2025, day(left), day(arrived), day(home))
    days = Period(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last), clause=rule_for(person).clause)
    assert period_of(person) == days


def test_a_missing_arrival_and_an_impossible_order_are_named() -> None:
    with pytest.raises(Refused, match="来日した日"):
        period_of(Participant(Season.APRIL, Standing.NEW, 2025))
    with pytest.raises(Refused, match="始まり"):
        period_of(
            Participant(Season.APRIL, Standing.NEW, 2025, arrived=day("2025-04-05"), reached_home=day("2025-04-01"))
        )


def test_an_unknown_product_lists_those_there_are() -> None:
    with pytest.raises(Refused, match="JET"):
        product("nowhere")


def test_secondary_sources_quote_nothing() -> None:
    special = product("special_compensation")
    assert not special.quoted
    assert not any(clause.quote for clause in special.clauses.values())
    assert "二次資料" in special.source_title
