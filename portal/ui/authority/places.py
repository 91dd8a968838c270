"""The places of a plan that a remark may point at: whole sections, their entries, the fields that answer a duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from portal.dossier.pointers import Property, label_of, properties
from portal.dossier.types import Dossier, Part
from portal.ui.labels import label_of as shown_label
from portal.ui.labels import speaks_english
from trips.enums import SECTION_PROPERTIES, Section

# Travellers and host families are people: a remark points at the list, its text says whom by number.
_PEOPLE = frozenset({"participants", "hosts", "opt_outs"})
Choice = tuple[str, str]


def places_of(dossier: Dossier) -> list[Choice | tuple[str, list[Choice]]]:
    """Choices grouped by section, for a selection field; the first one is the plan as a whole."""
    return [("", gettext("計画の全体")), *_groups(dossier)]


def place_name(pointer: str, dossier: Dossier | None = None) -> str:
    """What the page calls a place; the whole plan for an empty pointer."""
    if not pointer:
        return gettext("計画の全体")
    return label_of(pointer, "en" if speaks_english() else "ja", dossier=dossier)


def known_place(pointer: str, dossier: Dossier) -> str:
    """``pointer`` if it is one of the choices, else the nearest place above it that is; empty for none."""
    known = {place for _, group in _groups(dossier) for place, _ in group}
    while pointer and pointer not in known:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _groups(dossier: Dossier) -> list[tuple[str, list[Choice]]]:
    return [(shown_label(section), list(_section(dossier, section))) for section in Section]


def _section(dossier: Dossier, section: Section) -> Iterator[Choice]:
    for name in SECTION_PROPERTIES[section]:
        prop = properties(Dossier)[name]
        yield _choice(dossier, f"/{name}")
        if prop.many and name not in _PEOPLE:
            for index, entry in enumerate(getattr(dossier, name)):
                yield from _entry(dossier, f"/{name}/{index}", entry)
        elif prop.part is not None and not prop.many:
            yield from _fields(dossier, f"/{name}", prop.part, every=True)


def _entry(dossier: Dossier, pointer: str, entry: Any) -> Iterator[Choice]:
    yield _choice(dossier, pointer)
    if isinstance(entry, Part):
        yield from _fields(dossier, pointer, type(entry), every=False)


def _fields(dossier: Dossier, pointer: str, part: type[Part], *, every: bool) -> Iterator[Choice]:
    for prop in properties(part).values():
        if prop.name != "key" and (every or _answers_a_duty(prop)):
            yield _choice(dossier, f"{pointer}/{prop.name}")


def _answers_a_duty(prop: Property) -> bool:
    return bool(prop.citations)


def _choice(dossier: Dossier, pointer: str) -> Choice:
    return pointer, place_name(pointer, dossier)
