"""Rows of an agent's itinerary: what each becomes, and that each is accounted for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.types import Activity, Destination, Dossier, Leg, LegMode, Stay, StayKind
from trips.itinerary.cells import Journey, Times, Way, read_day, read_times, read_way, split_service
from trips.itinerary.columns import find_header
from trips.itinerary.merging import Standing, merge
from trips.itinerary.rows import Skip, Sorted, sort_rows
from trips.roster.table import Cell, CellKind, Row
from trips.roster.verdicts import CellRefused

FIRST, SECOND, LAST = (dt.date(2027, 2, day) for day in (14, 15, 16))
JOURNEY = Journey(on=dt.date(2026, 11, 22), departs_on=FIRST, returns_on=LAST)
HEADINGS = ("日次", "月日(曜)", "時刻", "便名・列車", "区間", "都市名", "内容", "食事", "宿泊先", "住所", "電話番号")
SENT = (
    ("台北研修旅行 最終日程表",),
    HEADINGS,
    ("1", "2/14(日)", "7:10", "", "", "大阪", "関西国際空港に集合"),
    ("", "", "9:50-12:05", "チャイナエアライン CI-9157便", "関西→台北桃園(TPE)", "", "", "機内"),
    (
        "",
        "",
        "15:20〜18:00",
        "専用バス",
        "",
        "台北",
        "見本記念公園",
        "夕",
        "見本飯店",
        "台北市1号",
        "+886 000-0000-5101",
    ),
    ("2", "2/15(月)", "9:20〜16:00", "", "", "", "合同授業", "朝昼夕", "同上"),
    ("3", "2/16(火)", "", "", "", "", "", "朝"),
    ("", "", "13:35発", "CI9172", "台湾桃園国際空港発"),
    ("", "", "17:15着", "", "関西国際空港着", "", "", "", "帰宅"),
    ("", "2/31", "9:00", "", "", "", "暦にない日"),
    ("※時刻は変わることがあります",),
)


def table(*lines: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(map(Cell, line))) for number, line in enumerate(lines, start=1))


def read(*lines: tuple[str, ...]) -> Sorted:
    rows = table(*lines)
    header = find_header(rows)
    assert header is not None
    return sort_rows(rows, header, JOURNEY)


def plan(**parts: Any) -> Dossier:
    return Dossier(destinations=(Destination(key="d1", country="0886", city="台北"),), **parts)


def test_a_file_becomes_flights_visits_and_nights() -> None:
    found = read(*SENT)
    out, home = (entry.part for entry in found.entries if isinstance(entry.part, Leg))
    assert (out.number, out.carrier, out.origin, out.destination) == ("CI9157", "チャイナエアライン", "KIX", "TPE")
    assert (out.departs_at, out.departs_zone) == (dt.datetime(2027, 2, 14, 9, 50), "Asia/Tokyo")
    assert (out.arrives_at, out.arrives_zone) == (dt.datetime(2027, 2, 14, 12, 5), "Asia/Taipei")
    assert (home.number, home.origin, home.destination) == ("CI9172", "TPE", "KIX")
    assert (home.departs_at, home.arrives_at) == (dt.datetime(2027, 2, 16, 13, 35), dt.datetime(2027, 2, 16, 17, 15))
    assert [entry.rows for entry in found.entries if entry.part is home] == [(8, 9)]
    visits = [(part.on, part.title, part.city) for entry in found.entries if isinstance(part := entry.part, Activity)]
    assert visits == [
        (FIRST, "関西国際空港に集合", "大阪"), (FIRST, "見本記念公園", "台北"), (SECOND, "合同授業", "台北"),
    ]  # fmt: skip
    (stay,) = (entry.part for entry in found.entries if isinstance(entry.part, Stay))
    assert (stay.name, stay.address, stay.checks_in, stay.checks_out) == ("見本飯店", "台北市1号", FIRST, LAST)


def test_every_row_is_kept_refused_or_skipped() -> None:
    found = read(*SENT)
    refused, skipped = [row.row for row in found.refused], {row.row: row.reason for row in found.skipped}
    assert sorted([*found.kept, *refused, *skipped]) == list(range(3, len(SENT) + 1))
    assert refused == [10]
    assert (found.refused[0].problems[0].cell, found.refused[0].problems[0].shown) == ("B10", "2/31")
    assert skipped == {7: Skip.NOTHING, 11: Skip.NOTE}
    assert [(remark.cell, remark.shown) for remark in found.remarks] == [("D5", "専用バス")]


def test_a_wrong_weekday_and_a_day_outside_the_journey_are_doubted_not_refused() -> None:
    found = read(HEADINGS, ("", "2/14(月)", "", "", "", "", "見学"), ("", "3/1", "", "", "", "", "見学"))
    assert found.refused == []
    assert [remark.message for remark in found.remarks] == ["曜日が日付と合いません。", "旅行の期間の外の日付です。"]


def test_a_row_before_any_date_is_refused() -> None:
    found = read(HEADINGS, ("", "", "9:00", "", "", "", "見学"))
    assert [row.problems[0].message for row in found.refused] == ["この行より上に日付がありません。"]


def test_nights_on_the_way_and_trains() -> None:
    found = read(
        HEADINGS,
        ("", "2/14", "8:00-9:10", "南海ラピート23号", "難波→関西空港"),
        ("", "", "22:30-25:30", "CI172", "TPE-KIX", "", "", "", "機中泊"),
    )
    train, flight, night = (entry.part for entry in found.entries)
    assert isinstance(train, Leg)
    assert (train.mode, train.number, train.origin, train.destination) == (
        LegMode.RAIL, "南海ラピート23号", "難波", "KIX",
    )  # fmt: skip
    assert isinstance(flight, Leg)
    assert flight.arrives_at == dt.datetime(2027, 2, 15, 1, 30)
    assert isinstance(night, Stay)
    assert (night.kind, night.checks_in, night.checks_out) == (StayKind.IN_FLIGHT, FIRST, SECOND)


def test_laid_over_a_plan_it_keeps_what_the_file_does_not_say() -> None:
    entries = read(*SENT).entries
    first = merge(entries, plan())
    made = plan(**first.values(plan(), drop=False))
    assert {each.standing for each in first.proposals} == {Standing.NEW}
    assert made.stays[0].country == "0886"
    again = merge(entries, made)
    assert {each.standing for each in again.proposals} == {Standing.SAME}
    assert again.values(made, drop=True) == {"legs": made.legs, "activities": made.activities, "stays": made.stays}

    known = made.legs[0].model_copy(update={"people": 163, "departs_at": dt.datetime(2027, 2, 14, 9, 0)})
    extra = made.activities[0].model_copy(update={"key": "mine", "title": "学校で決めた班別学習"})
    held = made.model_copy(update={"legs": (known, *made.legs[1:]), "activities": (extra, *made.activities)})
    third = merge(entries, held)
    changed = [each for each in third.proposals if each.standing is Standing.CHANGED]
    assert [(change.name, change.after) for change in changed[0].changes] == [
        ("departs_at", dt.datetime(2027, 2, 14, 9, 50))
    ]
    assert third.values(held, drop=False)["legs"][0].people == 163
    assert third.unspoken["activities"] == (extra,)
    assert extra in third.values(held, drop=False)["activities"]
    assert extra not in third.values(held, drop=True)["activities"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9:50", Times((0, dt.time(9, 50)))),
        ("12:05着", Times(None, (0, dt.time(12, 5)))),
        ("9:50発 12:05着(+1)", Times((0, dt.time(9, 50)), (1, dt.time(12, 5)))),
        ("２２：３０〜２５：３０", Times((0, dt.time(22, 30)), (1, dt.time(1, 30)))),
        ("23:55-翌6:10", Times((0, dt.time(23, 55)), (1, dt.time(6, 10)))),
        ("0915", Times((0, dt.time(9, 15)))),
        ("午前", Times(words="午前")),
        ("", Times()),
    ],
)
def test_times_in_every_dress(text: str, wanted: Times) -> None:
    assert read_times(Cell(text)) == wanted


def test_a_time_of_the_spreadsheet() -> None:
    assert read_times(Cell("09:50:00", CellKind.TIME)) == Times((0, dt.time(9, 50)))
    assert read_times(Cell("0.4097222222", CellKind.NUMBER)) == Times((0, dt.time(9, 50)))


@pytest.mark.parametrize("text", ["9時半", "9:50 10:50 11:50", "3番のりば"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        read_times(Cell(text))


@given(st.dates(FIRST - dt.timedelta(90), FIRST + dt.timedelta(90)))
def test_a_day_without_its_year_is_the_one_near_the_journey(day: dt.date) -> None:
    weekday = "月火水木金土日"[day.weekday()]
    for text in (f"{day.month}/{day.day}", f"{day.month}月{day.day}日({weekday})", f"第1日 {day.month}月{day.day}日"):
        assert read_day(Cell(text), JOURNEY) == (day, True)


@pytest.mark.parametrize(
    ("text", "flying", "wanted"),
    [
        ("関西(KIX)→台北桃園(TPE)", False, Way("KIX", "TPE")),
        ("KIX-TPE", False, Way("KIX", "TPE")),
        ("羽田→福岡", True, Way("HND", "FUK")),
        ("羽田→福岡", False, Way("羽田", "福岡")),
        ("大阪難波駅 ⇒ 関西空港", False, Way("大阪難波駅", "KIX")),
        ("台北着", False, Way(None, "台北")),
    ],
)
def test_the_two_ends_of_a_way(text: str, flying: bool, wanted: Way) -> None:
    assert read_way(text, flying=flying) == wanted


def test_three_ends_are_refused() -> None:
    with pytest.raises(CellRefused, match="三つ以上"):
        read_way("関西→香港→台北")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ＣＩ－１５７便", ("CI157", "")),
        ("日本航空 JL97", ("JL97", "日本航空")),
        ("7C1301", ("7C1301", "")),
        ("新幹線のぞみ23号", (None, "新幹線のぞみ23号")),
    ],
)
def test_flight_numbers_among_words(text: str, wanted: tuple[str | None, str]) -> None:
    assert split_service(text) == wanted
