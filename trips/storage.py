"""Dossier parts ↔ rows: columns carry the names of the dossier's properties, so one mapping serves every table.

Here: reading and writing whole parts, sealing on the way. Not here: who may, versions, history (actions).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models

from portal.dossier.types import Part
from portal.kit.phones import e164
from portal.vault.keyring import TripCipher
from portal.vault.models import SealedField
from trips.models.trip import Trip
from trips.rows import PlanRow

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Shelf(Generic[P]):
    """Where one property of the dossier lives: its part type and its table, a ``PlanSheet`` or ``PlanRow``.

    ``keyed_by`` names a row's own key.
    """

    prop: str
    part: type[P]
    model: type[Any]
    keyed_by: str = "key"

    @property
    def many(self) -> bool:
        return issubclass(self.model, PlanRow)

    @cached_property
    def nested(self) -> dict[str, type[Part]]:
        """Parts inside the part, flattened to ``prefix_column``."""
        found = {}
        for name, info in self.part.model_fields.items():
            if isinstance(info.annotation, type) and issubclass(info.annotation, Part):
                found[name] = info.annotation
        return found

    @cached_property
    def columns(self) -> list[models.Field[Any, Any]]:
        """The model's fields that mirror a property, in order."""
        wanted = set()
        for name in self.part.model_fields:
            wanted |= {f"{name}_{inner}" for inner in self.nested[name].model_fields} if name in self.nested else {name}
        return [f for f in self.model._meta.concrete_fields if f.name in wanted]

    @cached_property
    def phone_columns(self) -> list[str]:
        """Typed phone columns that have an E.164 twin."""
        return [f.name.removesuffix("_e164") for f in self.model._meta.concrete_fields if f.name.endswith("_e164")]

    def read(self, row: models.Model, cipher: TripCipher) -> P:
        """The part that ``row`` holds; sealed columns are opened."""
        values: dict[str, Any] = {}
        for column in self.columns:
            value = getattr(row, column.name)
            if value is None:
                continue
            if isinstance(column, SealedField):
                value = cipher.open(value, table=row._meta.db_table, column=column.name, row=row.pk)
            self._put(values, column.name, value)
        return self.part.model_validate(values)

    def write(self, row: models.Model, part: P, cipher: TripCipher) -> None:
        """Set ``row``'s columns to ``part``; unchanged sealed values keep their bytes."""
        plain = part.model_dump(mode="python")
        jsonable = part.model_dump(mode="json")
        for column in self.columns:
            value = self._get(jsonable if _as_json(column) else plain, column.name)
            if isinstance(column, SealedField):
                value = self._sealed(row, column, value, cipher)
            setattr(row, column.name, value)
        for name in self.phone_columns:
            setattr(row, f"{name}_e164", e164(getattr(row, name) or "", getattr(row, "country", None)) or "")

    def _sealed(self, row: models.Model, column: SealedField, value: Any, cipher: TripCipher) -> bytes | None:
        table = row._meta.db_table
        text = None if value is None else str(value)
        old = getattr(row, column.name)
        if old is not None and cipher.open(old, table=table, column=column.name, row=row.pk) == text:
            return bytes(old)
        return cipher.seal(text, table=table, column=column.name, row=row.pk)

    def _put(self, values: dict[str, Any], column: str, value: Any) -> None:
        outer = self._outer(column)
        if outer is None:
            values[column] = value
        else:
            values.setdefault(outer, {})[column.removeprefix(f"{outer}_")] = value

    def _get(self, values: dict[str, Any], column: str) -> Any:
        outer = self._outer(column)
        return values[column] if outer is None else values[outer][column.removeprefix(f"{outer}_")]

    def _outer(self, column: str) -> str | None:
        if column in self.part.model_fields:
            return None
        return next(name for name in self.nested if column.startswith(f"{name}_"))


def read_sheet(shelf: Shelf[P], trip_id: UUID, cipher: TripCipher) -> P:
    """The one part of a trip, or an empty one."""
    row = shelf.model.objects.filter(trip_id=trip_id).first()
    return shelf.part() if row is None else shelf.read(row, cipher)


def read_rows(shelf: Shelf[P], trip_id: UUID, cipher: TripCipher) -> tuple[P, ...]:
    """The parts of a trip in their order, deleted ones left out."""
    return tuple(shelf.read(row, cipher) for row in live_rows(shelf, trip_id))


def live_rows(shelf: Shelf[Any], trip_id: UUID) -> models.QuerySet[Any]:
    """Rows of a trip that are not soft-deleted."""
    rows = shelf.model.objects.filter(trip_id=trip_id).order_by("position")
    return rows.filter(deleted_at=None) if hasattr(shelf.model, "deleted_at") else rows


def write_sheet(shelf: Shelf[P], trip: Trip, part: P, cipher: TripCipher) -> None:
    """Insert or update the one row."""
    row = shelf.model.objects.filter(trip_id=trip.pk).first() or shelf.model(trip=trip, school_id=trip.school_id)
    shelf.write(row, part, cipher)
    row.save()


def write_rows(shelf: Shelf[P], trip: Trip, parts: Iterable[P], cipher: TripCipher) -> None:
    """Make the rows equal ``parts``: matched by key, new ones inserted, missing ones removed. Four queries at most."""
    wanted = list(parts)
    kept = {getattr(part, shelf.keyed_by) for part in wanted}
    existing = {getattr(row, shelf.keyed_by): row for row in shelf.model.objects.filter(trip_id=trip.pk)}
    shelf.model.objects.filter(trip_id=trip.pk).exclude(**{f"{shelf.keyed_by}__in": kept}).delete()
    fresh: list[Any] = []
    changed: list[Any] = []
    for position, part in enumerate(wanted):
        row = existing.get(getattr(part, shelf.keyed_by))
        target = row or shelf.model(trip=trip, school_id=trip.school_id)
        target.position = position
        shelf.write(target, part, cipher)
        (fresh if row is None else changed).append(target)
    shelf.model.objects.bulk_create(fresh)
    if changed:
        shelf.model.objects.bulk_update(changed, _all_columns(shelf), batch_size=500)


def _all_columns(shelf: Shelf[Any]) -> list[str]:
    extra = [f"{name}_e164" for name in shelf.phone_columns]
    return ["position", *(c.name for c in shelf.columns), *extra]


def _as_json(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, (models.JSONField, SealedField))


def dump_sealed(value: Any) -> str:
    """Stable JSON text for a sealed column that holds a structure."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_iso)


def _iso(value: Any) -> str:
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return value.isoformat()
    raise TypeError(f"cannot store {type(value).__name__}")
