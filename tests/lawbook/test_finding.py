"""Findings and reports are data: their JSON form, where they point, and how names are taken out."""

from __future__ import annotations

import datetime as dt

from portal.lawbook.deadlines import deadlines
from portal.lawbook.finding import Finding, Ran, Report, Severity, Verdict

ON = dt.date(2026, 12, 1)


def finding(**more):
    told = {
        "code": "A331",
        "verdict": Verdict.FAIL,
        "severity": Severity.BLOCK,
        "citation": ("別添三 三",),
        "field": "/home_contacts/0/name",
        "message": "留守校の連絡責任者「髙橋 花」は旅行に行きます。",
        "message_en": "Home contact “髙橋 花” travels.",
        "remedy": "home#name",
    }
    return Finding(**{**told, **more})


def report(*findings, **more):
    return Report("2003", ON, findings, (finding(verdict=Verdict.PASS),), (), (Ran("A331", Verdict.FAIL),), **more)


def test_the_json_form_of_a_finding():
    assert finding(due_on=ON).as_json() == {
        "code": "A331",
        "verdict": "fail",
        "severity": "block",
        "citation": ["別添三 三"],
        "field": "/home_contacts/0/name",
        "message": "留守校の連絡責任者「髙橋 花」は旅行に行きます。",
        "message_en": "Home contact “髙橋 花” travels.",
        "remedy": "home#name",
        "verified": True,
        "due_on": "2026-12-01",
    }


def test_names_are_taken_out_for_those_who_may_not_see_persons():
    masked = report(finding()).without_names(["髙橋 花"])
    assert masked.findings[0].message == "留守校の連絡責任者「(氏名)」は旅行に行きます。"
    assert masked.findings[0].message_en == "Home contact “(name)” travels."
    assert "髙橋" not in masked.passed[0].message


def test_findings_are_found_by_place_and_weight():
    told = report(
        finding(), finding(field="/home_contacts/01"), finding(severity=Severity.WARN, field="/home_contacts")
    )
    assert len(told.at("/home_contacts")) == 3
    assert len(told.at("/home_contacts/0")) == 1
    assert [found.severity for found in told.of(Severity.WARN)] == [Severity.WARN]


def test_the_json_form_of_a_report_may_hold_everything():
    told = report(finding(), deadlines=deadlines(dt.date(2027, 3, 10), "2003"))
    plain, everything = told.as_json(), told.as_json(everything=True)
    assert plain["deadlines"]["receipt"] == "2027-02-10"
    assert (plain["edition"], plain["on"], plain["verdict"], plain["may_submit"]) == (
        "2003",
        "2026-12-01",
        "blocked",
        False,
    )
    assert [found["verdict"] for found in plain["findings"]] == ["fail"]
    assert [found["verdict"] for found in everything["findings"]] == ["fail", "pass"]
    assert plain["ran"] == [{"code": "A331", "verdict": "fail", "reason": ""}]
    assert report().as_json()["deadlines"] is None


def test_labels_are_bilingual():
    assert (Verdict.UNKNOWN.label, Verdict.UNKNOWN.english) == ("未入力", "Not filled in")
