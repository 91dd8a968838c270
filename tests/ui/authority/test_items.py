"""The seven items beside the rules: which fails, what stands in the tables, which places a remark may point at."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.rules import judge
from portal.demo.story import demo_trips
from portal.dossier.types import Dossier, StayKind
from portal.lawbook.finding import Severity
from portal.ui.authority.forms import RemarkForm, TickSheetForm
from portal.ui.authority.items import failing_items, items_of, other_findings
from portal.ui.authority.places import known_place, place_name, places_of
from portal.ui.authority.plan import sections_of
from portal.ui.authority.values import shown
from portal.ui.findings import annex3_met

TRIPS = {trip.dossier: trip.load() for trip in demo_trips()}


def texts(dossier: Dossier, key: str) -> list[str]:
    report = judge(dossier, on=dossier.as_of)
    item = next(item for item in items_of(dossier, report) if item.key == key)
    return [value.text for grid in item.grids for row in grid.rows for value in row]


@pytest.mark.parametrize("dossier", TRIPS.values(), ids=TRIPS)
def test_an_item_fails_exactly_where_the_schools_meter_counts_it_open(dossier: Dossier) -> None:
    report = judge(dossier, on=dossier.as_of)
    met = annex3_met(report)
    assert failing_items(report) == {str(number) for number, good in enumerate(met, start=1) if not good}


@pytest.mark.parametrize("dossier", TRIPS.values(), ids=TRIPS)
def test_no_finding_falls_between_the_items_and_the_rest(dossier: Dossier) -> None:
    report = judge(dossier, on=dossier.as_of)
    beside = {(found.code, found.message) for item in items_of(dossier, report) for found in item.verdict.findings}
    rest = {(finding.code, finding.message) for finding in other_findings(report)}
    assert beside | rest == {(finding.code, finding.message) for finding in report.findings}
    assert not beside & rest


def test_the_defects_the_ministry_complains_of_fail() -> None:
    dossier = TRIPS["defects_all"]
    report = judge(dossier, on=dossier.as_of)
    assert failing_items(report) == set("1234567")
    assert report.of(Severity.BLOCK)


def test_the_tables_show_what_the_notice_asks_for() -> None:
    dossier = TRIPS["taiwan_161"]
    assert dossier.home_contacts[0].night_phone in texts(dossier, "3")
    assert {stay.phone for stay in dossier.stays if stay.phone} <= set(texts(dossier, "4"))
    assert {leg.number for leg in dossier.legs if leg.number} <= set(texts(dossier, "1"))
    assert f"{len(dossier.participants)}" in texts(dossier, "7")
    names = {person.name for person in dossier.participants}
    assert not names & set(texts(dossier, "7")), "figures, not people"


def test_a_night_on_board_needs_no_address() -> None:
    dossier = TRIPS["australia_homestay_40"]
    aboard = next(stay for stay in dossier.stays if stay.kind is StayKind.IN_FLIGHT)
    assert aboard.address is None
    assert "該当なし" in texts(dossier, "4")
    assert "" not in texts(dossier, "4")


def test_a_holiday_number_that_is_the_night_number_says_so() -> None:
    dossier = TRIPS["australia_homestay_40"]
    assert dossier.home_contacts[0].holiday_same_as_night
    assert "夜間と同じ" in texts(dossier, "3")


@pytest.mark.parametrize("dossier", TRIPS.values(), ids=TRIPS)
def test_the_plans_page_holds_every_section_and_no_traveller_but_the_leaders(dossier: Dossier) -> None:
    sections = sections_of(dossier)
    words = [entry.value for section in sections for entry in section.entries]
    words += [entry.value for section in sections for _, entries in section.blocks for entry in entries]
    words += [value.text for section in sections for grid in section.grids for row in grid.rows for value in row]
    leaders = {dossier.leader.participant, dossier.conductor.participant, *(group.leader for group in dossier.groups)}
    for person in dossier.participants:
        if person.key not in leaders and person.name and len(person.name) > 3:
            assert person.name not in words
    assert (dossier.outline.purpose or "") in words


@pytest.mark.parametrize("dossier", TRIPS.values(), ids=TRIPS)
def test_every_finding_has_a_place_to_remark_on(dossier: Dossier) -> None:
    for finding in judge(dossier, on=dossier.as_of).findings:
        place = known_place(finding.field, dossier)
        assert place == "" or finding.field.startswith(place)
        if not finding.field.startswith(("/late_filing_reason", "/edition", "/confirmations")) and finding.field:
            assert place, finding.field


def test_places_name_no_person_and_each_only_once() -> None:
    dossier = TRIPS["taiwan_161"]
    groups = [group for group in places_of(dossier) if isinstance(group[1], list)]
    places = [place for _, group in groups for place, _ in group]
    labels = " ".join(label for _, group in groups for _, label in group)
    assert len(places) == len(set(places))
    assert "/participants" in places
    assert not any(place.startswith("/participants/") for place in places)
    assert not any(person.name in labels for person in dossier.participants if person.name)
    assert place_name("") == "計画の全体"


def test_a_place_that_is_none_of_the_choices_is_refused() -> None:
    form = RemarkForm(
        {"pointer": "/participants/3/name", "kind": "wrong", "audience": "school", "text": "x"},
        places=places_of(TRIPS["taiwan_161"]),
    )
    assert not form.is_valid()
    assert set(form.errors) == {"pointer"}


def test_ticks_start_empty_and_stay_as_they_were_written() -> None:
    assert all(TickSheetForm()[f"result_{key}"].value() is None for key in "1234567")
    form = TickSheetForm({"result_1": "not_applicable", "result_2": "present", "note_2": "  確かめた \r\n葛󠄀 "})
    assert form.is_valid()
    assert [(tick.item, tick.note) for tick in form.ticks()] == [("1", None), ("2", "確かめた \n葛󠄀")]


def test_values_are_shown_in_words() -> None:
    assert shown(486_000, "cost_per_head") == "486,000円"
    assert shown("0886", "country") == "台湾"
    assert shown(("g1", "g2"), keys={"g1": "1組"}) == "1組、g2"
    assert shown(True) == "はい"
    assert shown(None) == ""
    assert shown(dt.date(2027, 1, 6)) == "2027年1月6日(水)"
