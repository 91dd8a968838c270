"""What holds for every seminar: who gets the next place, how a certificate is numbered. Not here: rows, machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

Waiting = TypeVar("Waiting")
_APRIL = 4


def next_in_line(waiting: Sequence[Waiting], *, taken: int, places: int) -> Sequence[Waiting]:
    """Who of the waiting, in the order of their registration, gets a place now.

    >>> next_in_line(["a", "b", "c"], taken=8, places=10)
    ['a', 'b']
    """
    return waiting[: max(0, places - taken)]


def names_go_before(on: dt.date) -> dt.date:
    """Names of seminars that ended before this day are kept no longer: class P2 goes with its business year.

    >>> names_go_before(dt.date(2027, 3, 31)), names_go_before(dt.date(2027, 4, 1))
    (datetime.date(2026, 4, 1), datetime.date(2027, 4, 1))
    """
    return dt.date(on.year - (on.month < _APRIL), _APRIL, 1)


def certificate_number(held_on: dt.date, *, seminar_id: UUID, turn: int) -> str:
    """The number of the ``turn``-th certificate of a seminar: year, end of the seminar's id, turn.

    Counted within one seminar, because certificates of members that left are out of sight when the next are numbered.
    """
    return f"{held_on.year}-{seminar_id.hex[-6:].upper()}-{turn:03d}"
