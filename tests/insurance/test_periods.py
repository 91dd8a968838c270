"""The last day covered after leaving in mid-term: every worked row, impossible orders, and what always holds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.periods import cover_end_after_leaving
from portal.kit.text import Refused
from tests.insurance.cases import command, cover_end_rows, typed

DAYS = st.dates(dt.date(1987, 8, 1), dt.date(2098, 12, 31))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", cover_end_rows(), ids=lambda row: f"{row['termination']} {row['why']}")
def test_every_worked_row(row: dict[str, str]) -> None:
    last = cover_end_after_leaving(
        day(row["termination"]), original_end=day(row["original_end"]), home=day(row["home_arrival"])
    )
    assert last.isoformat() == row["cover_ends"]


def test_the_command_prints_one_iso_date() -> None:
    rows = cover_end_rows()
    for row in (rows[0], rows[-1]):
        home = ("--home", row["home_arrival"]) if row["home_arrival"] else ()
        done = typed("jet_cover_end", "--termination", row["termination"], *home, "--original-end", row["original_end"])
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{row['cover_ends']}\n", "")


@pytest.mark.parametrize(
    ("termination", "home", "end", "told"),
    [
        ("2025-02-29", "2025-13-01", "2026-08-31", ["--termination: 「2025-02-29」", "--home: 「2025-13-01」"]),
        ("2026-09-01", None, "2026-08-31", ["2026年9月1日(火)", "2026年8月31日(月)", "より後です"]),
        ("2025-10-15", "2025-10-01", "2026-08-31", ["2025年10月1日(水)", "より前です", "一時帰国"]),
        ("1986-10-15", None, "2026-08-31", ["1986年10月15日(水)は数えられません"]),
    ],
)
def test_impossible_dates_and_orders_are_named(termination: str, home: str | None, end: str, told: list[str]) -> None:
    words = ("--home", home) if home else ()
    done = command("jet_cover_end", "--termination", termination, *words, "--original-end", end)
    assert (done.returncode, done.stdout) == (2, "")
    assert all(word in done.stderr for word in told)
    assert "Traceback" not in done.stderr


@given(termination=DAYS, months=st.integers(0, 400), home=st.none() | st.integers(0, 60))
def test_cover_lasts_to_the_earliest_of_three_days(termination: dt.date, months: int, home: int | None) -> None:
    end = termination + dt.timedelta(days=months)
    back = termination + dt.timedelta(days=home) if home is not None else None
    last = cover_end_after_leaving(termination, original_end=end, home=back)
    assert termination <= last <= end
    assert back is None or last <= back
    alone = cover_end_after_leaving(termination, original_end=dt.date(2099, 12, 31))
    assert 27 <= (alone - termination).days <= 30
    assert last == min(day for day in (alone, end, back) if day)


def test_the_end_may_not_lie_before_the_beginning() -> None:
    with pytest.raises(Refused, match="より後です"):
        cover_end_after_leaving(dt.date(2026, 9, 1), original_end=dt.date(2026, 8, 31))
