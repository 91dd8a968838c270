"""Hints point at properties that exist, speak both languages, and cover every property that answers a duty."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from portal.dossier import types
from portal.kit import phones
from portal.ui.hints import hint_text, hints
from portal.ui.labels import citations_of
from portal.ui.part_forms import part_form
from tests.ui.test_part_forms import ALL_PARTS, options_of

JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("pointer", sorted(hints()))
def test_a_hint_points_at_a_property_and_says_something(pointer: str) -> None:
    part_name, field_name = pointer.split(".")
    hint = hints()[pointer]
    assert field_name in getattr(types, part_name).model_fields
    assert hint.need or hint.example or hint.why
    assert bool(hint.why) == bool(hint.why_en)
    assert not JAPANESE.search(hint.why_en + hint.example_en)


def test_every_cited_property_has_a_hint() -> None:
    cited = {
        f"{part.__name__}.{name}"
        for part in ALL_PARTS
        for name in part_form(part, choices=options_of(part)).base_fields
        if citations_of(part, name)
    }
    # A confirmation is a button, not a field that one fills in.
    assert cited - set(hints()) == {"Confirmation.confirmed_on"}


def test_no_example_rings_anybody() -> None:
    examples = [hint.example for pointer, hint in hints().items() if re.search(r"phone|mobile|fax", pointer)]
    numbers = [example for example in examples if example and not JAPANESE.search(example)]
    assert numbers
    assert [number for number in numbers if phones.problems(number, demo=True)] == []
    assert all(phones.is_specimen(phones.e164(number) or "") for number in numbers)


def test_both_languages() -> None:
    with override("ja"):
        assert hint_text("HomeContact", "title") == "例: 教頭"
        assert hint_text("HomeContact", "no_such") == ""
    with override("en"):
        assert hint_text("HomeContact", "title") == "e.g. Vice-principal"
