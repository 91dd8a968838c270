"""Until when the cover of somebody who leaves in mid-term lasts (JET page, Policy Outline). Pure dates.

Not here: the periods of those who stay (catalogue), the windows of single benefits (cover).
"""

from __future__ import annotations

import calendar
import datetime as dt

from portal.kit.era import western_date
from portal.kit.text import Refused

FIRST_YEAR, LAST_YEAR = 1987, 2099  # the programme began in 1987; the tables of the portal end in 2099


def cover_end_after_leaving(termination: dt.date, *, original_end: dt.date, home: dt.date | None = None) -> dt.date:
    """The last day covered of someone whose appointment ends on ``termination`` and who reaches home on ``home``.

    The day before the corresponding date of the next month (its last day where there is none, by analogy with
    民法143条2項), the day of reaching home, or the original end, whichever is earliest. Raises :class:`Refused` for
    days in an impossible order.
    """
    for day in (termination, original_end, *((home,) if home else ())):
        _refuse_far(day)
    if termination > original_end:
        raise Refused(
            f"任用の終了日({western_date(termination)})が、元の保険期間の終わり({western_date(original_end)})より後です。"
            "日付を確かめてください",
            f"The appointment ends on {termination}, after the original end of cover {original_end}",
        )
    if home is not None and home < termination:
        raise Refused(
            f"帰国日({western_date(home)})が、任用の終了日({western_date(termination)})より前です。"
            "一時帰国ではなく、任用が終わって自宅に着いた日を書いてください",
            f"Home was reached on {home}, before the appointment ended on {termination}",
        )
    return min(day for day in (_month_later(termination), original_end, home) if day)


def _month_later(day: dt.date) -> dt.date:
    """The day before the corresponding date of the next month, or that month's last day where there is none."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = calendar.monthrange(year, month)[1]
    if day.day > last:
        return dt.date(year, month, last)
    return dt.date(year, month, day.day) - dt.timedelta(days=1)


def _refuse_far(day: dt.date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(
            f"{western_date(day)}は数えられません。{FIRST_YEAR}年から{LAST_YEAR}年までの日を書いてください",
            f"{day} cannot be counted; write a day between {FIRST_YEAR} and {LAST_YEAR}",
        )
