"""The words of a plan: sections, two states, how a test call ends. Not here: the request's states (mofa_requests)."""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


class TripState(LabelledEnum):
    OPEN = "open", "計画中・実施中", "Open"
    CLOSED = "closed", "終了", "Closed"


class Section(LabelledEnum):
    """The sections of the workspace, in the order of 別添三; values are the slugs of ``x-remedy``."""

    OUTLINE = "outline", "旅行概要", "Outline"
    DESTINATIONS = "destinations", "訪問先・安全情報", "Destinations and safety"
    ITINERARY = "itinerary", "日程・便", "Itinerary"
    SCHOOL = "school", "学校", "School"
    HOME = "home", "留守校の連絡先", "Contacts at home"
    LODGING = "lodging", "宿泊", "Lodging"
    HOMESTAY = "homestay", "ホームステイ", "Homestay"
    LEADER = "leader", "旅行団責任者", "Leader"
    AGENTS = "agents", "旅行会社・現地エージェント", "Agents"
    MISSIONS = "missions", "在外公館", "Missions"
    EMERGENCY = "emergency", "緊急連絡体制", "Emergency contacts"
    INSURANCE = "insurance", "保険", "Insurance"
    ROSTER = "roster", "参加者名簿", "Roster"
    READINESS = "readiness", "事前指導・たびレジ", "Readiness"


class CallOutcome(LabelledEnum):
    """How a test call ended."""

    REACHED = "reached", "つながり、本人と話した", "Got through"
    NO_ANSWER = "no_answer", "応答がなかった", "No answer"
    WRONG = "wrong", "別の人・使われていない番号だった", "Wrong number"


class IncidentKind(LabelledEnum):
    """What kind of thing happened on the way."""

    ILLNESS = "illness", "病気", "Illness"
    INJURY = "injury", "けが・事故", "Injury or accident"
    MIND = "mind", "こころの不調", "Mental health"
    LOSS = "loss", "紛失・盗難", "Loss or theft"
    TRANSPORT = "transport", "交通の乱れ", "Transport"
    SECURITY = "security", "治安・災害", "Security or disaster"
    OTHER = "other", "その他", "Other"


SECTION_PROPERTIES: dict[Section, tuple[str, ...]] = {
    Section.OUTLINE: ("outline", "groups"),
    Section.DESTINATIONS: ("destinations",),
    Section.ITINERARY: ("legs", "activities"),
    Section.SCHOOL: ("school",),
    Section.HOME: ("home_contacts",),
    Section.LODGING: ("stays",),
    Section.HOMESTAY: ("homestay", "hosts"),
    Section.LEADER: ("leader",),
    Section.AGENTS: ("agents", "no_local_agent_reason", "conductor"),
    Section.MISSIONS: ("missions",),
    Section.EMERGENCY: ("emergency",),
    Section.INSURANCE: ("policies", "opt_outs", "handover"),
    Section.ROSTER: ("participants",),
    Section.READINESS: ("readiness",),
}
"""Which properties of the dossier each section holds; together they are the whole plan."""

AGENT_SECTIONS = frozenset({Section.ITINERARY, Section.LODGING, Section.AGENTS})
"""What a travel agent's helper may see and fill; never the roster, the contacts at home, or the submission."""


class AgreedWith(LabelledEnum):
    """Whom the school asked before another character is printed."""

    PERSON = "person", "本人・保護者", "The person or the guardian"
    OTHER_SIDE = "other_side", "相手先(宿泊先・受入家庭など)", "The other side (hotel, host family, …)"
    SCHOOL = "school", "学校の判断", "The school's own decision"
