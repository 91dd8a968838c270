"""Why the ministry asks: each place of the notices that a section answers, word for word, with its fields."""

from __future__ import annotations

from portal.dossier.types import Dossier, HomeContact
from portal.lawbook.citation import passages
from portal.ui.school.filled import fill
from portal.ui.school.reasons import reasons_of
from trips.enums import Section

WRITTEN = Dossier(home_contacts=(HomeContact(key="c1", name="髙橋 美保"),))


def test_a_section_names_the_places_it_answers_with_their_words_and_fields() -> None:
    found = {reason.place: reason for reason in reasons_of(fill(Section.HOME, WRITTEN, None))}
    reason = found["別添三 三"]
    assert reason.quote == passages()["別添三 三"].quote
    assert ("夜間の連絡先", "f-home_contacts-c1-night_phone") in reason.fields
    assert ("夜間の連絡先", "f-home_contacts-c1-night_phone") in found["別添一 一(一)(ロ)"].fields


def test_a_list_without_rows_names_its_fields_without_a_way_to_them() -> None:
    (reason,) = [found for found in reasons_of(fill(Section.HOME, Dossier(), None)) if found.place == "別添三 三"]
    assert {anchor for _, anchor in reason.fields} == {""}


def test_places_stand_in_the_order_of_the_notices_and_once() -> None:
    order = list(passages())
    for section in (section for section in Section if section is not Section.ROSTER):
        places = [reason.place for reason in reasons_of(fill(section, Dossier(), None))]
        assert places == sorted(set(places), key=order.index)
