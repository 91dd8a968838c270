"""Reading back what came out: the paper, the exported file and an auditor's page against the dossier that was typed.

Here: comparing. Not here: where the things come from (school, desk).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from mofa_requests.documents.held_back import HELD_BACK
from mofa_requests.documents.values import short_day
from portal.directory.countries import country
from portal.dossier import files
from portal.dossier.pointers import properties
from portal.dossier.types import Dossier, Part
from portal.kit.choices import LabelledEnum
from portal.kit.era import era_date
from tests.kit.pdf.paper import plain

_PEOPLE = {"participant", "leader", "guests", "insured"}
_GROUPS = {"group", "groups"}
_SHOWN_OTHERWISE = {"key", "edition", "mode", "departs_zone", "arrives_zone", "zone", "danger_level", "infection_level"}
"""Keys order the paper, the edition chooses its words, zones become the hours between two clocks, level 0 「なし」."""
_OURS = {"trip_no", "confirmations", "schema_version"}
"""What the portal gives a plan by itself."""


def missing_on_paper(dossier: Dossier, text: str) -> list[str]:
    """Places of ``dossier`` whose value is not in ``text`` (``plain``), though the ministry is to read it."""
    names = {each.key: str(each.name) for each in (*dossier.participants, *dossier.groups)}
    return [
        f"{path}: {value}"
        for path, value in leaves(dossier)
        if path not in HELD_BACK
        and not any(all(plain(word) in text for word in form) for form in _printed(path, value, names))
    ]


def held_back_on_paper(dossier: Dossier, text: str) -> list[str]:
    """Personal values that must stay at the school and are in ``text`` all the same."""
    kept = {"participants.passport_surname", "participants.passport_given", "participants.born_on"}
    return [
        f"{path}: {value}"
        for path, value in leaves(dossier)
        if path in kept and plain(era_date(value) if isinstance(value, dt.date) else value) in text
    ]


def personal_words(dossier: Dossier) -> set[str]:
    """Names, readings and private telephones: every personal text of four characters and more."""
    return {
        value
        for part in parts(dossier)
        for name, prop in properties(type(part)).items()
        if prop.sealed and type(value := getattr(part, name)) is str and len(value) > 3 and not value.isdigit()
    }


def as_plan(dossier: Dossier) -> dict[str, Any]:
    """The plan as a document that can be compared: rows without their keys, references by name."""
    people = {person.key: person.name for person in dossier.participants}
    groups = {group.key: group.name for group in dossier.groups}
    document = files.as_document(dossier)
    return {name: _without_keys(value, people, groups) for name, value in document.items() if name not in _OURS}


def leaves(part: Part, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is set, with its path without positions."""
    for name in type(part).model_fields:
        here = f"{path}.{name}".strip(".")
        value = getattr(part, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Part):
                yield from leaves(each, here)
            elif each is not None and not isinstance(each, bool):
                yield here, each


def parts(part: Part) -> Iterator[Part]:
    """``part`` and every part inside it."""
    yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Part):
                yield from parts(each)


def _printed(path: str, value: Any, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The ways in which a value may stand on paper, each as the words it takes."""
    last = path.rpartition(".")[2]
    if last in _SHOWN_OTHERWISE:
        return [()]
    if last in _PEOPLE | _GROUPS:
        return [(names[value],)]
    if last in ("country", "strong_in"):
        return [(country(value).ja,)]
    match value:
        case LabelledEnum():
            return [(value.label,)]
        case dt.datetime():
            return [(short_day(value.date()), f"{value:%H:%M}")]
        case dt.date():
            return [(short_day(value),), (era_date(value, weekday=False),)]
        case dt.time():
            return [(f"{value:%H:%M}",)]
        case int():
            return [(f"{value:,}",)]
        case _:
            return [(str(value),)]


def _without_keys(value: Any, people: Mapping[str, Any], groups: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_without_keys(each, people, groups) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _named(inner, people if name in _PEOPLE else groups)
        if name in _PEOPLE | _GROUPS
        else _without_keys(inner, people, groups)
        for name, inner in value.items()
        if name != "key"
    }


def _named(keys: Any, names: Mapping[str, Any]) -> Any:
    return [names[key] for key in keys] if isinstance(keys, list) else names[keys]
