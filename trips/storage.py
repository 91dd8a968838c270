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
    def _places(self) -> list[tuple[str, str | None, str, bool]]:
        """For each column: its name, the nested part it belongs to, its property there, and whether it is sealed."""
        found = []
        for column in self.columns:
            outer = self._outer(column.name)
            inner = column.name if outer is None else column.name.removeprefix(f"{outer}_")
            found.append((column.name, outer, inner, isinstance(column, SealedField)))
        return found

    @cached_property
    def column_names(self) -> list[str]:
        """Names of the mirrored columns, in order."""
        return [column.name for column in self.columns]

    @cached_property
    def phone_columns(self) -> list[str]:
        """Typed phone columns that have an E.164 twin."""
        return [f.name.removesuffix("_e164") for f in self.model._meta.concrete_fields if f.name.endswith("_e164")]

    def read(self, row: models.Model, cipher: TripCipher) -> P:
        """The part that ``row`` holds; sealed columns are opened."""
        return self.open(row.pk, [getattr(row, name) for name in self.column_names], cipher)

    def open(self, pk: UUID, stored: Iterable[Any], cipher: TripCipher) -> P:
        """The part that the ``stored`` values of the row ``pk`` hold, in the order of ``columns``."""
        values: dict[str, Any] = {}
        for (name, outer, inner, sealed), value in zip(self._places, stored, strict=True):
            if value is None:
                continue
            if sealed:
                value = cipher.open(value, table=self.model._meta.db_table, column=name, row=pk)
            if outer is None:
                values[name] = value
            else:
                values.setdefault(outer, {})[inner] = value
        return self.part.model_validate(values)

    def write(self, row: models.Model, part: P, cipher: TripCipher) -> None:
        """Set ``row``'s columns to ``part``; unchanged sealed values keep their bytes."""
        plain = part.model_dump(mode="python")
        jsonable = part.model_dump(mode="json")
        for column, (name, outer, inner, _sealed) in zip(self.columns, self._places, strict=True):
            values = jsonable if _as_json(column) else plain
            value = values[inner] if outer is None else values[outer][inner]
            if isinstance(column, SealedField):
                value = self._sealed(row, column, value, cipher)
            setattr(row, name, value)
        for name in self.phone_columns:
            setattr(row, f"{name}_e164", e164(getattr(row, name) or "", getattr(row, "country", None)) or "")

    def _sealed(self, row: models.Model, column: SealedField, value: Any, cipher: TripCipher) -> bytes | None:
        table = row._meta.db_table
        text = None if value is None else str(value)
        old = getattr(row, column.name)
        if old is not None and cipher.open(old, table=table, column=column.name, row=row.pk) == text:
            return bytes(old)
        return cipher.seal(text, table=table, column=column.name, row=row.pk)

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
    stored = live_rows(shelf, trip_id).values_list("pk", *shelf.column_names)
    return tuple(shelf.open(pk, values, cipher) for pk, *values in stored)


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
    """Make the rows equal ``parts``: matched by key, new ones inserted, missing ones removed. Four queries at most.

    Only rows that differ are written, and of them only the columns that differ in one of them.
    """
    wanted = list(parts)
    existing = {getattr(row, shelf.keyed_by): row for row in shelf.model.objects.filter(trip_id=trip.pk)}
    gone = existing.keys() - {getattr(part, shelf.keyed_by) for part in wanted}
    if gone:
        shelf.model.objects.filter(trip_id=trip.pk, **{f"{shelf.keyed_by}__in": gone}).delete()
    fresh: list[Any] = []
    changed: list[Any] = []
    columns: set[str] = set()
    for position, part in enumerate(wanted):
        row = existing.get(getattr(part, shelf.keyed_by))
        target = row or shelf.model(trip=trip, school_id=trip.school_id)
        touched = _set_row(shelf, target, part, cipher, position=position)
        columns |= touched if row else set()
        if row is None or touched:
            (fresh if row is None else changed).append(target)
    shelf.model.objects.bulk_create(fresh)
    if changed:
        shelf.model.objects.bulk_update(changed, sorted(columns), batch_size=500)


def _set_row(shelf: Shelf[P], row: Any, part: P, cipher: TripCipher, *, position: int) -> set[str]:
    """Let ``row`` hold ``part``; the columns that it changed."""
    names = _all_columns(shelf)
    before = [getattr(row, name) for name in names]
    row.position = position
    shelf.write(row, part, cipher)
    return {name for name, was in zip(names, before, strict=True) if getattr(row, name) != was}


def _all_columns(shelf: Shelf[Any]) -> list[str]:
    extra = [f"{name}_e164" for name in shelf.phone_columns]
    return ["position", *shelf.column_names, *extra]


def _as_json(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, (models.JSONField, SealedField))


def dump_sealed(value: Any) -> str:
    """Stable JSON text for a sealed column that holds a structure."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_iso)


def _iso(value: Any) -> str:
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return value.isoformat()
    raise TypeError(f"cannot store {type(value).__name__}")
