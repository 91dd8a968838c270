"""The published schema: what it says, that it is the committed one, and that real files keep to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from hypothesis import given

from portal.dossier.files import dump
from portal.dossier.schema import build_schema, schema_text
from portal.dossier.types import Dossier
from tests.dossier.strategies import dossiers

ROOT = Path(__file__).parents[2]
SCHEMA = build_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
DEMO = sorted((ROOT / "portal" / "demo" / "dossiers").glob("*.json"))


def published() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for owner, schema in [("Dossier", SCHEMA), *SCHEMA["$defs"].items()]:
        for name, prop in schema.get("properties", {}).items():
            yield owner, name, prop


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_committed_schema_is_the_one_derived_from_the_types() -> None:
    committed = (ROOT / "docs" / "dossier.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "python manage.py dossier_schema > docs/dossier.schema.json"


def test_the_command_prints_it() -> None:
    printed = StringIO()
    call_command("dossier_schema", stdout=printed)
    assert printed.getvalue() == schema_text()


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_demo_files_keep_to_it(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@given(dossiers())
def test_whatever_is_written_keeps_to_it(dossier: Dossier) -> None:
    VALIDATOR.validate(json.loads(dump(dossier)))


def test_every_property_has_titles_and_a_class() -> None:
    for owner, name, prop in published():
        assert prop["title"], (owner, name)
        assert prop["x-title-en"], (owner, name)
        assert prop["x-class"] in {"P0", "P1", "P2", "P3"}, (owner, name)


def test_a_property_that_answers_a_duty_says_where_it_is_mended() -> None:
    cited = {(owner, name): prop for owner, name, prop in published() if "x-citation" in prop}
    assert all(prop["x-remedy"] for prop in cited.values())
    assert all(isinstance(citation, str) for prop in cited.values() for citation in prop["x-citation"])
    citations = {citation for prop in cited.values() for citation in prop["x-citation"]}
    assert {f"別添三 {number}" for number in "一二三四五六七"} <= citations
    assert {
        "別添一 一(一)(イ)",
        "別添一 一(一)(ロ)",
        "別添一 一(二)(イ)",
        "別添一 一(二)(ロ)",
        "別添一 一(三)(イ)",
        "別添一 一(三)(ロ)",
        "別添一 一(三)(ハ)",
        "別添一 二(一)(イ)",
        "別添一 二(一)(ロ)",
        "別添一 二(二)",
        "別添一 三(一)",
        "別添一 三(二)",
        "別添二 一(一)",
        "別添二 一(二)",
        "別添二 一(三)",
        "別添二 二",
        "別添二 三",
        "別添二 五(一)",
        "別添二 五(二)",
        "別添二 五(三)",
        "別添二 五(四)",
        "文初高第七五号 記一",
        "領保第六一五七号 記二(一)",
        "領保第六一五七号 記二(二)",
        "15初国教第25号",
    } <= citations


def test_vocabularies_carry_their_labels() -> None:
    assert SCHEMA["$defs"]["StayKind"]["x-labels"]["in_flight"] == ["機中泊", "On board an aircraft"]


def test_lists_of_entries_say_what_tells_entries_apart() -> None:
    unique = {name: prop["x-unique-by"] for _, name, prop in published() if "x-unique-by" in prop}
    assert unique["participants"] == "key"
    assert unique["opt_outs"] == "participant"
    assert unique["benefits"] == "kind"
    assert unique["confirmations"] == "section"
    assert unique["ticks"] == "item"


def test_health_and_blood_type_have_no_place() -> None:
    text = schema_text().lower()
    for word in ("allerg", "medicine", "blood_type", '血液型"', "アレルギー", "passport_number", "my_number"):
        assert word not in text
