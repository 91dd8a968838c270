"""Deadlines: worked examples, an independent brute force over ten years, laws that always hold, the command."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import jpholiday
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import calendar
from portal.lawbook.deadlines import Deadlines, DeadlineState, deadlines
from portal.lawbook.edition import PROPOSAL, all_editions, load_edition
from tests.sizes import size

ROOT = Path(__file__).parents[2]
VECTORS = list(csv.DictReader((ROOT / "tests" / "vectors" / "deadlines.csv").open(encoding="utf-8")))
EDITIONS = ("2003", "2016", "2024")
DAY = dt.timedelta(days=1)
DEPARTURES = st.dates(dt.date(2004, 1, 1), dt.date(2060, 12, 31))
TOKYO = dt.timezone(dt.timedelta(hours=9))


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["departure"])
def test_worked_examples(row: dict[str, str]) -> None:
    departure = dt.date.fromisoformat(row["departure"])
    by_edition = {code: deadlines(departure, code) for code in EDITIONS}
    found = by_edition["2003"]
    assert row == {
        "departure": departure.isoformat(),
        "nominal_one_month": found.nominal.isoformat(),
        "mofa_receipt_2003": found.receipt.isoformat(),
        "mofa_receipt_2003_strict": found.strict.isoformat(),
        "mofa_receipt_2016": by_edition["2016"].receipt.isoformat(),
        "mofa_receipt_2024": by_edition["2024"].receipt.isoformat(),
        "authority_dispatch_3_open_days": found.authority_dispatch.isoformat(),
        "school_to_authority_10_open_days": found.school_submission.isoformat(),
    }


# --- brute force: no code of the product, another holiday source, candidates tried day by day ---------------------


@cache
def closed(day: dt.date) -> bool:
    turn_of_year = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    return day.strftime("%w") in "06" or turn_of_year or bool(jpholiday.is_holiday_name(day))


def downwards(day: dt.date) -> Iterator[dt.date]:
    while True:
        yield day
        day -= DAY


def latest_open(day: dt.date) -> dt.date:
    return next(each for each in downwards(day) if not closed(each))


def tried_nominal(departure: dt.date, code: str) -> dt.date:
    """The day whose own month after it, or count of days after it, is departure; the last one where months differ."""
    if code != "2003":
        length = {"2016": 30, "2024": 15}[code]
        return next(each for each in downwards(departure) if (departure - each).days == length)
    month_before = (departure.replace(day=1) - DAY).month
    return next(
        each
        for each in downwards(departure)
        if each.month == month_before
        and (each.day == departure.day or ((each + DAY).day == 1 and each.day < departure.day))
    )


def by_brute_force(departure: dt.date, code: str) -> dict[str, dt.date]:
    nominal = tried_nominal(departure, code)
    receipt = latest_open(nominal)
    open_days = [each for each, _ in zip(downwards(receipt), range(60), strict=False) if not closed(each)]
    return {
        "nominal": nominal,
        "receipt": receipt,
        "strict": latest_open(nominal - DAY),
        "authority_dispatch": open_days[3],
        "municipal_dispatch": open_days[3 + 5],
        "school_submission": open_days[3 + 5 + 10],
        "fifteen_day_receipt": latest_open(tried_nominal(departure, "2024")),
    }


@pytest.mark.parametrize("code", EDITIONS)
@pytest.mark.parametrize("year", range(2024, 2024 + size(10, proof=36)))
def test_every_departure_agrees_with_brute_force(year: int, code: str) -> None:
    departure = dt.date(year, 1, 1)
    while departure.year == year:
        found = deadlines(departure, code, municipal_days=5)
        expected = by_brute_force(departure, code)
        assert {name: getattr(found, name) for name in expected} == expected, departure
        departure += DAY


# --- what always holds --------------------------------------------------------------------------------------------


def dates_of(found: Deadlines) -> list[dt.date]:
    middle = [found.municipal_dispatch] if found.municipal_dispatch else []
    return [found.school_submission, *middle, found.authority_dispatch, found.receipt, found.nominal, found.departure]


@given(DEPARTURES, st.sampled_from(EDITIONS), st.integers(0, 15), st.integers(0, 30), st.none() | st.integers(0, 15))
def test_the_ladder_descends_on_open_days(
    departure: dt.date, code: str, authority: int, school: int, municipal: int | None
) -> None:
    found = deadlines(departure, code, authority_days=authority, school_days=school, municipal_days=municipal)
    ladder = dates_of(found)
    assert ladder == sorted(ladder)
    assert found.nominal < departure
    assert all(calendar.is_open(day) for day in ladder[:-2])
    assert calendar.is_open(found.strict)
    assert found.strict <= found.receipt
    assert (found.municipal_dispatch is None) == (municipal is None)


@given(DEPARTURES, st.integers(1, 400), st.sampled_from(EDITIONS))
def test_moving_departure_later_never_moves_a_deadline_earlier(departure: dt.date, later: int, code: str) -> None:
    before = deadlines(departure, code, municipal_days=5)
    after = deadlines(departure + DAY * later, code, municipal_days=5)
    assert all(old <= new for old, new in zip(dates_of(before), dates_of(after), strict=True))
    assert before.strict <= after.strict
    assert before.fifteen_day_receipt <= after.fifteen_day_receipt


@given(DEPARTURES, st.sampled_from(EDITIONS), st.integers(0, 9), st.integers(0, 9))
def test_more_days_for_an_office_never_give_a_later_date(departure: dt.date, code: str, few: int, more: int) -> None:
    for name in ("authority_days", "school_days", "municipal_days"):
        short: Any = {"municipal_days": 0, name: few}
        long: Any = {"municipal_days": 0, name: few + more}
        assert (
            deadlines(departure, code, **long).school_submission
            <= deadlines(departure, code, **short).school_submission
        )


@given(DEPARTURES, st.sampled_from(EDITIONS), st.integers(0, 9))
def test_a_municipal_step_only_asks_the_school_to_be_earlier(departure: dt.date, code: str, municipal: int) -> None:
    direct, by_way = deadlines(departure, code), deadlines(departure, code, municipal_days=municipal)
    assert (by_way.receipt, by_way.authority_dispatch) == (direct.receipt, direct.authority_dispatch)
    assert by_way.school_submission <= direct.school_submission
    assert municipal or by_way.school_submission == direct.school_submission


@given(DEPARTURES, st.sampled_from(EDITIONS), st.integers(-60, 60))
def test_a_state_only_gets_worse_with_time(departure: dt.date, code: str, offset: int) -> None:
    found = deadlines(departure, code)
    order = list(DeadlineState)
    on = found.receipt + DAY * offset
    assert order.index(found.state(on)) <= order.index(found.state(on + DAY))


def test_states_change_on_the_day_after() -> None:
    found = deadlines(dt.date(2027, 3, 31), "2003")
    assert found.state(dt.date(2027, 2, 5)) is DeadlineState.ON_TIME
    assert found.state(dt.date(2027, 2, 6)) is DeadlineState.AT_RISK
    assert found.state(dt.date(2027, 2, 26)) is DeadlineState.AT_RISK
    assert found.state(dt.date(2027, 2, 27)) is DeadlineState.LATE
    assert not found.past_fifteen_days(dt.date(2027, 3, 16))
    assert found.past_fifteen_days(dt.date(2027, 3, 17))
    assert [state.label for state in DeadlineState] == ["間に合う", "要注意", "期限後"]


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        (dt.datetime(2027, 2, 26, 17, 0, tzinfo=TOKYO), True),
        (dt.datetime(2027, 2, 26, 17, 0, 1, tzinfo=TOKYO), False),
        (dt.datetime(2027, 2, 26, 8, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2027, 2, 26, 8, 1, tzinfo=dt.UTC), False),
        (dt.datetime(2027, 2, 25, 23, 59, tzinfo=TOKYO), True),
    ],
)
def test_receipt_counts_until_five_in_tokyo(instant: dt.datetime, in_time: bool) -> None:
    assert deadlines(dt.date(2027, 3, 31), "2003").received_in_time(instant) is in_time


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadlines(dt.date(2027, 3, 31), "2003").received_in_time(dt.datetime(2027, 2, 26, 12, 0))


def test_silver_week_pulls_six_departures_to_one_day() -> None:
    days = [dt.date(2026, 10, day) for day in range(18, 24)]
    assert {deadlines(day, "2003").receipt for day in days} == {dt.date(2026, 9, 18)}


@pytest.mark.parametrize("days", [{"authority_days": -1}, {"school_days": -1}, {"municipal_days": -1}])
def test_negative_days_are_refused(days: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        deadlines(dt.date(2027, 3, 31), "2003", **days)


def test_an_edition_may_be_given_as_data() -> None:
    edition = load_edition("2016")
    assert deadlines(dt.date(2027, 3, 31), edition) == deadlines(dt.date(2027, 3, 31), "2016")


@pytest.mark.parametrize(
    ("departure", "estimated"),
    [(dt.date(2027, 10, 23), False), (dt.date(2028, 10, 23), True), (dt.date(2028, 8, 31), False)],
)
def test_dates_that_rest_on_a_computed_equinox_say_so(departure: dt.date, estimated: bool) -> None:
    assert deadlines(departure, "2003").estimated_holidays is estimated


# --- the words ----------------------------------------------------------------------------------------------------


@given(DEPARTURES, st.sampled_from(EDITIONS), st.none() | st.integers(0, 9))
def test_every_step_names_its_date_and_what_it_rests_on(departure: dt.date, code: str, municipal: int | None) -> None:
    found = deadlines(departure, code, municipal_days=municipal)
    notices = set(load_edition(code).deadline.citation)
    for step in found.steps:
        assert step.on == getattr(found, step.name)
        assert f"{step.on.year}年{step.on.month}月{step.on.day}日" in step.text
        assert str(step.on.year) in step.english
        assert set(step.citation) <= {*notices, PROPOSAL}
        assert step.citation
    assert found.steps[0].citation == load_edition(code).deadline.citation
    assert all(step.citation == (PROPOSAL,) for step in found.steps[3:])


def words(departure: dt.date, code: str) -> dict[str, str]:
    return {step.name: step.text for step in deadlines(departure, code, municipal_days=5).steps}


def test_the_arithmetic_is_told_in_plain_words() -> None:
    told = words(dt.date(2027, 3, 31), "2003")
    assert list(told) == [
        "departure",
        "nominal",
        "receipt",
        "strict",
        "authority_dispatch",
        "municipal_dispatch",
        "school_submission",
    ]
    assert "前の月に31日はないので、その月の末日の2027年2月28日(日)" in told["nominal"]
    assert (
        "2月28日は日曜日、2月27日は土曜日で外務省が閉まっているため、前の開庁日の2027年2月26日(金)" in told["receipt"]
    )
    assert "3開庁日前の2027年2月22日(月)" in told["authority_dispatch"]
    assert "市町村教育委員会は、その5開庁日前" in told["municipal_dispatch"]


def test_other_ways_of_counting_have_their_own_words() -> None:
    assert "前の月の同じ日は2027年2月1日(月)" in words(dt.date(2027, 3, 1), "2003")["nominal"]
    assert "外務省の開庁日なので" in words(dt.date(2027, 3, 1), "2003")["receipt"]
    assert "出発日を数えずに15日前は2027年3月16日(火)" in words(dt.date(2027, 3, 31), "2024")["nominal"]
    assert "まる15日空ける" in words(dt.date(2027, 3, 31), "2024")["strict"]
    assert "12月31日・12月30日・12月29日は年末年始の休み" in words(dt.date(2027, 1, 31), "2003")["receipt"]


# --- the command --------------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    printed = StringIO()
    call_command("deadlines", *arguments, stdout=printed)
    return printed.getvalue()


def test_json_is_a_list_with_every_date() -> None:
    first, second = json.loads(run("2027-03-31", "令和9年6月5日", "--json", "--edition", "2003"))
    assert (
        first.items()
        >= {
            "departure": "2027-03-31",
            "edition": "2003",
            "nominal": "2027-02-28",
            "receipt": "2027-02-26",
            "strict": "2027-02-26",
            "authority_dispatch": "2027-02-22",
            "municipal_dispatch": None,
            "school_submission": "2027-02-05",
        }.items()
    )
    assert [step["name"] for step in first["steps"]] == [
        "departure",
        "nominal",
        "receipt",
        "strict",
        "authority_dispatch",
        "school_submission",
    ]
    assert all(step["citation"] and step["text"] and step["english"] for step in first["steps"])
    assert second["receipt"] == "2027-04-30"


def test_days_may_be_set() -> None:
    (found,) = json.loads(
        run("2027-03-31", "--json", "--authority-days", "5", "--school-days", "0", "--municipal-days", "2")
    )
    expected = deadlines(dt.date(2027, 3, 31), "2003", authority_days=5, school_days=0, municipal_days=2)
    assert found == expected.as_json()
    assert found["school_submission"] == found["municipal_dispatch"]


def test_without_json_it_is_a_ladder_to_read() -> None:
    text = run("2027-03-31", "--municipal-days", "5")
    assert text.splitlines()[:6] == [
        "2027年3月31日(水) 出発(平成15年通知)",
        "  学校の提出　　　　　　  2027年1月29日(金)",
        "  市町村教育委員会の発送  2027年2月15日(月)",
        "  所管庁の発送　　　　　  2027年2月22日(月)",
        "  外務省の受取り　　　　  2027年2月26日(金) 17時まで(安全側 2027年2月26日(金))",
        "  出発日　　　　　　　　  2027年3月31日(水)",
    ]
    assert "領保第六一五七号 記二(二)" in text
    assert "春分の日" not in text
    assert "春分の日" in run("2028-10-23")


def test_every_impossible_date_is_named_and_nothing_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    complaints = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("deadlines", "2027-02-30", "2027-03-31", "2027-13-01", "1900-01-01", stderr=complaints)
    assert ended.value.code == 2
    assert [line[:12] for line in complaints.getvalue().splitlines()] == [
        "「2027-02-30」",
        "「2027-13-01」",
        "「1900-01-01」",
    ]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("days", ["-1", "1.5", "三", "251", ""])
def test_days_are_whole_numbers(days: str) -> None:
    with pytest.raises(CommandError, match="日数ではありません"):
        run("2027-03-31", f"--school-days={days}")


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(CommandError, match="2003"):
        run("2027-03-31", "--edition", "1999")


def test_it_needs_no_server_and_no_environment() -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "deadlines", "2027-02-30"]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, capture_output=True, check=False)
    assert done.returncode == 2
    assert "「2027-02-30」という日は暦にありません" in done.stderr.decode()
    assert done.stdout == b""


def test_editions_are_all_offered() -> None:
    assert tuple(edition.code for edition in all_editions()) == EDITIONS
