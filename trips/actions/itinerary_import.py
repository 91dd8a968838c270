"""An itinerary file applied as one batch in an agent's hand, and taken back as a whole.

Not here: reading the file (trips.itinerary), whether the plan may be changed now (mofa_requests).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from pydantic_core import to_jsonable_python

from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import EnteredBy, Part
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.actions.plan import read_properties, save_section
from trips.enums import SECTION_PROPERTIES, Section
from trips.facts.authorship import field_names
from trips.models import ItineraryBatch, Trip, TripSection
from trips.shelves import SHELVES
from trips.storage import dump_sealed

_SHELVES = {shelf.prop: shelf for shelf in SHELVES}
_WRITTEN = (Section.ITINERARY, Section.LODGING)
_PROPS = tuple(prop for section in _WRITTEN for prop in SECTION_PROPERTIES[section])
_MARKS = ("entered_by", "confirmed_on", "by_agent")

Rows = Mapping[str, tuple[Part, ...]]


class CannotUndo(Exception):
    """A later file stands on this one, or it was undone already."""


@transaction.atomic
def apply_itinerary(
    trip: Trip,
    values: Rows,
    *,
    versions: Mapping[str, int],
    by: Actor,
    on: dt.date,
    cipher: TripCipher,
    file_name: str,
    file_sha256: str,
    kept: int,
    refused: int,
) -> ItineraryBatch:
    """Make legs, activities and stays what the file says, as an agent's entries that wait for a teacher's word.

    ``values`` holds all three lists; ``versions`` the sections' versions (by code) they were laid over.
    Raises ``StaleSection`` when somebody saved one of the two sections since.
    """
    before = read_properties(trip, _PROPS, cipher=cipher, shelves=_SHELVES)
    batch = ItineraryBatch(
        trip=trip,
        school_id=trip.school_id,
        file_name=file_name[:200],
        file_sha256=file_sha256,
        read=kept + refused,
        kept=kept,
        refused=refused,
        applied_by_id=by.user_id,
    )
    kept_back = {"before": before, "after": dict(values), "marks": _marks_of(trip)}
    text = dump_sealed(to_jsonable_python(kept_back))
    batch.before = cipher.seal(text, table=batch._meta.db_table, column="before", row=batch.pk)
    batch.save(force_insert=True)
    _write(trip, before, values, versions, by=by, entered_by=EnteredBy.AGENT, on=on, cipher=cipher)
    record(EventName.ITINERARY_IMPORTED, by=by, about=Subject.of(trip), kept=kept, batch=str(batch.pk))
    return batch


@transaction.atomic
def undo_itinerary(batch: ItineraryBatch, *, by: Actor, entered_by: EnteredBy, on: dt.date, cipher: TripCipher) -> int:
    """Make itinerary and lodging what they were before the file; how many entries stay because they were changed since.

    Entries added by hand since are not touched. Raises ``CannotUndo`` if a later file stands on this one.
    """
    later = ItineraryBatch.objects.filter(trip_id=batch.trip_id, undone_at=None, applied_at__gt=batch.applied_at)
    taken_back = ItineraryBatch.objects.filter(pk=batch.pk, undone_at=None)
    if later.exists() or not taken_back.update(undone_at=clock.now()):
        raise CannotUndo(str(batch.pk))
    trip = batch.trip
    text = cipher.open(batch.before, table=batch._meta.db_table, column="before", row=batch.pk)
    kept_back = json.loads(text or "{}")
    now = read_properties(trip, _PROPS, cipher=cipher, shelves=_SHELVES)
    former = {prop: _parts(prop, kept_back["before"]) for prop in _PROPS}
    applied = {prop: _parts(prop, kept_back["after"]) for prop in _PROPS}
    values = {prop: tuple(_restored(now[prop], former[prop], applied[prop])) for prop in _PROPS}
    versions = dict(TripSection.objects.filter(trip_id=trip.pk).values_list("code", "version"))
    _write(trip, now, values, versions, by=by, entered_by=entered_by, on=on, cipher=cipher)
    _restore_marks(trip, values, former, kept_back["marks"])
    record(EventName.ITINERARY_IMPORT_UNDONE, by=by, about=Subject.of(trip), batch=str(batch.pk))
    return sum(len(_changed_since(now[prop], former[prop], applied[prop])) for prop in _PROPS)


def _write(
    trip: Trip,
    before: Rows,
    values: Rows,
    versions: Mapping[str, int],
    *,
    by: Actor,
    entered_by: EnteredBy,
    on: dt.date,
    cipher: TripCipher,
) -> None:
    """Save each of the two sections that says something else than before."""
    for section in _WRITTEN:
        given = {prop: values[prop] for prop in SECTION_PROPERTIES[section]}
        if any(before[prop] != rows for prop, rows in given.items()):
            save_section(
                trip,
                section,
                given,
                base_version=versions.get(section.value, 0),
                by=by,
                entered_by=entered_by,
                on=on,
                cipher=cipher,
                shelves=_SHELVES,
            )


def _by_key(rows: Sequence[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows}


def _changed_since(now: Sequence[Any], former: Sequence[Any], applied: Sequence[Any]) -> set[str]:
    """Keys of the file's entries that say something else now than the file made of them."""
    there, was, made = _by_key(now), _by_key(former), _by_key(applied)
    touched = {key for key in {*was, *made} if was.get(key) != made.get(key)}
    return {key for key in touched if there.get(key) != made.get(key)}


def _restored(now: Sequence[Any], former: Sequence[Any], applied: Sequence[Any]) -> Iterator[Any]:
    """Former rows in their order, then what was added since; what was changed since stays as it is."""
    there, was, made = _by_key(now), _by_key(former), _by_key(applied)
    stays = _changed_since(now, former, applied)
    for key, row in was.items():
        kept = there.get(key) if key in stays or was[key] == made.get(key) else row
        if kept is not None:
            yield kept
    yield from (row for key, row in there.items() if key not in was and (key not in made or key in stays))


def _marks_of(trip: Trip) -> dict[str, dict[str, Any]]:
    """Whose hand the two sections were, by code."""
    rows = TripSection.objects.filter(trip_id=trip.pk, code__in=[section.value for section in _WRITTEN])
    return {row.code: {name: getattr(row, name) for name in _MARKS} for row in rows}


def _restore_marks(trip: Trip, values: Rows, former: Rows, marks: Mapping[str, Mapping[str, Any]]) -> None:
    """Authorship as it was where everything is as it was; elsewhere what an agent wrote before waits again."""
    for section in _WRITTEN:
        props = SECTION_PROPERTIES[section]
        mine = TripSection.objects.filter(trip_id=trip.pk, code=section.value)
        was = marks.get(section.value, {"entered_by": None, "confirmed_on": None, "by_agent": []})
        if all(values[prop] == former[prop] for prop in props):
            mine.update(**was)
        elif waiting := field_names({prop: values[prop] for prop in props}).intersection(was["by_agent"]):
            row = mine.get()
            by_agent = sorted(waiting.union(row.by_agent))
            mine.update(by_agent=by_agent, entered_by=EnteredBy.AGENT.value, confirmed_on=None)


def _parts(prop: str, kept_back: Mapping[str, Any]) -> tuple[Any, ...]:
    part = _SHELVES[prop].part
    return tuple(part.model_validate(row) for row in kept_back[prop])
