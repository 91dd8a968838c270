"""What rules can be asked about one by one: the school, every leg, every hotel, every traveller.

Not here: the facts these come from (trip), judging (rules).
"""

from __future__ import annotations

from portal.dossier import types
from portal.dossier.types import AgentRole, Dossier, EnteredBy, LegMode, StayKind
from portal.lawbook.outcome import Subject
from portal.lawbook.rule import Each
from trips.facts.trip import TripFacts

NAMED_MODES = (LegMode.FLIGHT, LegMode.SHIP)
Things = Each[TripFacts]


def _once(name: str, part: type, ja: str, en: str) -> Things:
    return Each(part, lambda facts: facts.one(name, ja, en))


WHOLE: Things = Each(Dossier, lambda facts: (Subject("", facts.dossier, "", ""),))
SCHOOL = _once("school", types.School, "学校", "School")
OUTLINE = _once("outline", types.Outline, "旅行の概要", "Outline")
PARTY: Things = Each(
    types.PartyFigures,
    lambda facts: (Subject("/outline/party", facts.dossier.outline.party, "参加人数", "Party"),),
)
LEADER = _once("leader", types.Leader, "旅行団責任者", "Leader")
HOMESTAY = _once("homestay", types.Homestay, "ホームステイ", "Homestay")
EMERGENCY = _once("emergency", types.Emergency, "緊急連絡体制", "Emergency plan")
READINESS = _once("readiness", types.Readiness, "事前の準備", "Preparation")
HANDOVER = _once("handover", types.Handover, "アシスタンス会社への引渡し", "Hand-over")
CONDUCTOR = _once("conductor", types.Conductor, "添乗員", "Conductor")

HOME_CONTACTS: Things = Each(
    types.HomeContact, lambda facts: facts.home_contacts, ("留守校の連絡先がありません", "No home contact")
)
DESTINATIONS: Things = Each(
    types.Destination, lambda facts: facts.destinations, ("訪問先がありません", "No destinations")
)
GROUPS: Things = Each(types.Group, lambda facts: facts.groups, ("班はありません", "No groups"))
LEGS: Things = Each(types.Leg, lambda facts: facts.legs, ("便・移動がありません", "No legs"))
FLIGHTS_AND_SHIPS: Things = Each(
    types.Leg,
    lambda facts: tuple(leg for leg in facts.legs if leg.value.mode in NAMED_MODES),
    ("航空機・船の便がありません", "No flights or ships"),
)
FLIGHTS: Things = Each(
    types.Leg,
    lambda facts: tuple(leg for leg in facts.legs if leg.value.mode is LegMode.FLIGHT),
    ("航空機の便がありません", "No flights"),
)
LAND_LEGS: Things = Each(
    types.Leg,
    lambda facts: tuple(leg for leg in facts.legs if leg.value.mode not in NAMED_MODES),
    ("鉄道・バス等の移動がありません", "No trains or buses"),
)
ACTIVITIES: Things = Each(types.Activity, lambda facts: facts.activities, ("行程がありません", "No activities"))
FREE_TIME: Things = Each(
    types.Activity,
    lambda facts: tuple(activity for activity in facts.activities if activity.value.free_time),
    ("自由行動はありません", "No free time"),
)
RISKY: Things = Each(
    types.Activity,
    lambda facts: tuple(activity for activity in facts.activities if activity.value.risky),
    ("危険を伴う活動はありません", "No risky activity"),
)
STAYS: Things = Each(types.Stay, lambda facts: facts.stays, ("宿泊がありません", "No nights"))
BEDS: Things = Each(types.Stay, lambda facts: facts.beds, ("泊まる所がありません", "No hotels or homestays"))
HOTELS: Things = Each(
    types.Stay,
    lambda facts: tuple(stay for stay in facts.stays if stay.value.kind is StayKind.HOTEL),
    ("ホテル等の宿泊先がありません", "No hotels"),
)
OTHER_NIGHTS: Things = Each(
    types.Stay,
    lambda facts: tuple(stay for stay in facts.stays if stay.value.kind is not StayKind.HOTEL),
    ("機中泊・船中泊・ホームステイはありません", "Every night is in a hotel"),
)
HOSTS: Things = Each(types.Host, lambda facts: facts.hosts, ("受入家庭一覧がありません", "No list of host families"))
AGENTS: Things = Each(types.Agent, lambda facts: facts.agents, ("旅行会社がありません", "No agents"))
AGENCIES: Things = Each(
    types.Agent,
    lambda facts: tuple(agent for agent in facts.agents if agent.value.role is AgentRole.AGENCY),
    ("旅行会社がありません", "No travel agency"),
)
LOCAL_AGENTS: Things = Each(
    types.Agent,
    lambda facts: tuple(agent for agent in facts.agents if agent.value.role is AgentRole.LOCAL),
    ("現地エージェントがありません", "No local agent"),
)
MISSIONS: Things = Each(types.Mission, lambda facts: facts.missions, ("在外公館がありません", "No missions"))
POLICIES: Things = Each(types.Policy, lambda facts: facts.policies, ("保険契約がありません", "No policies"))
OPT_OUTS: Things = Each(
    types.OptOut, lambda facts: facts.opt_outs, ("保険に加入しない人はいません", "Nobody opted out")
)
PEOPLE: Things = Each(types.Participant, lambda facts: facts.people, ("参加者名簿がありません", "No roster"))
STUDENTS: Things = Each(
    types.Participant, lambda facts: facts.students, ("生徒が名簿にありません", "No pupils in the roster")
)
SECTIONS_BY_AGENT: Things = Each(
    types.Confirmation,
    lambda facts: tuple(part for part in facts.confirmations if part.value.entered_by is EnteredBy.AGENT),
    ("旅行会社が入力した欄はありません", "No section was entered by an agent"),
)
SECTIONS_BY_STAFF: Things = Each(
    types.Confirmation,
    lambda facts: tuple(part for part in facts.confirmations if part.value.entered_by is EnteredBy.STAFF),
    ("職員が入力した欄の記録はありません", "No section is recorded as entered by staff"),
)
PLAN_BY_STAFF: Things = Each(
    Dossier,
    lambda facts: WHOLE.of(facts) if SECTIONS_BY_STAFF.of(facts) else (),
    ("職員が入力した欄の記録はありません", "No section is recorded as entered by staff"),
)
