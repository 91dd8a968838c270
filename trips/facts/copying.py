"""A plan copied for the next year: structure and texts come along, everything that may have changed is asked again.

People, telephone numbers, policy numbers and dates leave the copy and wait beside it, each to be confirmed by itself.
Not here: storing either (trips.actions.copying).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import TypeAdapter

from portal.dossier.pointers import Property, properties
from portal.dossier.shift import shift
from portal.dossier.types import Day, Dossier, LocalTime, Part, PartyFigures, PhoneText, Readiness

WEEKS = 52
"""A year in whole weeks, so that weekdays stay."""
TAKEN = (
    "destinations", "groups", "legs", "activities", "stays", "homestay", "home_contacts", "leader", "agents",
    "no_local_agent_reason", "conductor", "missions", "emergency", "policies",
)  # fmt: skip
"""The lists and sheets that come along. School, roster, host families, consents and acts of this year do not."""
_ASKED_TYPES = (PhoneText, Day, LocalTime)
_PEOPLE = frozenset({"P2", "P3"})
_ASKED = frozenset({("Policy", "number"), ("Leg", "number")})
_FORGOTTEN = {
    "Outline": ("previsit_on", "previsit_by", "previsit_none_reason"),
    "Destination": ("danger_level", "infection_level", "level_checked_on", "level_source"),
    "Group": ("leader",),
    "Leader": ("participant", "roaming"),
    "Conductor": ("participant",),
    "Mission": ("verified_on", "source"),
    "Emergency": ("told_all_on",),
    "Homestay": ("list_due_on",),
}
"""What was looked up or done for last year alone, or names somebody of last year's roster."""


@dataclass(frozen=True)
class Carried:
    """One value of last year's plan, waiting: where it belongs (rows by key), last year's text and this year's."""

    path: str
    before: str
    value: str


def copy_plan(dossier: Dossier, *, weeks: int = WEEKS) -> tuple[Dossier, tuple[Carried, ...]]:
    """The next plan without what must be asked again, and that, moved by ``weeks`` where it is a date."""
    moved = shift(dossier, weeks)
    taken = {prop: _emptied(getattr(moved, prop)) for prop in TAKEN}
    outline = _emptied(moved.outline.model_copy(update=_THIS_YEARS_FIGURES))
    readiness = Readiness(orientation_syllabus=dossier.readiness.orientation_syllabus)
    before = {path: text for path, text, _ in _asked(dossier)}
    carried = tuple(Carried(path, before[path], text) for path, text, _ in _asked(moved))
    return Dossier(**taken, outline=outline, readiness=readiness), carried


def waits(dossier: Dossier, path: str) -> bool:
    """Whether the place is still there and empty."""
    part = _part_at(dossier, path)
    return part is not None and getattr(part, path.rpartition("/")[2]) is None


def put_back(dossier: Dossier, confirmed: Iterable[Carried]) -> Dossier:
    """The plan with the confirmed values in their places; raises ``LookupError`` when a place is gone or written in."""
    for carried in confirmed:
        if not waits(dossier, carried.path):
            raise LookupError(carried.path)
        dossier = _with(dossier, carried.path.split("/"), carried.value)
    return dossier


_THIS_YEARS_FIGURES: dict[str, Any] = {
    "party": PartyFigures(),
    **dict.fromkeys(("title", "enrolled", "non_participants")),
}


def _asked(dossier: Dossier) -> Iterator[tuple[str, str, Part]]:
    """Path, text and part of every value that must be asked again."""
    for prop in ("outline", *TAKEN):
        value = getattr(dossier, prop)
        if isinstance(value, Part):
            yield from _asked_in(value, prop)
        elif isinstance(value, tuple):
            for row in value:
                yield from _asked_in(row, f"{prop}/{row.key}")


def _asked_in(part: Part, path: str) -> Iterator[tuple[str, str, Part]]:
    forgotten = _FORGOTTEN.get(type(part).__name__, ())
    for name, prop in properties(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _asked_in(value, f"{path}/{name}")
        elif value is not None and name not in forgotten and _is_asked(type(part), prop):
            yield f"{path}/{name}", _text(value), part


def _emptied(value: Any) -> Any:
    """The same without what is asked again and what is forgotten."""
    if isinstance(value, tuple):
        return tuple(_emptied(row) for row in value)
    if not isinstance(value, Part):
        return value
    changes: dict[str, Any] = {"insured": ()} if "insured" in type(value).model_fields else {}
    for name, prop in properties(type(value)).items():
        inner = getattr(value, name)
        if isinstance(inner, Part):
            changes[name] = _emptied(inner)
        elif _is_asked(type(value), prop) or name in _FORGOTTEN.get(type(value).__name__, ()):
            changes[name] = None
    return value.model_copy(update=changes)


def _is_asked(part: type[Part], prop: Property) -> bool:
    info = part.model_fields[prop.name]
    if info.default is not None:
        return False
    kinds = get_args(info.annotation)
    person = prop.cls in _PEOPLE and not prop.many
    return person or (part.__name__, prop.name) in _ASKED or any(kind in kinds for kind in _ASKED_TYPES)


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _part_at(dossier: Dossier, path: str) -> Part | None:
    """The part that holds the last step of a path."""
    value: Any = dossier
    for step in path.split("/")[:-1]:
        if isinstance(value, tuple):
            value = next((row for row in value if row.key == step), None)
        else:
            value = getattr(value, step, None)
    return value if isinstance(value, Part) else None


def _with(value: Any, steps: list[str], text: str) -> Any:
    """``value`` with the text read into the place the steps lead to."""
    first, *rest = steps
    if isinstance(value, tuple):
        return tuple(_with(row, rest, text) if row.key == first else row for row in value)
    if rest:
        return value.model_copy(update={first: _with(getattr(value, first), rest, text)})
    info = type(value).model_fields[first]
    return value.model_copy(update={first: TypeAdapter(info.rebuild_annotation()).validate_python(text)})
