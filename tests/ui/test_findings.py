"""What a finding's card prints as its ground: the places it names, each with the words that stand there."""

from __future__ import annotations

from dataclasses import replace

from mofa_requests.rules import BOOK
from portal.lawbook.finding import Finding, Severity, Verdict
from portal.ui.findings import show

RULE = BOOK.get("A111")
FOUND = Finding(
    RULE.code, Verdict.UNKNOWN, Severity.BLOCK, RULE.citation, "/school/name", "未入力です。", "Empty.", RULE.remedy
)


def places(finding: Finding) -> list[tuple[str, bool]]:
    return [(cite.place, bool(cite.quote)) for cite in show(finding, url_of=lambda pointer: "").citations]


def test_a_rule_prints_its_own_passages() -> None:
    assert places(FOUND) == [(cite.label, bool(cite.quote)) for cite in RULE.cites]


def test_a_finding_that_speaks_for_several_rules_prints_the_places_of_all() -> None:
    merged = replace(FOUND, citation=(*RULE.citation, "領保第六一五七号 記二(一)"))
    assert places(merged) == [*places(FOUND), ("領保第六一五七号 記二(一)", True)]


def test_a_boards_own_rule_is_named_without_a_quotation() -> None:
    own = replace(FOUND, citation=("見本県教育委員会 海外修学旅行実施基準",))
    assert places(own) == [("見本県教育委員会 海外修学旅行実施基準", False)]
