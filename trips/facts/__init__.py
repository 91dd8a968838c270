"""What the rules want to know about a trip, derived from its dossier once.

Here: the facts and the things rules are asked about one by one. Not here: judging (rules), cover (insurance.facts).
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from portal.directory.countries import JAPAN
from portal.dossier import types
from portal.dossier.types import AgentRole, Dossier, LegMode, Part, ParticipantRole, StayKind
from portal.lawbook.outcome import Subject
from portal.lawbook.rule import Each
from portal.lawbook.rulebook import Case
from trips.facts import subjects
from trips.facts.ages import age_on
from trips.facts.journey import LegEnds

ON_THE_MOVE = (StayKind.IN_FLIGHT, StayKind.ABOARD_SHIP, StayKind.ON_TRAIN)
NAMED_MODES = (LegMode.FLIGHT, LegMode.SHIP)


class TripFacts:
    """Views of one dossier; every property is computed at the first asking and kept."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.demo = dossier.demo

    @classmethod
    def of(cls, case: Case) -> TripFacts:
        return cls(case.dossier)

    def one(self, name: str, ja: str, en: str) -> tuple[Subject[Part], ...]:
        """A part of the dossier that occurs once, as a subject."""
        return (Subject(f"/{name}", getattr(self.dossier, name), ja, en),)

    @cached_property
    def home_contacts(self) -> tuple[Subject[types.HomeContact], ...]:
        return subjects.numbered(self.dossier.home_contacts, "/home_contacts", subjects.home_contact_words)

    @cached_property
    def legs(self) -> tuple[Subject[types.Leg], ...]:
        return subjects.numbered(self.dossier.legs, "/legs", subjects.leg_words)

    @cached_property
    def ends(self) -> tuple[LegEnds, ...]:
        """Where each leg begins and ends, in the order of the dossier."""
        return tuple(LegEnds.of(leg.value) for leg in self.legs)

    @cached_property
    def destinations(self) -> tuple[Subject[types.Destination], ...]:
        return subjects.numbered(self.dossier.destinations, "/destinations", subjects.destination_words)

    @cached_property
    def stays(self) -> tuple[Subject[types.Stay], ...]:
        return subjects.numbered(self.dossier.stays, "/stays", subjects.stay_words)

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
    def people(self) -> tuple[Subject[types.Participant], ...]:
        return subjects.numbered(self.dossier.participants, "/participants", subjects.person_words)

    @cached_property
    def groups(self) -> tuple[Subject[types.Group], ...]:
        return subjects.numbered(self.dossier.groups, "/groups", subjects.group_words)

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
    def nights_away(self) -> int:
        """Nights between the first departure and the last return; 0 while a date is missing."""
        return (self.returns_on - self.departs_on).days if self.departs_on and self.returns_on else 0

    @cached_property
    def leaves_japan(self) -> bool:
        """Whether some leg may begin in Japan; a leg whose place is not known yet may."""
        return any(ends.begins_in in (JAPAN, None) for ends in self.ends)

    @cached_property
    def comes_home(self) -> bool:
        """Whether some leg may end in Japan; a leg whose place is not known yet may."""
        return any(ends.finishes_in in (JAPAN, None) for ends in self.ends)

    @cached_property
    def stopovers(self) -> tuple[Subject[types.Destination], ...]:
        """The destinations that are more than a change of planes."""
        return tuple(place for place in self.destinations if not place.value.transit)

    @cached_property
    def _people_by_key(self) -> dict[str, Subject[types.Participant]]:
        return {person.value.key: person for person in self.people}

    def person(self, key: str | None) -> Subject[types.Participant] | None:
        """The traveller of a key; ``None`` when nobody in the roster has it."""
        return self._people_by_key.get(key or "")

    def age_of(self, person: types.Participant) -> int | None:
        """Full years on the day this person leaves Japan; ``None`` while a date is missing."""
        leaving = self.leaving_of(person)
        return age_on(person.born_on, leaving) if person.born_on and leaving else None

    def leaving_of(self, person: types.Participant) -> dt.date | None:
        """The day on which this person's group leaves Japan; the trip's day without a group's own."""
        group = self._groups_by_key.get(person.group or "")
        return (group.departs_on if group else None) or self.dossier.outline.departs_on or self.departs_on

    @cached_property
    def _groups_by_key(self) -> dict[str, types.Group]:
        return {group.key: group for group in self.dossier.groups}

    @cached_property
    def all_opted_out(self) -> bool:
        """Whether every traveller declared in writing not to be insured."""
        out = {opt_out.participant for opt_out in self.dossier.opt_outs}
        return bool(self.dossier.participants) and all(person.key in out for person in self.dossier.participants)

    @cached_property
    def hosts(self) -> tuple[Subject[types.Host], ...]:
        return subjects.numbered(self.dossier.hosts, "/hosts", subjects.host_words)

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
        countries = {stay.country for stay in self.dossier.stays if stay.kind is StayKind.HOMESTAY}
        return countries.pop() if len(countries) == 1 else None

    @cached_property
    def students(self) -> tuple[Subject[types.Participant], ...]:
        return tuple(person for person in self.people if person.value.role is ParticipantRole.STUDENT)


def _once(name: str, part: type, ja: str, en: str) -> Each[TripFacts]:
    return Each(part, lambda facts: facts.one(name, ja, en))


WHOLE: Each[TripFacts] = Each(Dossier, lambda facts: (Subject("", facts.dossier, "", ""),))
SCHOOL = _once("school", types.School, "学校", "School")
OUTLINE = _once("outline", types.Outline, "旅行の概要", "Outline")
PARTY: Each[TripFacts] = Each(
    types.PartyFigures,
    lambda facts: (Subject("/outline/party", facts.dossier.outline.party, "参加人数", "Party"),),
)
LEADER = _once("leader", types.Leader, "現地の責任者", "Leader")
HOMESTAY = _once("homestay", types.Homestay, "ホームステイ", "Homestay")
EMERGENCY = _once("emergency", types.Emergency, "緊急連絡体制", "Emergency plan")
READINESS = _once("readiness", types.Readiness, "事前の準備", "Preparation")
HANDOVER = _once("handover", types.Handover, "アシスタンス会社への引渡し", "Hand-over")

HOME_CONTACTS = Each(
    types.HomeContact, lambda facts: facts.home_contacts, ("留守校の連絡先がありません", "No home contact")
)
LEGS = Each(types.Leg, lambda facts: facts.legs, ("便・移動がありません", "No legs"))
FLIGHTS_AND_SHIPS = Each(
    types.Leg,
    lambda facts: tuple(leg for leg in facts.legs if leg.value.mode in NAMED_MODES),
    ("航空機・船の便がありません", "No flights or ships"),
)
LAND_LEGS = Each(
    types.Leg,
    lambda facts: tuple(leg for leg in facts.legs if leg.value.mode not in NAMED_MODES),
    ("鉄道・バス等の移動がありません", "No trains or buses"),
)
STAYS = Each(types.Stay, lambda facts: facts.stays, ("宿泊がありません", "No nights"))
HOTELS = Each(
    types.Stay,
    lambda facts: tuple(stay for stay in facts.stays if stay.value.kind is StayKind.HOTEL),
    ("ホテル等の宿泊先がありません", "No hotels"),
)
AGENTS = Each(types.Agent, lambda facts: facts.agents, ("旅行会社がありません", "No agents"))
AGENCIES = Each(
    types.Agent,
    lambda facts: tuple(agent for agent in facts.agents if agent.value.role is AgentRole.AGENCY),
    ("旅行会社がありません", "No travel agency"),
)
LOCAL_AGENTS = Each(
    types.Agent,
    lambda facts: tuple(agent for agent in facts.agents if agent.value.role is AgentRole.LOCAL),
    ("現地エージェントがありません", "No local agent"),
)
MISSIONS = Each(types.Mission, lambda facts: facts.missions, ("在外公館がありません", "No missions"))
POLICIES = Each(types.Policy, lambda facts: facts.policies, ("保険契約がありません", "No policies"))
PEOPLE = Each(types.Participant, lambda facts: facts.people, ("参加者名簿がありません", "No roster"))
STUDENTS = Each(types.Participant, lambda facts: facts.students, ("生徒が名簿にありません", "No pupils in the roster"))
HOSTS = Each(types.Host, lambda facts: facts.hosts, ("受入家庭一覧がありません", "No list of host families"))
