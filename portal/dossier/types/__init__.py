"""The whole request as one immutable value: what the school plans, and what the authority adds.

Here: shapes, units, titles, classes and citations. Not here: judging (rules), storing (trips), printing (documents).

Every property is optional while a plan is being written; ``None`` means 未入力. Phones are kept as typed;
``portal.kit.phones`` derives E.164. Dates are dates in Asia/Tokyo unless a property says local; instants do not
occur; local times carry their IANA zone beside them. Money is integer yen. Health and blood type never occur here.
"""

from __future__ import annotations

from portal.dossier.types.cover import Assistance, Benefit, Handover, OptOut, Policy
from portal.dossier.types.dossier import Dossier
from portal.dossier.types.journey import (
    Activity,
    Agent,
    Conductor,
    Emergency,
    Homestay,
    Host,
    Leader,
    Leg,
    Mission,
    Stay,
)
from portal.dossier.types.part import Part, item
from portal.dossier.types.people import Participant
from portal.dossier.types.request import Confirmation, Decision, Letter, Readiness, Request, Tick
from portal.dossier.types.scalars import (
    FIRST_YEAR,
    LAST_YEAR,
    SCHEMA_VERSION,
    ClockTime,
    Count,
    CountryCode,
    Day,
    Days,
    Key,
    Line,
    LocalTime,
    PhoneText,
    Prose,
    Short,
    Yen,
    Zone,
)
from portal.dossier.types.school import Destination, Group, HomeContact, Outline, PartyFigures, School
from portal.dossier.types.vocabularies import (
    AgentRole,
    BenefitKind,
    Channel,
    ContactRole,
    ContractType,
    Edition,
    EnteredBy,
    FounderType,
    Judgement,
    LegMode,
    ParticipantRole,
    SchoolKind,
    Sex,
    StayKind,
    TickResult,
    TripKind,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "SCHEMA_VERSION",
    "Activity",
    "Agent",
    "AgentRole",
    "Assistance",
    "Benefit",
    "BenefitKind",
    "Channel",
    "ClockTime",
    "Conductor",
    "Confirmation",
    "ContactRole",
    "ContractType",
    "Count",
    "CountryCode",
    "Day",
    "Days",
    "Decision",
    "Destination",
    "Dossier",
    "Edition",
    "Emergency",
    "EnteredBy",
    "FounderType",
    "Group",
    "Handover",
    "HomeContact",
    "Homestay",
    "Host",
    "Judgement",
    "Key",
    "Leader",
    "Leg",
    "LegMode",
    "Letter",
    "Line",
    "LocalTime",
    "Mission",
    "OptOut",
    "Outline",
    "Part",
    "Participant",
    "ParticipantRole",
    "PartyFigures",
    "PhoneText",
    "Policy",
    "Prose",
    "Readiness",
    "Request",
    "School",
    "SchoolKind",
    "Sex",
    "Short",
    "Stay",
    "StayKind",
    "Tick",
    "TickResult",
    "TripKind",
    "Yen",
    "Zone",
    "item",
]
