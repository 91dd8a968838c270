"""Local times beside Japan's: offsets, the same moment in Tokyo, the order of carriages.

Not here: what happens at those times (itinerary).
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from mofa_requests.documents.values import clock, short_day
from portal.dossier.types import Leg

JAPAN = ZoneInfo("Asia/Tokyo")
UNKNOWN = "時差未定"
SAME = "時差なし"


def in_japan(local: dt.datetime | None, zone: str | None) -> dt.datetime | None:
    """The moment ``local`` of ``zone`` as a naive Japanese time; None while either is unknown."""
    if local is None or zone is None:
        return None
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(JAPAN).replace(tzinfo=None)


def offset_from_japan(zone: str | None, *, on: dt.date | None) -> str:
    """1時間遅い, 1時間30分早い or 時差なし at noon of ``on``; summer time depends on the day."""
    if zone is None or on is None:
        return UNKNOWN
    noon = dt.datetime.combine(on, dt.time(12))
    minutes = round((_utc_offset(noon, ZoneInfo(zone)) - _utc_offset(noon, JAPAN)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return SAME
    span = (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")
    return f"{span}{'遅い' if minutes < 0 else '早い'}"


def _utc_offset(local: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return local.replace(tzinfo=zone).utcoffset() or dt.timedelta()


def japan_clock(local: dt.datetime | None, zone: str | None) -> str:
    """The time in Japan, with its date where that is another day than the local one."""
    there = in_japan(local, zone)
    if local is None or there is None:
        return UNKNOWN
    return clock(there) if there.date() == local.date() else f"{short_day(there.date())} {clock(there)}"


def days_later(leg: Leg) -> str:
    """「+1日」 where the local date of arrival is not that of departure; the date line also gives −1日."""
    if leg.departs_at is None or leg.arrives_at is None:
        return ""
    days = (leg.arrives_at.date() - leg.departs_at.date()).days
    return f"{'+' if days > 0 else '−'}{abs(days)}日" if days else ""


def in_order(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """By the moment of departure, else of arrival; carriages without a time keep their place at the end."""
    timed = [(moment, leg) for leg in legs if (moment := _moment(leg))]
    rest = [leg for leg in legs if _moment(leg) is None]
    return (*(leg for _, leg in sorted(timed, key=lambda pair: pair[0])), *rest)


def _moment(leg: Leg) -> dt.datetime | None:
    return in_japan(leg.departs_at, leg.departs_zone) or in_japan(leg.arrives_at, leg.arrives_zone) or leg.departs_at
