"""Remove every single must-report sub-item of 別添一 and 別添三 in turn: each gap is found with the right citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.dossier.pointers import properties, value_at
from portal.dossier.types import Dossier, Part
from tests.rules.casework import place
from tests.rules.demos import baseline, complete, document_of, judge_as_of, new_findings
from tests.sizes import size

ANNEXES = ("別添一", "別添三")
PEOPLE_TRIED = size(3, proof=10_000)
HOSTS = "/hosts"  # with a day stated the list may follow (別添一 一(三)(ハ)): tried without one
# When a whole list goes: a list of agents holds the local agents too, and days may have nothing but legs.
FOLLOWS_FROM_A_LIST = {"/agents": {"A113"}, "/legs": {"CO34"}, HOSTS: {"A127", "CO48"}}


def sub_items(part: Part, pointer: str = "") -> Iterator[tuple[str, Any, set[str]]]:
    """Every filled-in property that answers a duty of 別添一 or 別添三: pointer, empty value, citations."""
    for name, prop in properties(type(part)).items():
        value, here = getattr(part, name), f"{pointer}/{name}"
        duties = {label for label in prop.citations if label.startswith(ANNEXES)}
        if duties and value not in (None, ()):
            yield here, [] if prop.many else None, duties
        if isinstance(value, Part):
            yield from sub_items(value, here)
        elif prop.many and prop.part is not None:
            entries = value[:PEOPLE_TRIED] if name == "participants" else value
            for number, entry in enumerate(entries):
                yield from sub_items(entry, f"{here}/{number}")


def cases() -> Iterator[Any]:
    for name, dossier in complete().items():
        yield from (pytest.param(name, *item, id=f"{name} {item[0]}") for item in sub_items(dossier))


@pytest.mark.parametrize(("name", "pointer", "empty", "duties"), list(cases()))
def test_a_removed_sub_item_is_found(name, pointer, empty, duties):
    document = document_of(name)
    parent, last = place(document, pointer)
    parent[last] = empty
    if pointer.startswith(HOSTS):
        document["homestay"]["list_due_on"] = None
    told = new_findings(name, judge_as_of(Dossier.model_validate(document)))
    about = [finding for finding in told if set(finding.citation) & duties]
    assert about, f"{pointer} を消しても何も言われません"
    allowed = FOLLOWS_FROM_A_LIST.get(HOSTS if pointer.startswith(HOSTS) else pointer, set())
    strangers = [finding for finding in told if not is_consequence(finding, pointer) and finding.code not in allowed]
    assert [(finding.code, finding.field, finding.message) for finding in strangers] == []


def is_consequence(finding, pointer):
    """The finding is about the removed entry itself, or about the same thing (its address, its other number)."""
    return finding.field == pointer or finding.field.rpartition("/")[0] == pointer.rpartition("/")[0] != ""


def test_every_specimen_trip_is_tried():
    assert len(complete()) >= 8


@pytest.mark.parametrize("name", list(complete()))
def test_the_specimens_themselves_have_no_gap_in_the_annexes(name):
    gaps = [finding for finding in baseline(name).findings if finding.severity.value == "block"]
    assert gaps == []
    assert value_at(complete()[name], "/school/name")
