"""CO4x: every night has exactly one place, stays lie in the trip, people and hosts add up.

Not here: addresses and telephones of the places (annex 3), what happens by day (days).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from portal.directory.countries import country
from portal.dossier.types import Destination, Dossier, Homestay, Leg, Stay
from portal.lawbook.outcome import Fault, NotApplicable, Outcomes, Several, Subject, ToFollow
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import BEDS, DESTINATIONS, HOMESTAY, LEGS, STAYS, WHOLE, TripFacts
from trips.facts.nights import Night, missing_nights
from trips.facts.parties import Party
from trips.facts.places import same_city
from trips.facts.subjects import joined
from trips.rules.chapter import BOOK

_LODGING = ("別添三 四",)
_HOSTS = ("別添一 一(三)(ハ)",)
_DAY = dt.timedelta(days=1)


@BOOK.rule(
    "CO41",
    "どの夜にも泊まる所がある",
    "Every night is spent somewhere",
    cites=_LODGING,
    severity=BLOCK,
    each=WHOLE,
    needs=("outline.departs_on", "outline.returns_on", "stays"),
    remedy="lodging",
    hint=("機中泊・船中泊も一泊として入れてください。", "Enter nights on board as well."),
)
def every_night_has_a_bed(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    for party, nights in facts.nights:
        if facts.has_undated_stay(party):
            continue  # a stay still without its dates may fill the night (A344)
        for day in missing_nights(party, nights):
            yield Fault(
                f"{_for(party)}{day_words(day)}の夜に泊まる所がありません。{_neighbours(day, nights)}"
                "宿泊先か、機中泊などを入れてください。",
                f"{_for_en(party)}Nobody knows where the night of {day} is spent. Enter a stay or a night on board.",
                "/stays",
            )


def _neighbours(day: dt.date, nights: dict[dt.date, Night]) -> str:
    told = [
        f"{word}は{_places(nights[near])}"
        for word, near in (("前の夜", day - _DAY), ("次の夜", day + _DAY))
        if near in nights
    ]
    return f"{'、'.join(told)}です。" if told else ""


def _places(night: Night) -> str:
    everything: tuple[Subject[Any], ...] = (*night.beds, *night.aboard, *night.legs)
    return joined(part.ja for part in everything)


@BOOK.rule(
    "CO42",
    "一つの夜に泊まる所が重ならない",
    "No night is spent in two places",
    cites=_LODGING,
    severity=BLOCK,
    each=WHOLE,
    needs=("stays",),
    remedy="lodging#checks_out",
    hint=(
        "分かれて泊まるときは、班を分けるか、それぞれの人数を書いてください。",
        "If you split up, say how many.",
    ),
)
def no_night_twice(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    told: set[str] = set()
    for party, nights in facts.nights:
        for day in sorted(nights):
            night = nights[day]
            places = _places(night)
            if night.places > 1 and places not in told and not _shared_out(party, night, facts):
                told.add(places)
                yield Fault(
                    f"{_for(party)}{day_words(day)}の夜に泊まる所が重なっています({places})。日付を直すか、"
                    "分かれて泊まるならそれぞれの人数を書いてください。",
                    f"{_for_en(party)}The night of {day} is spent in {night.places} places. Mend the dates, or say "
                    "how many stay where.",
                    f"{night.beds[-1].pointer}/checks_in",
                )


def _shared_out(party: Party, night: Night, facts: TripFacts) -> bool:
    """Whether the people of several beds add up to the party, so that it is split up and not in two places."""
    people = [bed.value.people for bed in night.beds]
    return not night.carried and None not in people and sum(filter(None, people)) == _heads(party, facts)


def _heads(party: Party, facts: TripFacts) -> int:
    return facts.heads if party.key is None else party.people


@BOOK.rule(
    "CO43",
    "宿泊の日付が旅行の日付に収まる",
    "Stays lie within the trip",
    cites=_LODGING,
    severity=BLOCK,
    each=STAYS,
    needs=("checks_in", "checks_out"),
    remedy="lodging#checks_in",
    hint=("現地の日付で書いてください。", "Local dates."),
)
def stay_within_trip(stay: Subject[Stay], facts: TripFacts, law: Law) -> Several:
    first, last = facts.first_day, facts.last_day
    for at, ja, en, day in (
        ("checks_in", "泊まる最初の日", "first night", stay.value.checks_in),
        ("checks_out", "出る日", "last day", stay.value.checks_out),
    ):
        if day and first and last and not first <= day <= last:
            yield Fault(
                f"{stay.ja}の{ja}{day_words(day)}が旅行の日付({day_words(first)}〜{day_words(last)})の外です。直してください。",
                f"{stay.en}: the {en} {day} is outside the trip from {first} to {last}. Mend it.",
                at,
            )


@BOOK.rule(
    "CO44",
    "泊まる都市が訪問先に入っている",
    "Stays are in the cities of the trip",
    cites=_LODGING,
    severity=WARN,
    each=BEDS,
    needs=("city",),
    remedy="lodging#city",
    hint=("訪問先の一覧と同じ書き方で都市を書いてください。", "Write the city as in the list of destinations."),
)
def stay_in_a_destination(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    places = [place for place in facts.destinations if same_city(place.value.city, stay.value.city)]
    listed = joined(f"「{place.value.city}」" for place in facts.destinations if place.value.city) or "(なし)"
    if not places:
        return Fault(
            f"{stay.ja}の都市「{stay.value.city}」が訪問先{listed}にありません。訪問先に足すか、どちらかを直してください。",
            f"{stay.en}: “{stay.value.city}” is not among the destinations. Add it, or mend either.",
        )
    where, code = stay.value.country, places[0].value.country
    if where and code and where not in {place.value.country for place in places}:
        return Fault(
            f"{stay.ja}の国・地域は{country(where).ja}ですが、訪問先の「{places[0].value.city}」は{country(code).ja}です。"
            "どちらかを直してください。",
            f"{stay.en} is in {country(where).en}, but “{places[0].value.city}” in {country(code).en}. Mend either.",
            "country",
        )
    return None


@BOOK.rule(
    "CO45",
    "訪問先に入れた都市へ行く予定がある",
    "Every destination is visited",
    cites=("別添三 一",),
    severity=WARN,
    each=DESTINATIONS,
    needs=("city", "country"),
    remedy="destinations#city",
    hint=("行かなくなった都市は訪問先から消してください。", "Remove a city that is no longer visited."),
)
def destination_is_visited(place: Subject[Destination], facts: TripFacts, law: Law) -> Several:
    city, code = place.value.city or "", place.value.country or ""
    if not place.value.transit and not facts.goes_to(city):
        yield Fault(
            f"{place.ja}が訪問先にありますが、泊まる日も行程も便もありません。行程に入れるか、訪問先から消してください。",
            f"{place.en} is a destination, but there is no night, activity or leg. Plan it or remove it.",
            "city",
        )
    zones = country(code).zones
    if place.value.zone and zones and not facts.zone_of_country(place.value.zone, zones):
        yield Fault(
            f"{place.ja}は{country(code).ja}ですが、時刻帯が{place.value.zone}になっています。どちらかを直してください。",
            f"{place.en} is in {country(code).en}, but its zone is {place.value.zone}. Mend either.",
            "zone",
        )


@BOOK.rule(
    "CO46",
    "宿泊先の人数が参加者数と合う",
    "The people in the beds are those who travel",
    cites=("別添三 四", "別添三 七"),
    severity=WARN,
    each=STAYS,
    needs=("people",),
    remedy="lodging#people",
    hint=("その宿泊先に泊まる全員の数を書いてください。", "How many stay there."),
)
def people_in_beds(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    people, expected = stay.value.people, facts.heads_for(stay.value.groups)
    if not expected or people == expected:
        return None
    beside = [other for other in facts.stays if other is not stay and _same_night(stay.value, other.value)]
    if (people or 0) + sum(other.value.people or 0 for other in beside) == expected and beside:
        return None
    return Fault(
        f"{stay.ja}の人数は{people}人ですが、泊まるはずの参加者は{expected}人です。{_and_beside(beside)}"
        "人数を直すか、分かれて泊まる所を入れてください。",
        f"{stay.en} is for {people} people, but {expected} should stay there. Mend it, or enter where the others stay.",
    )


def _same_night(one: Stay, other: Stay) -> bool:
    if one.groups != other.groups or None in (one.checks_in, one.checks_out, other.checks_in, other.checks_out):
        return False
    return one.checks_in < other.checks_out and other.checks_in < one.checks_out  # type: ignore[operator]


def _and_beside(beside: Iterable[Subject[Stay]]) -> str:
    words = joined(f"{other.ja}に{other.value.people}人" for other in beside)
    return f"ほかは{words}です。" if words else ""


@BOOK.rule(
    "CO47",
    "便の人数が参加者数と合う",
    "The people on each leg are those who travel",
    cites=("別添三 一", "別添三 七"),
    severity=WARN,
    each=LEGS,
    needs=("people",),
    remedy="itinerary#people",
    hint=("その便に乗る全員の数を書いてください。", "How many travel on it."),
)
def people_on_legs(leg: Subject[Leg], facts: TripFacts, law: Law) -> Outcomes:
    people, expected = leg.value.people, facts.heads_for(leg.value.groups)
    if not expected or people == expected:
        return None
    beside = [other for other in facts.legs if other is not leg and _same_way(leg.value, other.value)]
    if beside and (people or 0) + sum(other.value.people or 0 for other in beside) == expected:
        return None
    others = joined(f"{other.ja}に{other.value.people}人" for other in beside)
    return Fault(
        f"{leg.ja}の人数は{people}人ですが、乗るはずの参加者は{expected}人です。"
        f"{f'ほかは{others}です。' if others else ''}人数を直すか、分かれて乗る便を入れてください。",
        f"{leg.en} is for {people} people, but {expected} should be on it. Mend it, or enter the other leg.",
    )


def _same_way(one: Leg, other: Leg) -> bool:
    if one.groups != other.groups or one.departs_at is None or other.departs_at is None:
        return False
    alike = one.origin == other.origin or one.destination == other.destination
    return alike and one.departs_at.date() == other.departs_at.date()


def _no_host_list(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    if facts.dossier.hosts or homestay.value.used is None:
        return None
    if facts.homestay_used:
        return NotApplicable("受入家庭一覧がまだありません", "No list of host families yet")
    return NotApplicable("ホームステイは行いません", "No homestay")


@BOOK.rule(
    "CO48",
    "ホームステイの生徒が一人ずつ一つの家庭にいる",
    "Every pupil of the homestay is with one family",
    cites=_HOSTS,
    severity=WARN,
    each=HOMESTAY,
    needs=("used",),
    when=_no_host_list,
    remedy="homestay#hosts",
    hint=("受入家庭一覧で、生徒を一人ずつ選んでください。", "Choose every pupil once in the list of families."),
)
def one_family_each(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Several:
    homes: dict[str, list[str]] = defaultdict(list)
    for host in facts.hosts:
        for guest in host.value.guests:
            homes[guest].append(host.ja)
            if facts.dossier.participants and facts.person(guest) is None:
                yield Fault(
                    f"{host.ja}の生徒「{guest}」が参加者名簿にいません。選び直してください。",
                    f"{host.en}: guest “{guest}” is not in the roster. Choose again.",
                    f"{host.pointer}/guests",
                )
    for guest, families in homes.items():
        person = facts.person(guest)
        if person and len(families) > 1:
            yield Fault(
                f"{person.ja}が{joined(families)}の両方にいます。一つの家庭にしてください。",
                f"{person.en} is with {len(families)} families. Keep one.",
                "/hosts",
            )
    yield from _without_family(homes, facts, law)


def _without_family(homes: dict[str, list[str]], facts: TripFacts, law: Law) -> Several:
    left = [person for person in facts.students if person.value.key not in homes]
    due = facts.dossier.homestay.list_due_on
    if not left:
        return
    if due and law.on <= due:
        yield ToFollow(
            f"生徒{len(left)}人の受入家庭は{day_words(due)}までに確定", f"{len(left)} pupils by {due}", due, "/hosts"
        )
        return
    some = joined(person.ja for person in left[:3]) + ("ほか" if len(left) > 3 else "")
    yield Fault(
        f"受入家庭一覧に入っていない生徒が{len(left)}人います({some})。家庭を選んでください。",
        f"{len(left)} pupils are in no family of the list. Choose one for each.",
        "/hosts",
    )


def _for(party: Party) -> str:
    return f"{party.ja}: " if party.ja else ""


def _for_en(party: Party) -> str:
    return f"{party.en}: " if party.en else ""
