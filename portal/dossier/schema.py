"""The published JSON Schema (2020-12) of a dossier file, with titles, citations, remedies and data classes.

Not here: reading files (files). The schema is derived from the types, never written by hand.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from portal.dossier.pointers import identity_of
from portal.dossier.types import Dossier, Part
from portal.kit.choices import LabelledEnum

SCHEMA_ID = "urn:wataridori:dossier:1"
_DESCRIPTION = (
    "海外修学旅行の依頼一件。省いた項目と null は未入力。名前は入力のまま、電話番号は入力のまま、日付は日本の暦日、"
    "時刻は現地時刻で、時刻帯の欄を添える。x-citation は答える通知の箇所、x-remedy は直す画面の欄、"
    "x-class はデータの区分(P2・P3は確定版で封をする)、x-unique-by は一覧の中で重ならない項目。"
)


class _Labelled(GenerateJsonSchema):
    """Adds the Japanese and English labels of every vocabulary."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        found = super().enum_schema(schema)
        members = [member for member in schema["members"] if isinstance(member, LabelledEnum)]
        found["x-labels"] = {member.value: [member.label, member.english] for member in members}
        found.pop("description", None)
        return found


def build_schema() -> dict[str, Any]:
    """The schema as JSON values; the same on every call."""
    found = TypeAdapter(Dossier).json_schema(schema_generator=_Labelled)
    definitions = found.pop("$defs")
    _mark_unique_entries(found, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **_without_empty_defaults(found),
        "title": "渡航計画ファイル",
        "description": _DESCRIPTION,
        "$defs": _without_empty_defaults(definitions),
    }


def schema_text() -> str:
    """The schema as it is published in ``docs/dossier.schema.json``."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n"


def _without_empty_defaults(value: Any) -> Any:
    """Null defaults say nothing, and a part's default is spelt out by the part itself."""
    if isinstance(value, list):
        return [_without_empty_defaults(member) for member in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without_empty_defaults(member)
        for name, member in value.items()
        if not (name == "default" and (member is None or isinstance(member, dict | list)))
    }


def _mark_unique_entries(found: dict[str, Any], definitions: dict[str, Any]) -> None:
    """JSON Schema cannot say that keys do not repeat within a list; readers of the schema are told by an annotation."""
    identities = {part.__name__: identity_of(part) for part in _parts(Part)}
    for schema in (found, *definitions.values()):
        for prop in schema.get("properties", {}).values():
            entry = prop.get("items", {}).get("$ref", "").rpartition("/")[2]
            if identities.get(entry):
                prop["x-unique-by"] = identities[entry]


def _parts(base: type[Part]) -> list[type[Part]]:
    return [each for part in base.__subclasses__() for each in (part, *_parts(part))]
