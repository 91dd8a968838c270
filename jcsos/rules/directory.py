"""Which entries of the directory want a look, and why. Pure: entries in, an order out. Not here: rows, screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.kit.choices import LabelledEnum

STALE_AFTER = dt.timedelta(days=180)
"""Our proposal: numbers are asked for again twice a year. No source sets a period."""


class Want(LabelledEnum):
    """Why an entry wants a look, the most pressing first."""

    GONE = "gone", "変わったと記録されています", "Recorded as changed or gone"
    EMPTY = "empty", "番号が未確認です", "No number known"
    NEVER = "never", "確かめた日がありません", "Never verified"
    STALE = "stale", "確かめてから6か月を過ぎました", "Verified more than half a year ago"


@dataclass(frozen=True)
class Entry:
    """One desk, mission, insurer or assistance company as it is known today; empty text means 未確認.

    ``numbers`` are pairs of a label (Japanese) and the number as its source writes it. ``changed`` tells that the last
    check found the entry changed or gone. ``url`` leads to the page of an entry that is kept elsewhere.
    """

    listed: str
    key: str
    name: str
    english: str
    country: str = ""
    jurisdiction: tuple[str, ...] = ()
    address: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    valid_from: dt.date | None = None
    verified_on: dt.date | None = None
    changed: bool = False
    url: str = ""


def want_of(entry: Entry, *, on: dt.date) -> Want | None:
    """Why the entry wants a look on ``on``; ``None`` when it does not."""
    if entry.changed:
        return Want.GONE
    if not any(number for _, number in entry.numbers):
        return Want.EMPTY
    if entry.verified_on is None:
        return Want.NEVER
    return Want.STALE if on - entry.verified_on > STALE_AFTER else None


def queue_of(entries: Iterable[Entry], *, on: dt.date) -> list[tuple[Entry, Want]]:
    """The entries that want a look, the most pressing reason first, then the longest unverified, then by name."""
    order = list(Want)
    wanted = [(entry, want) for entry in entries if (want := want_of(entry, on=on))]
    return sorted(wanted, key=lambda pair: (order.index(pair[1]), pair[0].verified_on or dt.date.min, pair[0].name))
