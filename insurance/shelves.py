"""The insurance app's part of the dossier: which property lives in which table."""

from __future__ import annotations

from typing import Any

from insurance import models
from portal.dossier import types
from trips.storage import Shelf

SHELVES: tuple[Shelf[Any], ...] = (
    Shelf("policies", types.Policy, models.Policy),
    Shelf("opt_outs", types.OptOut, models.OptOut, keyed_by="participant"),
    Shelf("handover", types.Handover, models.HandoverSheet),
)
