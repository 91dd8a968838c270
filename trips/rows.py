"""Bases of the plan's rows: one sheet per trip, or many rows per trip, each named as the dossier names it.

Here, and not in models, because insurance builds its own rows on them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SCHOOL_ONLY, SameTenant, TenantIsolation


class LocalDateTimeField(models.Field):
    """A local wall-clock time without zone; the zone stands in a column of its own."""

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def to_python(self, value: Any) -> dt.datetime | None:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


class PlanSheet(TenantOwned):
    """Exactly one row per trip."""

    trip = models.OneToOneField("trips.Trip", on_delete=models.CASCADE, related_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.trip_id}"


class PlanRow(TenantOwned):
    """Any number of rows per trip, in the order of ``position``; ``key`` is the dossier's own name for the row."""

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="%(class)s_rows")
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


def plan_constraints(table: str, *, many: bool = False, key: str = "key") -> tuple[models.BaseConstraint, ...]:
    """Row security for the school alone, the composite key to the trip, and unique keys within a trip."""
    once = (models.UniqueConstraint(fields=("trip", key), name=f"{table}_key_once"),) if many else ()
    return (
        *once,
        SameTenant(name=f"{table}_same_school", via="trip_id", to="trips.Trip"),
        TenantIsolation(name=f"{table}_rls", rules=SCHOOL_ONLY),
    )
