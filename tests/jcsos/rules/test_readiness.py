"""The score of a trip and of a school, and the quarters of a group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcsos.enums import Band, Verdict
from jcsos.rules.criteria import BY_CODE, Known
from jcsos.rules.readiness import (
    SHOWN_BY_AUDIT_ALONE,
    band_of,
    bounds_of,
    gaps_of,
    mean_of,
    quarters_of,
    reasons_of,
    score_of,
    verdicts_of,
)
from portal.dossier.types import FounderType
from tests.factories.cast import ready_dossier

VERDICTS = st.dictionaries(st.sampled_from(sorted(BY_CODE)), st.sampled_from(Verdict), min_size=1)


def test_what_only_an_audit_can_show_counts_once_it_judged() -> None:
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    known = Known(dossier, 1, on, None, None, None, late=False, on=on)
    read = verdicts_of(known)
    assert not SHOWN_BY_AUDIT_ALONE & set(read)
    judged = verdicts_of(known, {"AC04": Verdict.MET, "AC01": Verdict.NOT_MET, "AC06": Verdict.NOT_APPLICABLE})
    assert (judged["AC04"], judged["AC01"]) == (Verdict.MET, Verdict.NOT_MET)
    assert "AC06" not in judged
    assert "AC07" not in judged


def test_the_score_is_the_share_of_what_could_be_met() -> None:
    assert score_of({"AC01": Verdict.MET, "AC02": Verdict.PARTLY, "AC03": Verdict.UNPROVEN}) == 50
    assert score_of({"AC01": Verdict.MET, "AC02": Verdict.MET, "AC03": Verdict.NOT_MET}) == 67
    assert score_of({}) is None


@given(VERDICTS)
def test_mending_one_criterion_never_lowers_the_score(verdicts: dict[str, Verdict]) -> None:
    before = score_of(verdicts)
    assert before is not None
    for code in verdicts:
        after = score_of({**verdicts, code: Verdict.MET})
        assert after is not None
        assert 0 <= before <= after <= 100


@pytest.mark.parametrize("score", range(101))
def test_every_score_lies_within_its_band(score: int) -> None:
    least, most = bounds_of(band_of(score))
    assert least <= score <= most


def test_the_bands_meet_without_a_gap() -> None:
    assert [bounds_of(band) for band in Band] == [(80, 100), (60, 79), (40, 59), (0, 39)]


def test_only_faults_of_annex_2_that_weigh_are_gaps() -> None:
    def found(code: str, verdict: str = "fail", severity: str = "warn") -> dict[str, str]:
        return {"code": code, "verdict": verdict, "severity": severity}

    told = [found("A204"), found("A202", "unknown"), found("A204"), found("A206", severity="advice"), found("A301")]
    assert gaps_of([*told, found("A209", "pass")]) == ["A202", "A204"]


def test_reasons_count_each_criterion_and_put_the_weakest_first() -> None:
    reasons = reasons_of([{"AC01": "met", "AC02": "not_met"}, {"AC01": "partly", "AC02": "unproven", "AC05": "met"}])
    assert [(r.code, r.met, r.partly, r.lacking, r.score) for r in reasons] == [
        ("AC02", 0, 0, 2, 0),
        ("AC01", 1, 1, 0, 75),
        ("AC05", 1, 0, 0, 100),
    ]


def test_a_mean_rounds_half_up_and_needs_a_trip() -> None:
    assert mean_of([50, 51]) == 51
    assert mean_of([]) is None


@given(st.lists(st.integers(0, 100), max_size=12))
def test_a_group_under_five_is_hidden_and_quarters_are_in_order(scores: list[int]) -> None:
    quarters = quarters_of(scores, at_least=5)
    assert (quarters is None) == (len(scores) < 5)
    if quarters:
        assert min(scores) <= quarters.lower <= quarters.middle <= quarters.upper <= max(scores)
        assert quarters.schools == len(scores)
