"""The foreign ministry's desks and numbers, each with the days on which it held. Not here: missions abroad."""

from __future__ import annotations

import datetime as dt
from functools import cache

from portal.directory.files import Row, read_table

UNKNOWN_SOURCE = "資料なし"


class Desk(Row):
    """To whom a request is addressed and whom to telephone, on the days ``valid_from``…``valid_to`` (inclusive).

    Phones are Japanese numbers as the source writes them; an empty text means unknown, never "none".
    ``phone``/``email`` take the request itself, ``day_phone``/``night_phone`` are for accidents.
    """

    key: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    until_known: bool = True
    addressee: str = ""
    section: str = ""
    consultation: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""
    emergency_desk: str = ""
    day_phone: str = ""
    day_extension: str = ""
    night_desk: str = ""
    night_phone: str = ""
    night_extension: str = ""
    fax: str = ""
    verified: bool
    source: str
    note: str = ""

    def holds_on(self, on: dt.date) -> bool:
        """Whether ``on`` lies within the days of this row."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def listed(self) -> bool:
        """Whether a source stands behind this row; an unlisted desk has no numbers."""
        return self.source != UNKNOWN_SOURCE


@cache
def mofa_desks() -> tuple[Desk, ...]:
    """Every dated row, oldest first."""
    return read_table("desks.yaml", Desk)


def mofa_desk(*, on: dt.date) -> Desk:
    """The ministry's desk on ``on`` (a letter's or a trip's date); an unlisted desk where no source covers the day."""
    return next((desk for desk in mofa_desks() if desk.holds_on(on)), _unlisted(on))


def superseded_numbers(*, on: dt.date) -> frozenset[str]:
    """The ministry's numbers of other times that no longer hold on ``on``: a plan that prints one is out of date."""
    current = mofa_desk(on=on)
    held = {current.phone, current.day_phone, current.night_phone, current.fax, ""}
    others = (desk for desk in mofa_desks() if desk.key != current.key)
    return frozenset(number for desk in others for number in (desk.day_phone, desk.night_phone, desk.fax)) - held


def _unlisted(on: dt.date) -> Desk:
    return Desk(
        key="mofa-unlisted",
        valid_from=on,
        valid_to=on,
        verified=False,
        source=UNKNOWN_SOURCE,
        note="この日の外務省の窓口と電話番号は資料にありません。外務省のページで確かめて記入してください。",
    )
