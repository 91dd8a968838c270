"""Every rule has cases that a board officer can read, and every case holds."""

from __future__ import annotations

import pytest

from mofa_requests.rules import BOOK
from tests.rules.casework import TODAY, base_dossier, case_files, judge, judge_case, read_cases

CASES = [case for path in case_files() for case in read_cases(path)]


def is_about(finding, case):
    """The rule's own findings, and the open fields of the case that a weightier rule reports for all of them."""
    return finding.code == case["rule"] or (finding.unanswered and finding.field in case.get("at", []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['name']}")
def test_case(case):
    report = judge_case(case)
    said = {ran.code: ran for ran in report.ran}[case["rule"]]
    found = [finding for finding in (*report.findings, *report.follow_ups) if is_about(finding, case)]
    assert said.verdict.value == case["verdict"], [finding.message for finding in found]
    if "at" in case or case["verdict"] != "unknown":
        assert sorted(finding.field for finding in found) == sorted(case.get("at", []))
    for words in case.get("says", []):
        assert any(words in finding.message for finding in found), [finding.message for finding in found]
    if "severity" in case:
        assert {finding.severity.value for finding in found} == {case["severity"]}
    if "cites" in case:
        assert {finding.citation for finding in found} == {tuple(case["cites"])}
    if "whole" in case:
        assert report.verdict.value == case["whole"]


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_every_rule_has_a_pass_a_fail_and_an_unknown(rule):
    verdicts = {case["verdict"] for case in CASES if case["rule"] == rule.code}
    wanted = {"pass", "fail", "unknown"}
    assert wanted <= verdicts, f"{rule.code}: {', '.join(sorted(wanted - verdicts))} に当たる例がありません"


def test_every_case_file_is_named_after_its_rule():
    codes = {rule.code for rule in BOOK.rules}
    for path in case_files():
        assert {case["rule"] for case in read_cases(path)} == {path.stem} <= codes


def test_the_base_plan_meets_every_rule_in_every_edition():
    for edition in ("2003", "2016", "2024"):
        report = judge(base_dossier(), edition=edition, on=TODAY)
        assert [(finding.code, finding.field, finding.message) for finding in report.findings] == []
