"""Which fields changed, as the forms name them: emptied ones count, rows that are gone do not."""

from __future__ import annotations

from portal.dossier.types import Leg, Outline, PartyFigures, Stay
from trips.facts.authorship import changed_fields, field_names, filled_count

BEFORE = {"stays": (Stay(key="s1", name="見本大飯店", phone="02-0000-0000"), Stay(key="s2", name="見本山荘"))}


def test_changed_added_and_emptied_fields_are_named() -> None:
    after = {"stays": (Stay(key="s1", name="見本大飯店 別館"), Stay(key="s3", city="台北"))}
    assert changed_fields(BEFORE, after) >= {"stays-s1-name", "stays-s1-phone", "stays-s3-city"}
    assert not [name for name in changed_fields(BEFORE, after) if name.startswith("stays-s2")]
    assert changed_fields(BEFORE, BEFORE) == set()


def test_parts_inside_parts_and_plain_values_have_the_names_of_their_forms() -> None:
    before = {"outline": Outline(), "no_local_agent_reason": None}
    after = {"outline": Outline(title="台北", party=PartyFigures(total=4)), "no_local_agent_reason": "個人手配"}
    assert changed_fields(before, after) == {
        "outline-title",
        "outline-party_total",
        "no_local_agent_reason-no_local_agent_reason",
    }


def test_what_is_filled_is_counted_without_keys_and_blanks() -> None:
    assert filled_count({"stays": (Stay(key="s1", name="見本大飯店", city="台北"),)}) == 3  # the kind as well
    assert filled_count({"legs": (Leg(key="l1"),)}) == filled_count({"legs": (Leg(key="l2"),)})
    assert {"stays-s1-name", "stays-s2-phone"} <= field_names(BEFORE)
    assert "stays-s1-key" not in field_names(BEFORE)
