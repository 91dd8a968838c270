"""Nights of an itinerary gathered into stays: the same house on days that follow each other is one stay.

Not here: the other cells of a row (rows).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.dossier.types import Stay, StayKind

_DAY = dt.timedelta(days=1)
_ON_THE_MOVE = (
    (re.compile(r"機[内中]"), StayKind.IN_FLIGHT),
    (re.compile(r"船[内中]"), StayKind.ABOARD_SHIP),
    (re.compile(r"車[内中]"), StayKind.ON_TRAIN),
)
_HOMESTAY = re.compile(r"ホームステイ|ホストファミリー|各家庭")
_SAME = re.compile(r"同上|同ホテル|同宿|〃|々")
_NOBODY = re.compile(r"なし|無し|帰宅|各自帰宅|解散|該当なし|[-―ー*]+")


@dataclass(frozen=True)
class Night:
    """One night as its row tells it."""

    on: dt.date
    row: int
    stay: Stay


def night_of(
    name: str, on: dt.date, row: int, before: Sequence[Night], *, address: str, phone: str, city: str | None
) -> Night | None:
    """The night of a row; 同上 is the house of the night before, 帰宅 is none."""
    if not name or _NOBODY.fullmatch(name):
        return None
    if _SAME.fullmatch(name) and before:
        return Night(on, row, before[-1].stay)
    kind = next((kind for words, kind in _ON_THE_MOVE if words.search(name) and len(name) <= 6), StayKind.HOTEL)
    if _HOMESTAY.search(name):
        kind = StayKind.HOMESTAY
    house = kind is StayKind.HOTEL
    stay = Stay(
        key="new",
        kind=kind,
        name=name if house else None,
        address=address or None,
        phone=phone or None,
        city=city if house else None,
    )
    return Night(on, row, stay)


def gather(nights: Sequence[Night]) -> Iterator[tuple[Stay, tuple[int, ...]]]:
    """Stays with their first and last day, and the rows they were read from."""
    run: list[Night] = []
    for night in nights:
        if run and not _goes_on(run[-1], night):
            yield _stay(run)
            run = []
        run.append(night)
    if run:
        yield _stay(run)


def _goes_on(last: Night, night: Night) -> bool:
    same = (last.stay.kind, last.stay.name) == (night.stay.kind, night.stay.name)
    return same and night.on - last.on in (dt.timedelta(0), _DAY)


def _stay(run: Sequence[Night]) -> tuple[Stay, tuple[int, ...]]:
    """The first row that gives an address, a telephone or a town gives it for all."""
    said = {
        name: next((value for night in run if (value := getattr(night.stay, name))), None)
        for name in ("address", "phone", "city")
    }
    days = {"checks_in": run[0].on, "checks_out": run[-1].on + _DAY}
    return run[0].stay.model_copy(update={**said, **days}), tuple(night.row for night in run)
