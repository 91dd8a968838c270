"""Every table of the plan, over all apps: what a whole dossier is gathered from and stored into."""

from __future__ import annotations

from typing import Any

from insurance.shelves import SHELVES as INSURANCE_SHELVES
from trips.shelves import SHELVES as TRIP_SHELVES
from trips.storage import Shelf

SHELVES: dict[str, Shelf[Any]] = {shelf.prop: shelf for shelf in (*TRIP_SHELVES, *INSURANCE_SHELVES)}
