"""Sealing: nothing personal stays open, everything comes back, and an erased record still verifies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.files import as_document
from portal.dossier.pointers import field_info, properties
from portal.dossier.privacy import (
    SALT_BYTES,
    by_class,
    commitment,
    is_placeholder,
    join,
    new_salt,
    revision_digest,
    split,
)
from portal.dossier.types import Dossier, HomeContact, Part, Participant, School, Sex
from tests.dossier.strategies import dossiers

TRIP = Dossier(
    school=School(name="見本高等学校", principal="校長 見本"),
    home_contacts=(HomeContact(key="c1", name="山﨑 翔太", night_phone="090-0000-1234"),),
    participants=(
        Participant(key="p1", name="髙橋 𠮷子", sex=Sex.FEMALE, guardian_recorded=True),
        Participant(key="p2"),
    ),
)
SALT = bytes(range(SALT_BYTES))


def personal_values(document: Any, part: type[Part]) -> list[Any]:
    """Whatever stands open in a place of class P2 or P3."""
    found: list[Any] = []
    for name, prop in properties(part).items():
        value = document.get(name)
        if prop.sealed and name in document and not is_placeholder(value):
            found.append(value)
        elif prop.part is not None and value is not None:
            entries = value if prop.many else [value]
            found.extend(each for entry in entries for each in personal_values(entry, prop.part))
    return found


@given(dossiers())
def test_nothing_personal_stays_open_and_everything_comes_back(dossier: Dossier) -> None:
    document = as_document(dossier)
    opened, sealed = split(document)
    assert personal_values(opened, Dossier) == []
    assert sorted(map(str, personal_values(document, Dossier))) == sorted(map(str, sealed.values()))
    assert join(opened, sealed) == document


@given(dossiers(), st.text(st.characters(exclude_categories=("Cs",)), min_size=6))
def test_a_marker_planted_in_every_sealed_place_is_not_in_the_open_part(dossier: Dossier, noise: str) -> None:
    document = as_document(dossier)
    _, sealed = split(document)
    marker = f"\u2603{noise}"
    for pointer in sealed:
        *around, last = pointer[1:].split("/")
        target: Any = document
        for step in around:
            target = target[int(step)] if isinstance(target, list) else target[step]
        target[last] = marker
    opened, _ = split(document)
    assert json.dumps(marker, ensure_ascii=False)[1:-1] not in json.dumps(opened, ensure_ascii=False)


def test_the_open_part_keeps_shape_and_keys() -> None:
    opened, sealed = split(as_document(TRIP))
    assert opened["school"] == {"name": "見本高等学校", "principal": {"sealed": "P2"}}
    assert [entry["key"] for entry in opened["participants"]] == ["p1", "p2"]
    assert sealed["/participants/0/name"] == "髙橋 𠮷子"
    assert sealed["/home_contacts/0/night_phone"] == "090-0000-1234"


def test_an_entry_does_not_tell_which_of_its_values_are_known() -> None:
    opened, _ = split(as_document(TRIP))
    first, second = opened["participants"]
    assert {**first, "key": ""} == {**second, "key": ""}


def test_erased_values_leave_only_what_was_open() -> None:
    opened, _ = split(as_document(TRIP))
    erased = join(opened, {})
    assert erased["participants"] == [{"key": "p1"}, {"key": "p2"}]
    assert Dossier.model_validate_json(json.dumps(erased), strict=True).school.name == "見本高等学校"


def test_splitting_changes_nothing_in_place() -> None:
    document = as_document(TRIP)
    before = json.dumps(document)
    opened, sealed = split(document)
    join(opened, sealed)
    assert json.dumps(document) == before


def test_a_value_for_no_place_is_refused() -> None:
    opened, _ = split(as_document(TRIP))
    with pytest.raises(KeyError, match="/participants/9/name"):
        join(opened, {"/participants/9/name": "だれか"})


def test_a_name_without_class_is_refused_rather_than_left_open() -> None:
    with pytest.raises(KeyError, match="/participants/0/blood_type"):
        split({"participants": [{"key": "p1", "blood_type": "A"}]})


def test_classes_are_erased_apart() -> None:
    _, sealed = split(as_document(TRIP))
    parted = by_class(sealed)
    assert set(parted) == {"P2", "P3"}
    assert set(parted["P3"]) == {"/home_contacts/0/night_phone"}
    assert {**parted["P2"], **parted["P3"]} == sealed
    assert all(field_info(pointer).cls == cls for cls, values in parted.items() for pointer in values)


@given(dossiers())
def test_an_erased_record_still_verifies(dossier: Dossier) -> None:
    opened, sealed = split(as_document(dossier))
    kept = commitment(sealed, SALT)
    digest = revision_digest(opened, kept)
    del sealed
    assert revision_digest(json.loads(json.dumps(opened)), kept) == digest


@given(dossiers(), st.data())
def test_any_change_of_a_sealed_value_breaks_the_commitment(dossier: Dossier, data: st.DataObject) -> None:
    opened, sealed = split(as_document(dossier))
    bound = commitment(sealed, SALT)
    assert commitment(dict(reversed(sealed.items())), SALT) == bound
    if sealed:
        pointer = data.draw(st.sampled_from(sorted(sealed)))
        assert commitment({**sealed, pointer: [sealed[pointer]]}, SALT) != bound
        assert commitment({key: value for key, value in sealed.items() if key != pointer}, SALT) != bound
    assert revision_digest(opened, bound) != revision_digest(opened, commitment(sealed, bytes(SALT_BYTES)))
    assert revision_digest({**opened, "trip_no": "another"}, bound) != revision_digest(opened, bound)


def test_commitments_by_class_survive_the_erasure_of_one_class() -> None:
    opened, sealed = split(as_document(TRIP))
    salts = {"P2": SALT, "P3": bytes(SALT_BYTES)}
    commitments = {cls: commitment(values, salts[cls]) for cls, values in by_class(sealed).items()}
    digest = revision_digest(opened, commitments)
    remaining = by_class(sealed)["P2"]
    again = {"P2": commitment(remaining, SALT), "P3": commitments["P3"]}
    assert revision_digest(opened, again) == digest


def test_equal_values_under_new_salts_cannot_be_recognised() -> None:
    _, sealed = split(as_document(TRIP))
    first, second = new_salt(), new_salt()
    assert len(first) == SALT_BYTES
    assert commitment(sealed, first) != commitment(sealed, second)


@pytest.mark.parametrize("salt", [b"", b"salt", bytes(31), bytes(33)])
def test_a_salt_that_could_be_searched_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment({}, salt)
