"""The trips app's part of the dossier: which property lives in which table."""

from __future__ import annotations

from typing import Any

from portal.dossier import types
from trips import models
from trips.storage import Shelf

GROUPS = Shelf("groups", types.Group, models.Group)
PARTICIPANTS = Shelf("participants", types.Participant, models.Participant)

SHELVES: tuple[Shelf[Any], ...] = (
    Shelf("school", types.School, models.SchoolSheet),
    Shelf("home_contacts", types.HomeContact, models.HomeContact),
    Shelf("outline", types.Outline, models.OutlineSheet),
    Shelf("destinations", types.Destination, models.Destination),
    GROUPS,
    Shelf("legs", types.Leg, models.Leg),
    Shelf("activities", types.Activity, models.Activity),
    Shelf("stays", types.Stay, models.Stay),
    Shelf("homestay", types.Homestay, models.HomestaySheet),
    Shelf("hosts", types.Host, models.Host),
    Shelf("leader", types.Leader, models.LeaderSheet),
    Shelf("agents", types.Agent, models.Agent),
    Shelf("conductor", types.Conductor, models.ConductorSheet),
    Shelf("missions", types.Mission, models.Mission),
    Shelf("emergency", types.Emergency, models.EmergencySheet),
    Shelf("readiness", types.Readiness, models.ReadinessSheet),
    PARTICIPANTS,
)
TRIP_COLUMNS = ("trip_no", "demo", "as_of", "edition", "no_local_agent_reason", "late_filing_reason")
"""Properties of the dossier that are columns of the trip itself."""
