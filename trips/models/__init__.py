"""What a plan is kept in: trips, sections, sheets, rows and people. No writes here; see actions."""

from trips.models.batches import GroupingBatch, ItineraryBatch, RosterBatch
from trips.models.calls import PhoneTest
from trips.models.characters import AgreedCharacter
from trips.models.contacts import Agent, ConductorSheet, EmergencySheet, LeaderSheet, Mission, ReadinessSheet
from trips.models.copying import CarriedValue
from trips.models.itinerary import Activity, HomestaySheet, Host, Leg, Stay
from trips.models.memory import ColumnChoice, FieldChange
from trips.models.outline import Destination, Group, OutlineSheet
from trips.models.people import Guardian, HealthNote, Participant
from trips.models.reports import IncidentNote, ReturnReport
from trips.models.school import HomeContact, SchoolSheet
from trips.models.trip import Trip, TripSection
from trips.rows import LocalDateTimeField, PlanRow, PlanSheet

__all__ = [
    "Activity",
    "Agent",
    "AgreedCharacter",
    "CarriedValue",
    "ColumnChoice",
    "ConductorSheet",
    "Destination",
    "EmergencySheet",
    "FieldChange",
    "Group",
    "GroupingBatch",
    "Guardian",
    "HealthNote",
    "HomeContact",
    "HomestaySheet",
    "Host",
    "IncidentNote",
    "ItineraryBatch",
    "LeaderSheet",
    "Leg",
    "LocalDateTimeField",
    "Mission",
    "OutlineSheet",
    "Participant",
    "PhoneTest",
    "PlanRow",
    "PlanSheet",
    "ReadinessSheet",
    "ReturnReport",
    "RosterBatch",
    "SchoolSheet",
    "Stay",
    "Trip",
    "TripSection",
]
