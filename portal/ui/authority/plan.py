"""The whole of a frozen plan in tables, section by section. Not here: judging it (items), changing it (nobody)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mofa_requests.documents import people
from portal.dossier import types
from portal.dossier.pointers import Property, name_of, properties
from portal.dossier.types import Dossier, Participant
from portal.ui.authority.items import age_grid, group_names, role_grid
from portal.ui.authority.values import Cell, Grid, cell, entries_of, filled_entries, filled_grid, shown
from portal.ui.labels import label_of, speaks_english, title_of
from portal.ui.shapes import Entry
from trips.enums import SECTION_PROPERTIES, Section

_NAMELESS = frozenset({"hosts", "opt_outs"})
"""Lists of people: the plan's page shows how many, not whom; travellers are counted in tables of their own."""
_TABLES = frozenset({"legs", "activities", "stays", "groups"})
"""Lists that read best as a table; the entries of the others stand one below the other."""


@dataclass(frozen=True)
class ShownSection:
    """One section: single values first, then entries one by one, then tables."""

    key: str
    title: str
    pointer: str
    entries: list[Entry]
    grids: list[Grid]
    blocks: list[tuple[str, list[Entry]]]


def sections_of(dossier: Dossier) -> list[ShownSection]:
    """Every section of the plan, in the order of the school's own pages."""
    return [_section(dossier, section) for section in Section]


def _section(dossier: Dossier, section: Section) -> ShownSection:
    names = SECTION_PROPERTIES[section]
    entries: list[Entry] = []
    grids: list[Grid] = [role_grid(dossier), age_grid(dossier)] if section is Section.ROSTER else []
    blocks: list[tuple[str, list[Entry]]] = []
    keys = group_names(dossier) | _leaders(dossier)
    for name in names:
        prop, value = properties(Dossier)[name], getattr(dossier, name)
        if name in _NAMELESS:
            entries += _count(prop, value)
        elif not prop.many:
            entries += _entries(prop, value, keys)
        elif name in _TABLES and value:
            grids.append(filled_grid(_title(prop), type(value[0]), value, keys=keys))
        elif name != "participants":
            blocks += [(_called(prop, entry, place), _block(entry, keys)) for place, entry in enumerate(value, start=1)]
    return ShownSection(section.value, label_of(section), f"/{names[0]}", entries, grids, blocks)


def _called(prop: Property, entry: Any, place: int) -> str:
    """What an entry is called above its values."""
    return name_of(entry, "en" if speaks_english() else "ja") or f"{_title(prop)} {place}"


def _block(entry: Any, keys: dict[str, str]) -> list[Entry]:
    return filled_entries(entry, keys=keys, without=("insured",))


def _entries(prop: Property, value: Any, keys: dict[str, str]) -> list[Entry]:
    if prop.part is None:
        return [Entry(_title(prop), shown(value, prop.name))] if value is not None else []
    return entries_of(value, prop.part.model_fields, keys=keys)


def _count(prop: Property, value: tuple[Any, ...]) -> list[Entry]:
    if not value:
        return []
    return [Entry(_title(prop), gettext("%(many)s件") % {"many": f"{len(value):,}"})]


def _leaders(dossier: Dossier) -> dict[str, str]:
    """Those whose names the contact table carries under every edition: leaders and conductor."""
    named = {dossier.leader.participant, dossier.conductor.participant, *(group.leader for group in dossier.groups)}
    found = {key: people.find(dossier, key) for key in named if key}
    return {key: person.name for key, person in found.items() if person and person.name}


def _title(prop: Property) -> str:
    return prop.english if speaks_english() else prop.title


def people_grid(dossier: Dossier) -> Grid:
    """The roster with names, as the ministry gets it: number, role, name, kana, age, sex, group."""
    columns = [
        gettext("番号"),
        title_of(Participant, "role"),
        title_of(Participant, "name"),
        title_of(Participant, "kana"),
        gettext("年齢(出発日)"),
        title_of(Participant, "sex"),
        title_of(Participant, "group"),
    ]
    groups = group_names(dossier)
    rows = [
        [Cell(str(number), look="end"), *_person(person, dossier, groups)]
        for number, person in enumerate(dossier.participants, start=1)
    ]
    return Grid(gettext("参加者名簿"), columns, rows)


def _person(person: Participant, dossier: Dossier, groups: dict[str, str]) -> list[Cell]:
    age = people.age_on(person.born_on, on=dossier.outline.departs_on)
    named = [cell(getattr(person, name)) for name in ("role", "name", "kana")]
    return [*named, cell(age), cell(person.sex), cell(person.group, keys=groups)]


def host_grid(dossier: Dossier) -> Grid:
    """The host families with address, telephone and number of guests."""
    columns = [*(title_of(types.Host, name) for name in ("family", "address", "phone")), gettext("泊まる人数")]
    rows = [
        [cell(host.family), cell(host.address), cell(host.phone), Cell(str(len(host.guests)), look="end")]
        for host in dossier.hosts
    ]
    return Grid(gettext("受入家庭"), columns, rows)
