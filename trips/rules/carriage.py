"""CO2x: legs arrive after they leave, fit their airports, take a plausible time, and join up.

Not here: whether numbers and times are entered (annex 3), the days around them (days).
"""

from __future__ import annotations

import datetime as dt

from portal.directory.airports import Airport
from portal.directory.countries import JAPAN, country
from portal.dossier.types import Dossier, Leg, LegMode
from portal.lawbook.outcome import Fault, Missing, Outcome, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import moment_words
from trips.facts import FLIGHTS, LEGS, WHOLE, TripFacts
from trips.facts.journey import LegEnds, airport_of, country_of_airport, offset_of
from trips.facts.parties import Party
from trips.facts.places import cities_of, near
from trips.facts.subjects import joined
from trips.rules.chapter import BOOK

_ITINERARY = ("別添三 一",)
_TIMES = (
    "発着の時刻はそれぞれの土地の時刻で書いてください。日付をまたぐ便は到着日に注意してください。",
    "Write each time as it is in that place, and mind the date of arrival.",
)


def _index(subject: Subject[Leg]) -> int:
    return int(subject.pointer.rsplit("/", 1)[1])


@BOOK.rule(
    "CO21",
    "どの便も出発より後に着く",
    "Every leg arrives after it leaves",
    cites=_ITINERARY,
    severity=BLOCK,
    each=LEGS,
    needs=("departs_at", "arrives_at"),
    to_follow="to_follow_on",
    remedy="itinerary#arrives_at",
    hint=_TIMES,
)
def arrives_after_leaving(leg: Subject[Leg], facts: TripFacts, law: Law) -> Outcomes:
    ends = facts.ends[_index(leg)]
    if ends.lasts is None:
        return _zone_missing(ends)
    longest = dt.timedelta(hours=law.amount(_LONGEST.get(leg.value.mode, "land_hours_most")))
    if dt.timedelta() < ends.lasts <= longest:
        return None
    times = f"{_moment(leg.value.departs_at)}発・{_moment(leg.value.arrives_at)}着"
    said = "出発より前に着く" if ends.lasts <= dt.timedelta() else f"{_hours(ends.lasts)}かかる"
    return Fault(
        f"{leg.ja}は{times}で、時差を入れて計算すると{said}ことになります。日付と時刻を確かめてください。",
        f"{leg.en} leaves {leg.value.departs_at} and arrives {leg.value.arrives_at}: with the time difference it "
        f"lasts {_hours_en(ends.lasts)}. Check dates and times.",
        "arrives_at",
    )


_LONGEST = {LegMode.FLIGHT: "flight_hours_most", LegMode.SHIP: "ship_hours_most"}


def _zone_missing(ends: LegEnds) -> Missing:
    at = "departs_zone" if ends.departs is None else "arrives_zone"
    where = "出発地" if ends.departs is None else "到着地"
    return Missing(
        f"{ends.subject.ja}の「{where}の時刻帯」が未入力です。時差の計算に使います。例: Asia/Taipei",
        f"{ends.subject.en}: the zone is not filled in at one end, e.g. Asia/Taipei.",
        at,
    )


@BOOK.rule(
    "CO22",
    "飛行時間が距離に合う",
    "The flying time fits the distance",
    cites=_ITINERARY,
    severity=WARN,
    each=FLIGHTS,
    needs=("departs_at", "arrives_at", "origin", "destination"),
    to_follow="to_follow_on",
    remedy="itinerary#arrives_at",
    verified=False,
    hint=_TIMES,
)
def flying_time_fits(leg: Subject[Leg], facts: TripFacts, law: Law) -> Outcomes:
    ends = facts.ends[_index(leg)]
    if ends.lasts is None or ends.kilometres is None or ends.lasts <= dt.timedelta():
        return None  # said by CO21 and CO29
    hours = ends.lasts / dt.timedelta(hours=1)
    quickest = ends.kilometres / law.amount("flight_kmh_most")
    slowest = ends.kilometres / law.amount("flight_kmh_least") + law.amount("flight_minutes_spare") / 60
    if quickest <= hours <= slowest:
        return None
    return Fault(
        f"{leg.ja}は{leg.value.origin}から{leg.value.destination}まで約{ends.kilometres:,.0f}kmですが、"
        f"飛行時間が{_hours(ends.lasts)}になっています。時刻と日付を確かめてください。",
        f"{leg.en}: {leg.value.origin} to {leg.value.destination} is about {ends.kilometres:,.0f} km, but it takes "
        f"{_hours_en(ends.lasts)}. Check times and dates.",
        "arrives_at",
    )


@BOOK.rule(
    "CO23",
    "時刻帯が空港に合う",
    "The zones are those of the airports",
    cites=_ITINERARY,
    severity=BLOCK,
    each=FLIGHTS,
    needs=("origin", "destination", "departs_at", "arrives_at"),
    to_follow="to_follow_on",
    remedy="itinerary#departs_zone",
    hint=("空港を選ぶと時刻帯が入ります。", "The airport brings its zone."),
)
def zones_fit_airports(leg: Subject[Leg], facts: TripFacts, law: Law) -> Several:
    ends, part = facts.ends[_index(leg)], leg.value
    for at, place, zone, local in (
        ("departs_zone", ends.origin, part.departs_zone, part.departs_at),
        ("arrives_zone", ends.destination, part.arrives_zone, part.arrives_at),
    ):
        if place and zone and local and offset_of(zone, local) != offset_of(place.zone, local):
            yield Fault(
                f"{leg.ja}: {_airport_words(place)}の時刻帯は{place.zone}ですが、{zone}になっています。"
                "どちらかを直してください。",
                f"{leg.en}: the zone of {place.code} is {place.zone}, but {zone} is entered. Mend either.",
                at,
            )


@BOOK.rule(
    "CO24",
    "前の便が着いてから次の便が出る",
    "Each leg leaves after the one before has arrived",
    cites=_ITINERARY,
    severity=BLOCK,
    each=WHOLE,
    needs=("legs",),
    remedy="itinerary#departs_at",
    hint=_TIMES,
)
def legs_do_not_overlap(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for party, first, second in facts.joined_legs():
        if first.arrives and second.departs and second.departs < first.arrives:
            yield Fault(
                f"{_for(party)}{first.subject.ja}が着く({_moment(first.leg.arrives_at)})前に、"
                f"{second.subject.ja}が出ます({_moment(second.leg.departs_at)})。時刻を確かめてください。",
                f"{second.subject.en} leaves at {second.leg.departs_at}, before {first.subject.en} has arrived at "
                f"{first.leg.arrives_at}. Check the times.",
                f"{second.subject.pointer}/departs_at",
            )


@BOOK.rule(
    "CO25",
    "着いた空港から次の便が出る",
    "The next flight leaves from the airport of arrival",
    cites=_ITINERARY,
    severity=BLOCK,
    each=WHOLE,
    needs=("legs",),
    remedy="itinerary#origin",
    hint=("空港を移るときは、その間の鉄道やバスを入れてください。", "Enter the train or bus between two airports."),
)
def flights_join_up(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for party, first, second in facts.joined_legs():
        if first.destination and second.origin and first.destination.code != second.origin.code:
            yield _gap(party, first, second)


@BOOK.rule(
    "CO26",
    "移動が途切れずにつながる",
    "Legs on land join up",
    cites=_ITINERARY,
    severity=WARN,
    each=WHOLE,
    needs=("legs",),
    remedy="itinerary#origin",
    hint=(
        "間の移動を入れるか、同じ場所は同じ書き方にそろえてください。",
        "Enter what is between, or write one place alike.",
    ),
)
def land_legs_join_up(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for party, first, second in facts.joined_legs():
        if not (first.destination and second.origin) and _apart(first, second, facts):
            yield _gap(party, first, second)


def _apart(first: LegEnds, second: LegEnds, facts: TripFacts) -> bool:
    """Whether two ends cannot be one place: they name different cities of the trip, or read quite differently."""
    here, there = first.leg.destination, second.leg.origin
    if not here or not there:
        return False
    named = cities_of(here, first.destination, facts.cities), cities_of(there, second.origin, facts.cities)
    if all(named):
        return named[0].isdisjoint(named[1])
    return not (first.destination or second.origin) and not near(here, there)


@BOOK.rule(
    "CO27",
    "乗継ぎの時間がある",
    "There is time to change",
    cites=_ITINERARY,
    severity=WARN,
    each=WHOLE,
    needs=("legs",),
    remedy="itinerary#departs_at",
    verified=False,
    hint=("国際線の乗継ぎは航空会社の決める時間より長く取ってください。", "Take more than the airline's minimum."),
)
def time_to_change(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    least = dt.timedelta(minutes=law.amount("transfer_minutes_least"))
    for party, first, second in facts.joined_legs():
        if not second.flies or not first.arrives or not second.departs:
            continue
        spare = second.departs - first.arrives
        if dt.timedelta() <= spare < least:
            minutes = int(spare.total_seconds() // 60)
            yield Fault(
                f"{_for(party)}{first.subject.ja}が着いてから{second.subject.ja}が出るまで{minutes}分しかありません。"
                f"{least.seconds // 60}分以上あける予定に直してください。",
                f"Only {minutes} minutes lie between {first.subject.en} and {second.subject.en}. Leave more time.",
                f"{second.subject.pointer}/departs_at",
            )


@BOOK.rule(
    "CO28",
    "便の発着する国が訪問先に入っている",
    "Legs run between Japan and the countries of the trip",
    cites=_ITINERARY,
    severity=WARN,
    each=FLIGHTS,
    needs=("origin", "destination"),
    to_follow="to_follow_on",
    remedy="destinations#country",
    hint=("乗り継ぐだけの国も、訪問先に「乗継ぎのみ」で入れてください。", "Enter countries of transit as well."),
)
def legs_run_in_the_trip(leg: Subject[Leg], facts: TripFacts, law: Law) -> Several:
    ends = facts.ends[_index(leg)]
    for at, place in (("origin", ends.origin), ("destination", ends.destination)):
        code = country_of_airport(place) if place else JAPAN
        if code != JAPAN and facts.countries and code not in facts.countries:
            visited = joined(country(other).ja for other in sorted(facts.countries))
            yield Fault(
                f"{leg.ja}は{country(code).ja}の「{getattr(leg.value, at)}」に発着しますが、訪問先は{visited}だけです。"
                "訪問先に足すか、便を直してください。",
                f"{leg.en} touches {country(code).en}, which is not among the destinations. Add it, or mend the leg.",
                at,
            )


@BOOK.rule(
    "CO29",
    "航空機の発着地が空港の3文字になっている",
    "Flights are between airports we know",
    cites=_ITINERARY,
    severity=WARN,
    each=FLIGHTS,
    needs=("origin", "destination"),
    to_follow="to_follow_on",
    remedy="itinerary#origin",
    hint=("空港の3文字を書いてください。例: NRT(成田)、TPE(台北桃園)", "Three letters, e.g. NRT, TPE."),
)
def airports_are_known(leg: Subject[Leg], facts: TripFacts, law: Law) -> Several:
    for at, text in (("origin", leg.value.origin), ("destination", leg.value.destination)):
        if airport_of(text) is None:
            yield Fault(
                f"{leg.ja}の「{text}」は空港の3文字の記号ではありません。例: NRT(成田)、TPE(台北桃園)",
                f"{leg.en}: “{text}” is not the three letters of an airport, e.g. NRT, TPE.",
                at,
            )


def _gap(party: Party, first: LegEnds, second: LegEnds) -> Outcome:
    return Fault(
        f"{_for(party)}{first.subject.ja}は「{first.leg.destination}」に着きますが、次の{second.subject.ja}は"
        f"「{second.leg.origin}」から出ます。間の移動を入れるか、どちらかを直してください。",
        f"{first.subject.en} ends at “{first.leg.destination}”, but {second.subject.en} begins at "
        f"“{second.leg.origin}”. Enter what is between, or mend either.",
        f"{second.subject.pointer}/origin",
    )


def _for(party: Party) -> str:
    return f"{party.ja}: " if party.ja else ""


def _airport_words(place: Airport) -> str:
    return f"{place.ja or place.name}({place.code})"


def _moment(local: dt.datetime | None) -> str:
    return moment_words(local) if local else "時刻未入力"


def _hours(span: dt.timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60}時間{minutes % 60}分"


def _hours_en(span: dt.timedelta) -> str:
    return f"{span.total_seconds() / 3600:.1f} hours"
