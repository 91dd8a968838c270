"""What is known of each criterion, on specimen plans and their bare variants."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from jcsos.enums import Verdict
from jcsos.rules.criteria import BY_CODE, CRITERIA, RULE_SETS, Known, criteria_of
from portal.dossier.types import BenefitKind, Dossier, FounderType
from portal.lawbook.citation import passages
from tests.factories.cast import ready_dossier


@pytest.fixture(scope="module")
def known() -> Known:
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    return Known(dossier, 1, on, on + dt.timedelta(days=3), None, None, late=False, on=on)


def changed(known: Known, part: str, **values: Any) -> Known:
    """The same with some values of one part replaced."""
    new = getattr(known.dossier, part).model_copy(update=values)
    return replace(known, dossier=known.dossier.model_copy(update={part: new}))


def verdict(code: str, known: Known) -> Verdict:
    return BY_CODE[code].read(known).proposes


def test_every_criterion_says_what_it_knows_and_where_it_stands(known: Known) -> None:
    for subject in (known, replace(known, dossier=Dossier())):
        for criterion in CRITERIA:
            reading = criterion.read(subject)
            assert reading.facts, criterion.code
            assert all(fact.text and fact.english and fact.source.startswith("計画 第1版") for fact in reading.facts)


def test_an_empty_plan_proves_nothing_but_its_day() -> None:
    bare = Known(Dossier(), 1, dt.date(2027, 1, 5), None, None, None, late=False, on=dt.date(2027, 5, 1))
    proposed = {criterion.code: criterion.read(bare).proposes for criterion in CRITERIA}
    assert proposed.pop("AC05") is Verdict.MET
    assert set(proposed.values()) == {Verdict.UNPROVEN}


def test_criteria_cite_real_passages() -> None:
    assert {label for criterion in CRITERIA for label in criterion.cites} <= set(passages())


def test_rule_sets_name_known_criteria_once() -> None:
    assert [len(criteria_of(known.key)) for known in RULE_SETS] == [7, 5]
    assert len({known.key for known in RULE_SETS}) == len(RULE_SETS)
    with pytest.raises(KeyError):
        criteria_of("no-such-set")


def test_an_orientation_needs_everybody_or_make_up(known: Known) -> None:
    full = {"orientation_on": dt.date(2026, 9, 1), "orientation_syllabus": "電話の掛け方", "orientation_makeup": None}
    pupils = known.dossier.outline.party.students
    assert pupils
    assert verdict("AC01", changed(known, "readiness", **full, orientation_attended=pupils)) is Verdict.MET
    assert verdict("AC01", changed(known, "readiness", **full, orientation_attended=pupils - 1)) is Verdict.PARTLY
    made_up = {**full, "orientation_makeup": "翌週に補講した", "orientation_attended": pupils - 1}
    assert verdict("AC01", changed(known, "readiness", **made_up)) is Verdict.MET
    unwritten = {**full, "orientation_syllabus": None, "orientation_attended": pupils}
    assert verdict("AC01", changed(known, "readiness", **unwritten)) is Verdict.PARTLY
    too_late = {**full, "orientation_on": known.dossier.outline.departs_on, "orientation_attended": pupils}
    assert verdict("AC01", changed(known, "readiness", **too_late)) is Verdict.NOT_MET


def test_contacts_are_told_before_departure(known: Known) -> None:
    leaving = known.dossier.outline.departs_on
    assert leaving
    before = changed(known, "emergency", told_all_on=leaving - dt.timedelta(days=1))
    assert verdict("AC02", before) is Verdict.MET
    assert verdict("AC02", changed(known, "emergency", told_all_on=leaving)) is Verdict.NOT_MET


def test_cover_without_rescue_or_without_signature_is_partial(known: Known) -> None:
    assert verdict("AC03", known) is Verdict.MET
    policies = [
        policy.model_copy(update={"benefits": tuple(b for b in policy.benefits if b.kind is not BenefitKind.RESCUE)})
        for policy in known.dossier.policies
    ]
    bare = replace(known, dossier=known.dossier.model_copy(update={"policies": tuple(policies)}))
    assert verdict("AC03", bare) is Verdict.PARTLY
    assert "救援者費用" in BY_CODE["AC03"].read(bare).facts[1].text


def test_time_is_judged_by_filing_and_by_receipt(known: Known) -> None:
    assert verdict("AC05", known) is Verdict.MET
    behind = replace(known, submitted_on=known.school_due_on + dt.timedelta(days=1))  # type: ignore[operator]
    assert verdict("AC05", behind) is Verdict.PARTLY
    assert verdict("AC05", replace(known, late=True)) is Verdict.NOT_MET
    due = dt.date(2026, 11, 1)
    received = replace(known, received_on=due, receipt_due_on=due)
    assert verdict("AC05", received) is Verdict.MET
    assert verdict("AC05", replace(received, received_on=due + dt.timedelta(days=1))) is Verdict.NOT_MET


def test_a_reason_for_no_pre_visit_counts_in_part(known: Known) -> None:
    seen = changed(known, "outline", previsit_on=dt.date(2026, 6, 1))
    unseen = changed(known, "outline", previsit_on=None, previsit_none_reason="昨年と同じ行程のため")
    silent = changed(known, "outline", previsit_on=None, previsit_none_reason=None)
    assert [verdict("AC06", one) for one in (seen, unseen, silent)] == [
        Verdict.MET, Verdict.PARTLY, Verdict.UNPROVEN,
    ]  # fmt: skip


def test_a_report_of_the_return_is_asked_for_after_the_return(known: Known) -> None:
    back = known.dossier.outline.returns_on
    assert back
    assert verdict("AC07", replace(known, on=back)) is Verdict.NOT_APPLICABLE
    assert verdict("AC07", replace(known, on=back + dt.timedelta(days=1))) is Verdict.UNPROVEN
