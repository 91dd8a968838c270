"""What the rules say of the specimens: complete ones are ready, the late one is late, the defects are all found."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.rules import judge
from portal.demo.story import Amend, demo_trips, edited
from portal.dossier.shift import shift
from portal.lawbook.finding import Severity, Standing

TRIPS = {trip.dossier: trip for trip in demo_trips()}
READY = sorted(set(TRIPS) - {"defects_all", "draft_new_zealand", "late_vietnam"})


@pytest.mark.parametrize("name", READY)
def test_a_complete_plan_may_be_submitted_on_the_day_it_was(name):
    trip = TRIPS[name]
    dossier = trip.load()
    report = judge(dossier, edition="2003", on=trip.submitted_on or dossier.as_of)
    assert report.verdict is Standing.READY, [finding.message for finding in report.of(Severity.BLOCK)]


def test_the_late_plan_is_late_and_may_be_submitted_with_its_reason():
    dossier = TRIPS["late_vietnam"].load()
    report = judge(dossier, edition="2003", on=dossier.as_of)
    assert report.verdict is Standing.LATE
    assert report.may_submit
    assert not judge(
        dossier.model_copy(update={"late_filing_reason": None}), edition="2003", on=dossier.as_of
    ).may_submit


def test_the_defect_plan_lacks_something_under_every_item_of_annex_3():
    dossier = TRIPS["defects_all"].load()
    report = judge(dossier, edition="2003", on=dossier.as_of)
    cited = {label for finding in report.of(Severity.BLOCK) for label in finding.citation}
    assert report.verdict is Standing.BLOCKED
    assert {f"別添三 {item}" for item in "一二三四五六七"} <= cited
    missing = {finding.field for finding in report.of(Severity.BLOCK)}
    assert {
        "/home_contacts/0/name",
        "/home_contacts/0/night_phone",
        "/home_contacts/0/holiday_phone",
        "/stays/0/address",
        "/stays/0/phone",
        "/policies/0/address",
        "/policies/0/phone",
    } <= missing


def test_the_unfinished_draft_cannot_be_submitted():
    dossier = TRIPS["draft_new_zealand"].load()
    assert judge(dossier, edition="2003", on=dossier.as_of).verdict is Standing.BLOCKED


def test_the_amended_plan_is_ready_again():
    trip = TRIPS["national_attached_england"]
    (step,) = [step for step in trip.steps if isinstance(step, Amend)]
    report = judge(edited(trip.load(), step.edits), edition="2003", on=step.day)
    assert report.verdict is Standing.READY


@pytest.mark.parametrize("weeks", [0, 3, 17, 52, 104])
@pytest.mark.parametrize("name", sorted(set(READY) - {"guam_past"}))
def test_a_complete_plan_is_still_ready_six_days_later_in_any_season(name, weeks):
    dossier = shift(TRIPS[name].load(), weeks)
    report = judge(dossier, edition="2003", on=dossier.as_of + dt.timedelta(days=6))
    assert report.verdict is Standing.READY, [finding.message for finding in report.of(Severity.BLOCK)]
