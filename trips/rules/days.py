"""CO3x: the dates of trip, groups, assembly, activities and papers lie in their right order.

Not here: whether nights have beds (beds), whether the papers are in time (lead time).
"""

from __future__ import annotations

import datetime as dt

from portal.directory.countries import JAPAN
from portal.dossier.types import Activity, Dossier, Group, Outline
from portal.lawbook.outcome import Fault, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words, moment_words
from trips.facts import ACTIVITIES, FREE_TIME, GROUPS, OUTLINE, WHOLE, TripFacts
from trips.facts.dates import claims_after, too_late
from trips.facts.journey import LegEnds
from trips.facts.nights import days
from trips.rules.chapter import BOOK

_ITINERARY = ("別添三 一",)
_CARE = ("15初国教第25号",)
_DAY = dt.timedelta(days=1)


@BOOK.rule(
    "CO30",
    "帰国日が出発日より前でない",
    "The return does not come before the departure",
    cites=_ITINERARY,
    severity=BLOCK,
    each=OUTLINE,
    needs=("departs_on", "returns_on"),
    remedy="outline#returns_on",
    hint=("日本の日付で書いてください。例: 出発 2027年3月10日、帰国 3月13日", "Dates in Japan."),
)
def comes_back_later(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    leaves, returns = outline.value.departs_on, outline.value.returns_on
    if leaves is None or returns is None or leaves <= returns:
        return None
    return Fault(
        f"帰国日{day_words(returns)}が出発日{day_words(leaves)}より前です。どちらかを直してください。",
        f"The return on {returns} comes before the departure on {leaves}. Mend either.",
        "returns_on",
    )


@BOOK.rule(
    "CO31",
    "班の日付が旅行の日付に収まる",
    "Every group travels within the trip",
    cites=_ITINERARY,
    severity=BLOCK,
    each=GROUPS,
    needs=("departs_on", "returns_on"),
    remedy="outline#groups",
    hint=(
        "旅行の出発日は一番早い班、帰国日は一番遅い班の日付です。",
        "The trip runs from the first group to the last.",
    ),
)
def group_within_trip(group: Subject[Group], facts: TripFacts, law: Law) -> Several:
    leaves, returns = group.value.departs_on, group.value.returns_on
    first, last = facts.dossier.outline.departs_on, facts.dossier.outline.returns_on
    if leaves and first and leaves < first:
        yield Fault(
            f"{group.ja}の出発日{day_words(leaves)}が旅行の出発日{day_words(first)}より前です。どちらかを直してください。",
            f"{group.en} leaves on {leaves}, before the trip's departure on {first}. Mend either.",
            "departs_on",
        )
    if returns and last and returns > last:
        yield Fault(
            f"{group.ja}の帰国日{day_words(returns)}が旅行の帰国日{day_words(last)}より後です。どちらかを直してください。",
            f"{group.en} returns on {returns}, after the trip's return on {last}. Mend either.",
            "returns_on",
        )
    if leaves and returns and leaves > returns:
        yield Fault(
            f"{group.ja}の帰国日{day_words(returns)}が出発日{day_words(leaves)}より前です。どちらかを直してください。",
            f"{group.en} returns on {returns}, before it leaves on {leaves}. Mend either.",
            "returns_on",
        )


@BOOK.rule(
    "CO32",
    "便の日付が旅行の日付と合う",
    "Departure and return are the days of the legs, and no leg lies outside",
    cites=_ITINERARY,
    severity=BLOCK,
    each=WHOLE,
    needs=("legs", "outline.departs_on", "outline.returns_on"),
    remedy="outline#departs_on",
    hint=("日本を離れる便の日が出発日、日本に着く日が帰国日です。", "Departure is the day of leaving Japan."),
)
def days_are_those_of_the_legs(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    outline = dossier.value.outline
    yield from _unlike("旅行", "/outline", outline.departs_on, outline.returns_on, facts.outbound, facts.inbound)
    for party, legs in facts.journeys if facts.groups else ():
        leaving = next((ends for ends in legs if ends.leaves_japan), None)
        coming = next((ends for ends in reversed(legs) if ends.enters_japan), None)
        yield from _unlike(party.ja, party.pointer, party.leaves, party.comes_back, leaving, coming)
    yield from _outside(facts)


def _outside(facts: TripFacts) -> Several:
    """Legs abroad before or after the trip; within Japan one may travel the day before."""
    first, last = facts.first_day, facts.last_day
    for ends in facts.ends:
        leaves, arrives = ends.leg.departs_at, ends.leg.arrives_at
        abroad = ends.begins_in != JAPAN or ends.finishes_in != JAPAN
        if not (abroad and first and last and leaves and arrives):
            continue
        if leaves.date() < first or arrives.date() > last:
            yield Fault(
                f"{ends.subject.ja}({moment_words(leaves)}発・{moment_words(arrives)}着)が、旅行の日付"
                f"({day_words(first)}〜{day_words(last)})の外です。どちらかを直してください。",
                f"{ends.subject.en} ({leaves} to {arrives}) lies outside the trip from {first} to {last}. Mend either.",
                f"{ends.subject.pointer}/departs_at",
            )


def _unlike(
    whose: str,
    pointer: str,
    leaves: dt.date | None,
    returns: dt.date | None,
    leaving: LegEnds | None,
    coming: LegEnds | None,
) -> Several:
    for ja, en, at, said, ends, day in (
        ("出発日", "departure", "departs_on", leaves, leaving, _left_on(leaving)),
        ("帰国日", "return", "returns_on", returns, coming, _came_on(coming)),
    ):
        if ends and said and day and said != day:
            yield Fault(
                f"{whose}の{ja}は{day_words(said)}ですが、{ends.subject.ja}は{day_words(day)}です。どちらかを直してください。",
                f"The {en} is {said}, but {ends.subject.en} is on {day}. Mend either.",
                f"{pointer}/{at}",
            )


def _left_on(ends: LegEnds | None) -> dt.date | None:
    return ends.leg.departs_at.date() if ends and ends.leg.departs_at else None


def _came_on(ends: LegEnds | None) -> dt.date | None:
    return ends.leg.arrives_at.date() if ends and ends.leg.arrives_at else None


@BOOK.rule(
    "CO33",
    "集合してから出発し、着いてから解散する",
    "Assembly comes before the first leg, dismissal after the last",
    cites=_ITINERARY,
    severity=WARN,
    each=WHOLE,
    needs=("outline.assembles_at", "outline.dismissed_at", "legs"),
    remedy="outline#assembles_at",
    hint=("日本時間で書いてください。例: 集合 3月10日 7:00、解散 3月13日 18:30", "Japanese time."),
)
def assembles_and_dismisses(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    outline, leaving, coming = dossier.value.outline, facts.outbound, facts.inbound
    assembles, dismissed = outline.assembles_at, outline.dismissed_at
    if leaving and assembles and leaving.leg.departs_at and not _just_before(assembles, leaving.leg.departs_at):
        yield Fault(
            f"集合{moment_words(assembles)}が、{leaving.subject.ja}の出発{moment_words(leaving.leg.departs_at)}の"
            "前の一日に入っていません。どちらかを直してください。",
            f"Assembly at {assembles} is not within the day before {leaving.subject.en} leaves at "
            f"{leaving.leg.departs_at}. Mend either.",
            "outline.assembles_at",
        )
    if coming and dismissed and coming.leg.arrives_at and not _just_before(coming.leg.arrives_at, dismissed):
        yield Fault(
            f"解散{moment_words(dismissed)}が、{coming.subject.ja}の到着{moment_words(coming.leg.arrives_at)}の"
            "後の一日に入っていません。どちらかを直してください。",
            f"Dismissal at {dismissed} is not within the day after {coming.subject.en} arrives at "
            f"{coming.leg.arrives_at}. Mend either.",
            "outline.dismissed_at",
        )


def _just_before(first: dt.datetime, second: dt.datetime) -> bool:
    return first <= second <= first + _DAY


@BOOK.rule(
    "CO34",
    "毎日の行程が書いてある",
    "Every day has something planned",
    cites=_ITINERARY,
    severity=WARN,
    each=WHOLE,
    needs=("outline.departs_on", "outline.returns_on", "activities"),
    remedy="itinerary",
    hint=("訪問先か移動を一日に一つは入れてください。", "At least one visit or leg a day."),
)
def every_day_is_planned(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    first, last = dossier.value.outline.departs_on, dossier.value.outline.returns_on
    assert first is not None
    assert last is not None
    planned = {activity.on for activity in dossier.value.activities} | facts.days_of_legs
    undated = any(leg.departs_at is None or leg.arrives_at is None for leg in dossier.value.legs)
    if undated or None in planned:
        return  # what has no date yet may fill the day (A312, CO36)
    for day in days(first, last + _DAY):
        if day not in planned:
            yield Fault(
                f"{day_words(day)}は旅行の日({day_words(first)}〜{day_words(last)})ですが、行程も移動もありません。"
                "訪問先か移動を入れてください。",
                f"Nothing is planned on {day}, a day of the trip from {first} to {last}. Enter a visit or a leg.",
                "/activities",
            )


@BOOK.rule(
    "CO35",
    "行程の都市がその日にいる都市である",
    "Activities lie in the city of their day",
    cites=_ITINERARY,
    severity=WARN,
    each=ACTIVITIES,
    needs=("on", "city"),
    remedy="itinerary#city",
    hint=("泊まる都市か、その日に移動する都市を書いてください。", "The city of the night, or of that day's legs."),
)
def activity_where_we_are(activity: Subject[Activity], facts: TripFacts, law: Law) -> Outcomes:
    city, day = activity.value.city or "", activity.value.on
    if day is None or facts.whereabouts.may_be_in(city, day, activity.value.groups):
        return None
    here = facts.whereabouts.words(day, activity.value.groups)
    return Fault(
        f"{activity.ja}は「{city}」ですが、その日にいるのは{here}です。都市か日付を直すか、間の移動を入れてください。",
        f"{activity.en} is in “{city}”, but on {day} the party is elsewhere. Mend city or date, or enter the leg.",
        "city",
    )


@BOOK.rule(
    "CO36",
    "行程の日付が旅行の日付に収まる",
    "Activities lie within the trip",
    cites=_ITINERARY,
    severity=BLOCK,
    each=ACTIVITIES,
    needs=("on",),
    remedy="itinerary#on",
    hint=("現地の日付で書いてください。", "Local dates."),
)
def activity_within_trip(activity: Subject[Activity], facts: TripFacts, law: Law) -> Several:
    day, first, last = activity.value.on, facts.first_day, facts.last_day
    if day and first and last and not first <= day <= last:
        yield Fault(
            f"{activity.ja}の日付{day_words(day)}が旅行の日付({day_words(first)}〜{day_words(last)})の外です。直してください。",
            f"{activity.en} is on {day}, outside the trip from {first} to {last}. Mend it.",
        )
    starts, ends = activity.value.starts, activity.value.ends
    if starts and ends and ends < starts:
        yield Fault(
            f"{activity.ja}は{starts:%H:%M}に始まり{ends:%H:%M}に終わることになっています。時刻を直してください。",
            f"{activity.en} begins at {starts:%H:%M} and ends at {ends:%H:%M}. Mend the times.",
            "ends",
        )


@BOOK.rule(
    "CO37",
    "自由行動の範囲と連絡先が書いてある",
    "Free time has its area and telephone",
    cites=("別添一 二",),
    severity=WARN,
    each=FREE_TIME,
    needs=("area", "group_phone"),
    remedy="itinerary#area",
    verified=False,
    hint=("歩いてよい範囲と、班が持つ携帯電話を書いてください。", "How far they may go, and the group's mobile."),
)
def free_time_has_hours(activity: Subject[Activity], facts: TripFacts, law: Law) -> Outcomes:
    if activity.value.starts and activity.value.ends:
        return None
    return Fault(
        f"{activity.ja}は自由行動ですが、始まりか終わりの時刻がありません。集合の時刻まで書いてください。",
        f"{activity.en} is free time without its hours. Write when it begins and ends.",
        "starts",
    )


@BOOK.rule(
    "CO38",
    "出発までに済ませることの日付が旅行の後になっていない",
    "What must come before the trip is not dated after it",
    cites=_CARE,
    severity=BLOCK,
    each=WHOLE,
    needs=("outline.departs_on",),
    remedy="readiness",
    hint=("年を間違えていないか確かめてください。", "Check the year."),
)
def nothing_too_late(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for dated in too_late(facts):
        yield Fault(
            f"「{dated.ja}」が{day_words(dated.on)}で、{dated.limit_ja}{day_words(dated.limit)}より後です。"
            "日付を確かめてください。",
            f"“{dated.en}” is {dated.on}, after {dated.limit_en} on {dated.limit}. Check the date.",
            dated.pointer,
        )


@BOOK.rule(
    "CO39",
    "済んだことの日付がまだ来ていない日になっていない",
    "What is said to be done is not dated in the future",
    cites=_CARE,
    severity=WARN,
    each=WHOLE,
    needs=("destinations",),
    remedy="readiness",
    hint=("予定なら、済んでから日付を入れてください。", "Enter the date when it is done."),
)
def nothing_done_tomorrow(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for dated in claims_after(law.on, facts):
        yield Fault(
            f"「{dated.ja}」が{day_words(dated.on)}で、今日({day_words(law.on)})より先です。日付を確かめてください。",
            f"“{dated.en}” is {dated.on}, later than today, {law.on}. Check the date.",
            dated.pointer,
        )
