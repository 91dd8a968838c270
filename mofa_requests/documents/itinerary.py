"""日程表 (別添三 一): every carriage in one list, then each day in local time beside Japan's, with the night's lodging.

Not here: addresses of lodging (lodging). Nothing without a date is dropped: it stands in a last block 日付未記入.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.itinerary_times import SAME, days_later, in_japan, in_order, japan_clock, offset_from_japan
from mofa_requests.documents.nights import NO_PLACE, phone_of, sleeps_on, trip_days
from mofa_requests.documents.values import BLANK, Shown, clock, short_day, show, show_people
from portal.dossier.types import Activity, Dossier, Leg, LegMode, Stay
from portal.kit.era import era_date

DAY_COLUMNS = (Column("現地時刻", 14, "time"), Column("日本時間", 15), Column("行程", 48), Column("班・人数", 23))


@dataclasses.dataclass(frozen=True)
class DayBlock:
    """One local date with its rows in order of time; ``note`` gives the offset from Japan."""

    title: str
    note: str
    table: Grid


@dataclasses.dataclass(frozen=True)
class _Row:
    """``at`` is the moment in Japan, or the local time where no time zone is known; None stands last."""

    at: dt.datetime | None
    cells: tuple[Shown, ...]
    rank: int = 0


def itinerary_sheet(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of itinerary.html."""
    return {"legs": leg_grid(dossier, entries=entries), "days": day_blocks(dossier, entries=entries)}


def leg_grid(dossier: Dossier, *, entries: DirectoryEntries) -> Grid:
    """別添三 一: flight numbers and times, carrier's name beside the number because faxes garble its letters."""
    columns = (
        Column("便名", 20),
        Column("出発(現地時刻)", 24),
        Column("到着(現地時刻)", 25),
        Column("日本時間", 15),
        Column("班・人数", 16),
    )
    return grid(columns, [_leg_row(leg, dossier=dossier, entries=entries) for leg in in_order(dossier.legs)])


def _leg_row(leg: Leg, *, dossier: Dossier, entries: DirectoryEntries) -> list[Shown]:
    ends = [
        Shown(f"{_local(at)} {note}".strip(), "time", entries.place(place) or "場所未記入")
        for at, place, note in (
            (leg.departs_at, leg.origin, ""),
            (leg.arrives_at, leg.destination, days_later(leg)),
        )
    ]
    japan = Shown(
        f"{japan_clock(leg.departs_at, leg.departs_zone)} 発", "", f"{japan_clock(leg.arrives_at, leg.arrives_zone)} 着"
    )
    return [_leg_name(leg, entries=entries), *ends, japan, _for_whom(dossier, leg)]


def _leg_name(leg: Leg, *, entries: DirectoryEntries) -> Shown:
    carrier = entries.carrier(leg) or "運航会社未記入"
    lines = [carrier if leg.mode is LegMode.FLIGHT else f"{leg.mode.label} {carrier}"]
    lines += [f"実際の運航 {leg.operated_by}"] if leg.operated_by else []
    lines += [f"確定予定 {era_date(leg.to_follow_on)}"] if leg.to_follow_on else []
    if leg.number is None:
        return Shown("便名未記入", "blank", "\n".join(lines))
    return Shown(leg.number, "flight" if leg.mode is LegMode.FLIGHT else "strong", "\n".join(lines))


def _local(at: dt.datetime | None) -> str:
    return f"{short_day(at.date())} {clock(at)}" if at else "日時未記入"


def _for_whom(dossier: Dossier, part: Leg | Stay) -> Shown:
    return Shown(f"{people.group_names(dossier, part.groups)} {show_people(part.people).text}")


def day_blocks(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[DayBlock, ...]:
    """A block for each local date of the trip, and one for whatever has no date."""
    rows: dict[dt.date | None, list[_Row]] = {date: [] for date in trip_days(dossier)}
    for date, row in _all_rows(dossier, entries=entries):
        rows.setdefault(date, []).append(row)
    dated = sorted(date for date in rows if date)
    blocks = [_day_block(dossier, date, rows[date], number) for number, date in enumerate(dated, start=1)]
    if undated := rows.get(None, [] if dated else [_Row(None, (BLANK,) * len(DAY_COLUMNS))]):
        blocks.append(DayBlock("日付未記入", "", _table(undated)))
    return tuple(blocks)


def _day_block(dossier: Dossier, date: dt.date, rows: list[_Row], number: int) -> DayBlock:
    nights = [_night_row(dossier, stay) for stay in dossier.stays if sleeps_on(stay, date)]
    if not nights and date in trip_days(dossier)[:-1]:
        nights = [_Row(None, (Shown("夜"), Shown(""), NO_PLACE, BLANK), rank=1)]
    filled = rows or [_Row(None, (BLANK, BLANK, Shown("行程未記入", "blank"), BLANK))]
    zone = _zone_on(dossier, date)
    note = _offset_note(zone, on=date) if zone else "時刻帯未記入"
    return DayBlock(f"第{number}日 {era_date(date)}", note, _table([*filled, *nights]))


def _offset_note(zone: str, *, on: dt.date) -> str:
    offset = offset_from_japan(zone, on=on)
    return f"現地の時刻は日本と同じ({zone})" if offset == SAME else f"現地の時刻は日本より{offset}({zone})"


def _table(rows: list[_Row]) -> Grid:
    """By the moment, not by the clock: over the date line a party lands at an earlier hour than it left."""
    ordered = sorted(rows, key=lambda row: (row.rank, row.at is None, row.at.isoformat() if row.at else ""))
    return grid(DAY_COLUMNS, [row.cells for row in ordered])


def _night_row(dossier: Dossier, stay: Stay) -> _Row:
    where = Shown(f"泊 {stay.name or f'{stay.kind.label}(名称未記入)'}", "strong", f"電話 {phone_of(stay).text}")
    return _Row(None, (Shown("夜"), Shown(""), where, _for_whom(dossier, stay)), rank=1)


def _all_rows(dossier: Dossier, *, entries: DirectoryEntries) -> list[tuple[dt.date | None, _Row]]:
    meetings = [
        (at.date(), _Row(at, (Shown(clock(at)), Shown(clock(at)), Shown(what, "strong"), Shown("全員"))))
        for at, what in ((dossier.outline.assembles_at, "集合(日本)"), (dossier.outline.dismissed_at, "解散(日本)"))
        if at
    ]
    rides = [row for leg in dossier.legs for row in _leg_events(dossier, leg, entries=entries)]
    return meetings + rides + [(visit.on, _activity_row(dossier, visit)) for visit in dossier.activities]


def _leg_events(dossier: Dossier, leg: Leg, *, entries: DirectoryEntries) -> list[tuple[dt.date | None, _Row]]:
    name = f"{leg.number or '便名未記入'} {entries.carrier(leg) or leg.mode.label}"
    events = []
    for at, zone, place, verb in (
        (leg.departs_at, leg.departs_zone, leg.origin, "発"),
        (leg.arrives_at, leg.arrives_zone, leg.destination, "着"),
    ):
        cells = (
            Shown(clock(at)) if at else BLANK,
            Shown(japan_clock(at, zone)),
            Shown(f"{entries.place(place) or '場所未記入'} {verb}", "strong", name),
            _for_whom(dossier, leg),
        )
        events.append((at.date() if at else None, _Row(in_japan(at, zone) or at, cells)))
    return events


def _activity_row(dossier: Dossier, visit: Activity) -> _Row:
    begins = dt.datetime.combine(visit.on, visit.starts) if visit.on and visit.starts else None
    zone = _zone_of_city(dossier, visit.city) or (_zone_at(dossier, begins) if begins else None)
    cells = (
        visit_span(visit),
        Shown(japan_clock(begins, zone)) if begins else BLANK,
        Shown(show(visit.title).text, show(visit.title).look, _activity_notes(visit)),
        Shown(people.group_names(dossier, visit.groups)),
    )
    return _Row(in_japan(begins, zone) or begins, cells)


def visit_span(visit: Activity) -> Shown:
    """09:00–12:00 as typed."""
    if visit.starts is None and visit.ends is None:
        return BLANK
    return Shown("–".join(clock(at) if at else "未記入" for at in (visit.starts, visit.ends)))


def _activity_notes(visit: Activity) -> str:
    lines = [visit.city or "都市未記入"]
    if visit.free_time or visit.area:
        lines.append(f"自由行動の範囲: {show(visit.area).text}")
    if visit.free_time or visit.group_phone:
        lines.append(f"班の携帯電話: {show(visit.group_phone).text}")
    if visit.risky or visit.risk_measures:
        lines.append(f"危険を伴う活動の安全対策: {show(visit.risk_measures).text}")
    return "\n".join(lines)


def _zone_of_city(dossier: Dossier, city: str | None) -> str | None:
    return next((place.zone for place in dossier.destinations if city and place.city == city), None)


def _zone_at(dossier: Dossier, begins: dt.datetime) -> str | None:
    """Where the party is at a local time: the last arrival before it on that day, else where it wakes."""
    landed = [zone for at, zone in _arrivals(dossier) if at.date() == begins.date() and at <= begins]
    return landed[-1] if landed else _zone_on(dossier, begins.date())


def _zone_on(dossier: Dossier, date: dt.date) -> str | None:
    """Where the party wakes that day: the last arrival before it; on the first day, and where it wakes on the way,
    the last arrival of the day.
    """
    before = [zone for at, zone in _arrivals(dossier) if at.date() < date]
    that_day = [zone for at, zone in _arrivals(dossier) if at.date() == date]
    reached = that_day if that_day and (not before or _under_way(dossier, date)) else before
    return reached[-1] if reached else next((place.zone for place in dossier.destinations if place.zone), None)


def _under_way(dossier: Dossier, date: dt.date) -> bool:
    """Whether a carriage that left on an earlier day arrives on this one, and none leaves before it does."""
    of_day = [leg for leg in in_order(dossier.legs) if leg.arrives_at and leg.arrives_at.date() == date]
    return bool(of_day) and all(leg.departs_at and leg.departs_at.date() < date for leg in of_day)


def _arrivals(dossier: Dossier) -> list[tuple[dt.datetime, str | None]]:
    return [(leg.arrives_at, leg.arrives_zone) for leg in in_order(dossier.legs) if leg.arrives_at]
