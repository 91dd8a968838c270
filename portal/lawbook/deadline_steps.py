"""The arithmetic of a deadline in words, step by step, each with its citation or marked as our proposal.

Not here: the arithmetic itself (deadlines).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from portal.kit import calendar
from portal.kit.era import english_date, western_date
from portal.lawbook.edition import PROPOSAL, Period, PeriodUnit

_ONE_DAY = dt.timedelta(days=1)
_MINE = (PROPOSAL,)


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: ``name`` of the date, the date, the words, and on what they rest."""

    name: str
    on: dt.date
    text: str
    english: str
    citation: tuple[str, ...]


@dataclass(frozen=True)
class Dates:
    """The dates of one count, and the open days between them."""

    departure: dt.date
    nominal: dt.date
    receipt: dt.date
    strict: dt.date
    authority_dispatch: dt.date
    municipal_dispatch: dt.date | None
    school_submission: dt.date
    authority_days: int
    municipal_days: int
    school_days: int


def explain(period: Period, dates: Dates) -> Iterator[Step]:
    """The steps from departure back to the school's submission, in the order in which they are counted."""
    yield _departure(period, dates)
    yield _nominal(period, dates)
    yield _receipt(period, dates)
    yield _strict(period, dates)
    yield _authority(dates)
    if dates.municipal_dispatch is not None:
        yield _municipal(dates, dates.municipal_dispatch)
    yield _school(dates)


def _departure(period: Period, dates: Dates) -> Step:
    return Step(
        "departure",
        dates.departure,
        f"出発日(参加者のうち最も早い人が日本を離れる日)は{western_date(dates.departure)}です。",
        f"The first of the party leaves Japan on {english_date(dates.departure)}.",
        period.citation,
    )


def _nominal(period: Period, dates: Dates) -> Step:
    if period.unit is PeriodUnit.DAY:
        text = (
            f"{period.words}こととされています。出発日を数えずに{period.count}日前は{western_date(dates.nominal)}です。"
        )
        how, citation = f"{period.count} days before departure", period.citation
    elif dates.nominal.day == dates.departure.day:
        text = f"{period.words}こととされています。前の月の同じ日は{western_date(dates.nominal)}です。"
        how, citation = "The same day of the month before", period.citation
    else:
        text = (
            f"{period.words}こととされています。前の月に{dates.departure.day}日はないので、"
            f"その月の末日の{western_date(dates.nominal)}とします。"
        )
        how = f"The month before has no day {dates.departure.day}, so its last day"
        citation = (*period.citation, *_MINE)
    return Step("nominal", dates.nominal, text, f"{how}: {english_date(dates.nominal)}.", citation)


def _receipt(period: Period, dates: Dates) -> Step:
    due = western_date(dates.receipt)
    if dates.receipt == dates.nominal:
        text = f"外務省の開庁日なので、{due}の17時までに届いている必要があります(発送ではなく受取り)。"
        english = f"The ministry is open, so the papers must have arrived by 17:00 on {english_date(dates.receipt)}."
    else:
        text = (
            f"{_closed_days(dates)}で外務省が閉まっているため、前の開庁日の{due}の17時までに届いている必要があります"
            "(発送ではなく受取り)。通知の期限は法令の期間ではないので、後ろへは延びません。"
        )
        english = (
            f"The ministry is closed on that day, so the open day before: the papers must have arrived "
            f"by 17:00 on {english_date(dates.receipt)}; a notice's period never moves later."
        )
    return Step("receipt", dates.receipt, text, english, (*period.citation, *_MINE))


def _closed_days(dates: Dates) -> str:
    """2月28日は日曜日、2月27日は土曜日: from the nominal day back to the open one, each reason once."""
    days: dict[str | None, list[str]] = {}
    for back in range((dates.nominal - dates.receipt).days):
        day = dates.nominal - _ONE_DAY * back
        days.setdefault(calendar.closed_reason(day), []).append(f"{day.month}月{day.day}日")
    return "、".join(f"{'・'.join(named)}は{reason}" for reason, named in days.items())


def _strict(period: Period, dates: Dates) -> Step:
    whole = f"まる{period.count}日" if period.unit is PeriodUnit.DAY else "まる一か月"
    return Step(
        "strict",
        dates.strict,
        f"受取りの日と出発日の間を{whole}空けるよう厳しく読めば、{western_date(dates.strict)}までに届かせるのが安全です。",
        f"Read strictly, with the whole period in between: {english_date(dates.strict)}.",
        _MINE,
    )


def _authority(dates: Dates) -> Step:
    return Step(
        "authority_dispatch",
        dates.authority_dispatch,
        f"所管庁は、その{dates.authority_days}開庁日前の{western_date(dates.authority_dispatch)}までに発送します。",
        f"The authority sends {dates.authority_days} open days before: {english_date(dates.authority_dispatch)}.",
        _MINE,
    )


def _municipal(dates: Dates, on: dt.date) -> Step:
    return Step(
        "municipal_dispatch",
        on,
        f"市町村教育委員会は、その{dates.municipal_days}開庁日前の{western_date(on)}までに都道府県へ送ります。",
        f"The municipal board sends {dates.municipal_days} open days before that: {english_date(on)}.",
        _MINE,
    )


def _school(dates: Dates) -> Step:
    return Step(
        "school_submission",
        dates.school_submission,
        f"学校は、その{dates.school_days}開庁日前の{western_date(dates.school_submission)}までに提出します。",
        f"The school submits {dates.school_days} open days before that: {english_date(dates.school_submission)}.",
        _MINE,
    )
