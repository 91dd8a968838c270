"""The itinerary day by day: in the order things happen, and in the time of the place where they happen."""

from __future__ import annotations

import datetime as dt

from mofa_requests.documents.entries import gather_entries
from mofa_requests.documents.itinerary import DayBlock, day_blocks
from portal.dossier.types import Activity, Dossier
from tests.documents.cases import specimen


def days_of(dossier: Dossier) -> tuple[DayBlock, ...]:
    return day_blocks(dossier, entries=gather_entries(dossier))


def column(block: DayBlock, number: int) -> list[str]:
    return [row[number].text for row in block.table.rows]


def test_over_the_date_line_departure_stands_before_an_arrival_with_an_earlier_clock() -> None:
    times = column(days_of(specimen("hawaii"))[0], 0)
    assert times.index("18:00") < times.index("21:30") < times.index("09:20") < times.index("11:00")


def test_day_of_return_is_in_the_time_of_japan() -> None:
    """The party wakes in the plane: what it does at Haneda must not be told as nine hours later."""
    block = days_of(specimen("national_attached_england"))[-1]
    assert "現地の時刻は日本と同じ(Asia/Tokyo)" in block.note
    assert column(block, 0) == ["15:45", "16:30–17:00", "17:30"]
    assert column(block, 1) == ["15:45", "16:30", "17:30"]


def test_visit_after_a_landing_is_in_the_time_of_that_place() -> None:
    dossier = specimen("hawaii")
    first = dossier.legs[0].arrives_at
    assert first is not None
    visit = Activity(key="new", on=first.date(), starts=dt.time(10), ends=dt.time(10, 30), title="到着後の集会")
    added = dossier.model_copy(update={"activities": (*dossier.activities, visit)})
    row = next(row for row in days_of(added)[0].table.rows if row[2].text == visit.title)
    assert (row[0].text, row[1].text) == ("10:00–10:30", "2月9日(火) 05:00")


def test_day_abroad_tells_how_far_its_clocks_are_from_japan() -> None:
    notes = [block.note for block in days_of(specimen("hawaii"))]
    assert all("日本より19時間遅い(Pacific/Honolulu)" in note for note in notes[:-1])
    assert "日本と同じ(Asia/Tokyo)" in notes[-1]
