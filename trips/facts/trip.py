"""The facts of one trip, derived from its dossier at the first asking and kept for all rules.

Not here: what rules are asked about one by one (each), judging (rules), cover (insurance.facts).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

from portal.directory.countries import JAPAN
from portal.dossier import types
from portal.dossier.types import Dossier, ParticipantRole, StayKind
from portal.kit import phones
from portal.kit.phones import PhoneProblem
from portal.lawbook.outcome import Subject
from portal.lawbook.rulebook import Case
from trips.facts import subjects
from trips.facts.ages import age_on
from trips.facts.journey import LegEnds, offset_of
from trips.facts.names import bare
from trips.facts.nights import Night, days, nights_of
from trips.facts.parties import Party, heads_of, parties_of
from trips.facts.places import cities_of, same_city
from trips.facts.whereabouts import Whereabouts


class TripFacts:
    """Views of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.demo = dossier.demo

    @classmethod
    def of(cls, case: Case) -> TripFacts:
        return cls(case.dossier)

    def one(self, name: str, ja: str, en: str) -> tuple[Subject[Any], ...]:
        """A part of the dossier that occurs once, as a subject."""
        return (Subject(f"/{name}", getattr(self.dossier, name), ja, en),)

    # --- entries of the lists ---

    @cached_property
    def home_contacts(self) -> tuple[Subject[types.HomeContact], ...]:
        return subjects.numbered(self.dossier.home_contacts, "/home_contacts", subjects.home_contact_words)

    @cached_property
    def destinations(self) -> tuple[Subject[types.Destination], ...]:
        return subjects.numbered(self.dossier.destinations, "/destinations", subjects.destination_words)

    @cached_property
    def legs(self) -> tuple[Subject[types.Leg], ...]:
        return subjects.numbered(self.dossier.legs, "/legs", subjects.leg_words)

    @cached_property
    def activities(self) -> tuple[Subject[types.Activity], ...]:
        return subjects.numbered(self.dossier.activities, "/activities", subjects.activity_words)

    @cached_property
    def stays(self) -> tuple[Subject[types.Stay], ...]:
        return subjects.numbered(self.dossier.stays, "/stays", subjects.stay_words)

    @cached_property
    def hosts(self) -> tuple[Subject[types.Host], ...]:
        return subjects.numbered(self.dossier.hosts, "/hosts", subjects.host_words)

    @cached_property
    def agents(self) -> tuple[Subject[types.Agent], ...]:
        return subjects.numbered(self.dossier.agents, "/agents", subjects.agent_words)

    @cached_property
    def missions(self) -> tuple[Subject[types.Mission], ...]:
        return subjects.numbered(self.dossier.missions, "/missions", subjects.mission_words)

    @cached_property
    def policies(self) -> tuple[Subject[types.Policy], ...]:
        return subjects.numbered(self.dossier.policies, "/policies", subjects.policy_words)

    @cached_property
    def opt_outs(self) -> tuple[Subject[types.OptOut], ...]:
        return subjects.numbered(self.dossier.opt_outs, "/opt_outs", subjects.opt_out_words)

    @cached_property
    def groups(self) -> tuple[Subject[types.Group], ...]:
        return subjects.numbered(self.dossier.groups, "/groups", subjects.group_words)

    @cached_property
    def confirmations(self) -> tuple[Subject[types.Confirmation], ...]:
        return subjects.numbered(self.dossier.confirmations, "/confirmations", subjects.confirmation_words)

    @cached_property
    def people(self) -> tuple[Subject[types.Participant], ...]:
        return subjects.numbered(self.dossier.participants, "/participants", subjects.person_words)

    # --- telephones ---

    @cached_property
    def _phones(self) -> dict[tuple[str, str | None], tuple[PhoneProblem, ...]]:
        return {}

    def phone_problems(self, typed: str, country: str | None) -> tuple[PhoneProblem, ...]:
        """What is wrong with a typed number that stands in ``country``; read once, asked by several rules."""
        key = typed, country
        if key not in self._phones:
            self._phones[key] = phones.problems(typed, country, demo=self.demo)
        return self._phones[key]

    # --- people ---

    @cached_property
    def students(self) -> tuple[Subject[types.Participant], ...]:
        return tuple(person for person in self.people if person.value.role is ParticipantRole.STUDENT)

    @cached_property
    def roles(self) -> Counter[ParticipantRole]:
        return Counter(person.role for person in self.dossier.participants)

    @cached_property
    def sexes(self) -> Counter[types.Sex | None]:
        return Counter(person.sex for person in self.dossier.participants)

    @cached_property
    def group_names(self) -> dict[str, str]:
        """The name of each group by its key."""
        return {group.key: group.name or group.key for group in self.dossier.groups}

    @cached_property
    def heads(self) -> int:
        """How many travel: the roster, or the stated total while there is no roster; 0 while neither is known."""
        return len(self.dossier.participants) or self.dossier.outline.party.total or 0

    @cached_property
    def _people_by_key(self) -> dict[str, Subject[types.Participant]]:
        return {person.value.key: person for person in self.people}

    @cached_property
    def people_by_name(self) -> dict[str, Subject[types.Participant]]:
        """Each traveller by the name as typed; of two with one name the first."""
        named: dict[str, Subject[types.Participant]] = {}
        for person in self.people:
            if person.value.name:
                named.setdefault(person.value.name, person)
        return named

    @cached_property
    def bare_names(self) -> tuple[tuple[str, str], ...]:
        """Every traveller's name without spaces and selectors, and as typed."""
        return tuple((bare(name), name) for name in self.people_by_name)

    def person(self, key: str | None) -> Subject[types.Participant] | None:
        """The traveller of a key; ``None`` when nobody in the roster has it."""
        return self._people_by_key.get(key or "")

    def age_of(self, person: types.Participant) -> int | None:
        """Full years on the day this person leaves Japan; ``None`` while a date is missing."""
        leaving = self.leaving_of(person)
        return age_on(person.born_on, leaving) if person.born_on and leaving else None

    def leaving_of(self, person: types.Participant) -> dt.date | None:
        """The day on which this person's party leaves Japan."""
        return self._leaving.get(person.group) or self.dossier.outline.departs_on or self.departs_on

    def returning_of(self, person: types.Participant) -> dt.date | None:
        """The day on which this person's party comes home."""
        return self._returning.get(person.group) or self.dossier.outline.returns_on or self.returns_on

    @cached_property
    def _leaving(self) -> dict[str | None, dt.date | None]:
        return {party.key: party.leaves for party in self.parties}

    @cached_property
    def _returning(self) -> dict[str | None, dt.date | None]:
        return {party.key: party.comes_back for party in self.parties}

    @cached_property
    def all_opted_out(self) -> bool:
        """Whether every traveller declared in writing not to be insured."""
        out = {opt_out.participant for opt_out in self.dossier.opt_outs}
        return bool(self.dossier.participants) and all(person.key in out for person in self.dossier.participants)

    # --- dates ---

    @cached_property
    def departs_on(self) -> dt.date | None:
        """The earliest day on which anybody leaves Japan, Japanese time (R1); ``None`` while none is known."""
        days = [self.dossier.outline.departs_on, *(group.departs_on for group in self.dossier.groups)]
        return min((day for day in days if day), default=None)

    @cached_property
    def returns_on(self) -> dt.date | None:
        """The latest day on which anybody comes home; ``None`` while none is known."""
        days = [self.dossier.outline.returns_on, *(group.returns_on for group in self.dossier.groups)]
        return max((day for day in days if day), default=None)

    @cached_property
    def first_day(self) -> dt.date | None:
        """The earliest local date of the trip: flying east over the date line one may arrive the day before."""
        if self.departs_on is None:
            return None
        eve = self.departs_on - dt.timedelta(days=1)
        return (
            eve
            if any(leg.arrives_at and leg.arrives_at.date() == eve for leg in self.dossier.legs)
            else self.departs_on
        )

    @cached_property
    def last_day(self) -> dt.date | None:
        """The last date of the trip, which is the one on which it comes home."""
        return self.returns_on

    @cached_property
    def nights_away(self) -> int:
        """Nights between the first departure and the last return; 0 while a date is missing."""
        return (self.returns_on - self.departs_on).days if self.departs_on and self.returns_on else 0

    # --- parties, legs, nights ---

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return parties_of(self.dossier)

    def heads_for(self, groups: tuple[str, ...]) -> int:
        """How many people an entry for ``groups`` is for."""
        return heads_of(self.parties, groups, everybody=self.heads)

    @cached_property
    def ends(self) -> tuple[LegEnds, ...]:
        """Where and when each leg begins and ends, in the order of the dossier."""
        return tuple(LegEnds.of(leg) for leg in self.legs)

    @cached_property
    def journeys(self) -> tuple[tuple[Party, tuple[LegEnds, ...]], ...]:
        """Each party with its legs in the order of departure; legs without a time keep out."""
        timed = sorted((ends for ends in self.ends if ends.departs and ends.arrives), key=_departure)
        return tuple((party, tuple(ends for ends in timed if party.takes(ends.leg.groups))) for party in self.parties)

    @cached_property
    def nights(self) -> tuple[tuple[Party, dict[dt.date, Night]], ...]:
        """Each party with its nights by date."""
        return tuple((party, nights_of(party, self.stays, self.legs)) for party in self.parties)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        outside = [day for party in self.parties for day in (party.leaves, party.comes_back)]
        return Whereabouts(self.nights, self.ends, self.cities, outside)

    def has_undated_stay(self, party: Party) -> bool:
        """Whether a stay of the party lacks a date, so that its nights are not known yet."""
        stays = (stay for stay in self.dossier.stays if party.takes(stay.groups))
        return any(stay.checks_in is None or stay.checks_out is None for stay in stays)

    def joined_legs(self) -> Iterator[tuple[Party, LegEnds, LegEnds]]:
        """Legs of a party that follow on one another; a pair that several parties share is given once.

        Left out are pairs between which a leg stands that has no times yet: it may be what joins them.
        """
        open_legs = [number for number, ends in enumerate(self.ends) if not (ends.departs and ends.arrives)]
        seen: set[tuple[int, int]] = set()
        for party, legs in self.journeys:
            for first, second in pairwise(legs):
                places = self._number_of[first.subject.pointer], self._number_of[second.subject.pointer]
                if places not in seen and not any(min(places) < number < max(places) for number in open_legs):
                    seen.add(places)
                    yield party, first, second

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {ends.subject.pointer: number for number, ends in enumerate(self.ends)}

    @cached_property
    def days_of_legs(self) -> frozenset[dt.date]:
        """Every local date on which a leg leaves, is under way or arrives."""
        one_day = dt.timedelta(days=1)
        touched: set[dt.date] = set()
        for leg in self.dossier.legs:
            if leg.departs_at and leg.arrives_at:
                touched.update((leg.departs_at.date(), leg.arrives_at.date()))
                touched.update(days(leg.departs_at.date(), leg.arrives_at.date() + one_day))
        return frozenset(touched)

    @cached_property
    def outbound(self) -> LegEnds | None:
        """The first leg that leaves Japan."""
        leaving = (ends for ends in self.ends if ends.leaves_japan and ends.departs)
        return min(leaving, key=_departure, default=None)

    @cached_property
    def inbound(self) -> LegEnds | None:
        """The leg that comes back to Japan last."""
        coming = (ends for ends in self.ends if ends.enters_japan and ends.arrives)
        return max(coming, key=_arrival, default=None)

    @cached_property
    def leaves_japan(self) -> bool:
        """Whether some leg may begin in Japan; a leg whose place is not known yet may."""
        return any(ends.begins_in in (JAPAN, None) for ends in self.ends)

    @cached_property
    def comes_home(self) -> bool:
        """Whether some leg may end in Japan; a leg whose place is not known yet may."""
        return any(ends.finishes_in in (JAPAN, None) for ends in self.ends)

    # --- places ---

    @cached_property
    def stopovers(self) -> tuple[Subject[types.Destination], ...]:
        """The destinations that are more than a change of planes."""
        return tuple(place for place in self.destinations if not place.value.transit)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The MOFA codes of the destinations, changes of planes included."""
        return frozenset(place.country for place in self.dossier.destinations if place.country)

    @cached_property
    def cities(self) -> frozenset[str]:
        """The cities of the trip: of its destinations and its stays, as typed."""
        named = (*(place.city for place in self.dossier.destinations), *(stay.city for stay in self.dossier.stays))
        return frozenset(city for city in named if city)

    def goes_to(self, city: str) -> bool:
        """Whether a night, an activity or a leg is in ``city``."""
        named = (*(stay.city for stay in self.dossier.stays), *(what.city for what in self.dossier.activities))
        if any(same_city(city, place) for place in named):
            return True
        return any(
            cities_of(text, place, (city,))
            for ends in self.ends
            for text, place in ((ends.leg.origin, ends.origin), (ends.leg.destination, ends.destination))
        )

    def zone_of_country(self, zone: str, zones: tuple[str, ...]) -> bool:
        """Whether ``zone`` keeps the time of one of a country's ``zones`` when the trip begins."""
        local = dt.datetime.combine(self.departs_on or dt.date(2027, 1, 1), dt.time(12))
        return zone in zones or offset_of(zone, local) in {offset_of(known, local) for known in zones}

    @cached_property
    def beds(self) -> tuple[Subject[types.Stay], ...]:
        """The hotels and homestays; nights under way are none."""
        fixed = (StayKind.HOTEL, StayKind.HOMESTAY)
        return tuple(stay for stay in self.stays if stay.value.kind in fixed)

    def country_of(self, stay: types.Stay) -> str | None:
        """The stay's country, or that of the destination with its city."""
        return stay.country or next(
            (place.country for place in self.dossier.destinations if same_city(place.city, stay.city)), None
        )

    @cached_property
    def homestay_entered(self) -> bool:
        """Whether homestay nights or host families are entered, whatever the question was answered."""
        return bool(self.dossier.hosts) or any(stay.kind is StayKind.HOMESTAY for stay in self.dossier.stays)

    @cached_property
    def homestay_used(self) -> bool:
        return bool(self.dossier.homestay.used) or self.homestay_entered

    @cached_property
    def homestay_country(self) -> str | None:
        """The one country of the homestay nights; ``None`` when there is none or more than one."""
        countries = {self.country_of(stay) for stay in self.dossier.stays if stay.kind is StayKind.HOMESTAY}
        return countries.pop() if len(countries) == 1 else None


def _departure(ends: LegEnds) -> dt.datetime:
    assert ends.departs is not None
    return ends.departs


def _arrival(ends: LegEnds) -> dt.datetime:
    assert ends.arrives is not None
    return ends.arrives
