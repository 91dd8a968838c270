"""The journey at a glance: each night with its bed, each day with what is written for it; gaps stand where they are.

Here: reading the plan for two overviews. Not here: judging it (trips.rules), the rows' forms (blocks).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext

from portal.dossier.types import Activity, Dossier, Leg, Stay
from portal.lawbook.finding import Finding
from portal.lawbook.outcome import Subject
from portal.ui.labels import label_of, speaks_english
from portal.ui.places import place_name
from portal.ui.school.lines import Names, names_in
from portal.ui.templatetags.shown import jtime
from trips.enums import Section
from trips.facts.nights import Night, missing_nights
from trips.facts.parties import Party
from trips.facts.trip import TripFacts

SectionUrl = Callable[[Section], str]


@dataclass(frozen=True)
class NightShown:
    """One night: where it is spent, each with the link to its row. ``state``: ok, split, missing, double."""

    on: dt.date
    state: str
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Strip:
    """The nights of one party in a row; ``party`` is empty while there are no groups."""

    party: str
    nights: tuple[NightShown, ...]


@dataclass(frozen=True)
class Entry:
    """One thing that happens on a day. ``open`` when the rules found something about it."""

    at: str
    what: str
    detail: str
    url: str
    open: bool = False


@dataclass
class Day:
    """One local date in order of time; ``on`` is ``None`` for what has no date yet."""

    on: dt.date | None
    entries: list[tuple[dt.time, Entry]] = field(default_factory=list)
    beds: list[str] = field(default_factory=list)

    @property
    def in_order(self) -> list[Entry]:
        return [entry for _, entry in sorted(self.entries, key=lambda pair: pair[0])]


def night_strips(dossier: Dossier, *, url_of: SectionUrl) -> list[Strip]:
    """Every night between leaving and coming back, for each party; empty while the dates are not known."""
    strips = []
    for party, nights in TripFacts(dossier).nights:
        lacking = missing_nights(party, nights) if party.leaves and party.comes_back else ()
        days = sorted({*nights, *lacking})
        shown = tuple(_night(day, nights.get(day), url_of) for day in days)
        if shown:
            strips.append(Strip(_party_name(party), shown))
    return strips


def _party_name(party: Party) -> str:
    return (party.en if speaks_english() else party.ja) if party.key else ""


def _night(day: dt.date, night: Night | None, url_of: SectionUrl) -> NightShown:
    if night is None:
        return NightShown(day, "missing")
    lodging, itinerary = url_of(Section.LODGING), url_of(Section.ITINERARY)
    beds = [(_stay_name(bed.value), f"{lodging}#row-stays-{bed.value.key}") for bed in (*night.beds, *night.aboard)]
    legs = [] if night.aboard else [(_leg_name(leg), f"{itinerary}#row-legs-{leg.value.key}") for leg in night.legs]
    return NightShown(day, _state(night), tuple(beds + legs))


def _state(night: Night) -> str:
    if night.places < 2:
        return "ok"
    return "split" if not night.carried and all(bed.value.people is not None for bed in night.beds) else "double"


def _stay_name(stay: Stay) -> str:
    return stay.name or label_of(stay.kind)


def _leg_name(leg: Subject[Leg]) -> str:
    return leg.value.number or label_of(leg.value.mode)


def journey(dossier: Dossier, findings: Iterable[Finding], *, url_of: SectionUrl) -> list[Day]:
    """The plan day by day: departures, arrivals, visits, beds; at the end what has no date."""
    flagged = {"/".join(finding.field.split("/")[:3]) for finding in findings}
    days: dict[dt.date | None, Day] = {}
    names = names_in(dossier)
    base = url_of(Section.ITINERARY)
    for index, leg in enumerate(dossier.legs):
        for moment, entry in _leg_entries(leg, names, f"{base}#row-legs-{leg.key}", f"/legs/{index}" in flagged):
            _put(days, moment.date() if moment else None, moment.time() if moment else None, entry)
    for index, visit in enumerate(dossier.activities):
        url = f"{base}#row-activities-{visit.key}"
        _put(days, visit.on, visit.starts, _visit(visit, names, url, f"/activities/{index}" in flagged))
    _add_beds(days, dossier)
    return [days[day] for day in sorted(days, key=lambda day: (day is None, day or dt.date.min))]


def _put(days: dict[dt.date | None, Day], on: dt.date | None, at: dt.time | None, entry: Entry) -> None:
    days.setdefault(on, Day(on)).entries.append((at or dt.time(), entry))


def _leg_entries(leg: Leg, names: Names, url: str, flagged: bool) -> list[tuple[dt.datetime | None, Entry]]:
    """Departure and arrival on one line; on the next date's page as well when it arrives there."""
    way = f"{place_name(leg.origin) or '?'}→{place_name(leg.destination) or '?'}"
    name = leg.number or label_of(leg.mode)
    groups = "・".join(names.get(key, key) for key in leg.groups)
    detail = " ".join(part for part in (name, groups) if part)
    leaves, comes = leg.departs_at, leg.arrives_at
    if leaves and comes and leaves.date() != comes.date():
        arrival = gettext("%(place)s に到着") % {"place": place_name(leg.destination) or "?"}
        return [
            (leaves, Entry(f"{jtime(leaves)}–", way, detail, url, flagged)),
            (comes, Entry(f"–{jtime(comes)}", arrival, detail, url, flagged)),
        ]
    times = f"{jtime(leaves)}–{jtime(comes)}" if leaves or comes else ""
    return [(leaves or comes, Entry(times, way, detail, url, flagged))]


def _visit(visit: Activity, names: Names, url: str, flagged: bool) -> Entry:
    times = f"{jtime(visit.starts)}–{jtime(visit.ends)}" if visit.starts or visit.ends else ""
    groups = "・".join(names.get(key, key) for key in visit.groups)
    free = gettext("自由行動") if visit.free_time else ""
    detail = " ".join(part for part in (visit.city, free, groups) if part)
    return Entry(times, visit.title or gettext("(名称未入力)"), detail, url, flagged)


def _add_beds(days: dict[dt.date | None, Day], dossier: Dossier) -> None:
    """Where each party sleeps; one line where all sleep in the same place."""
    beds: dict[dt.date, list[tuple[str, str]]] = defaultdict(list)
    for strip in night_strips(dossier, url_of=lambda section: ""):
        for night in strip.nights:
            places = "・".join(dict.fromkeys(name for name, _ in night.places)) or gettext("泊まる所が未入力")
            beds[night.on].append((strip.party, places))
    for day, lines in beds.items():
        together = len({places for _, places in lines}) == 1
        words = [lines[0][1]] if together else [f"{party} {places}".strip() for party, places in lines]
        days.setdefault(day, Day(day)).beds = words
