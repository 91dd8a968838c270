"""The engine: verdicts, order, open fields told once, facts derived once."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.lawbook.finding import Severity, Standing, Verdict
from portal.lawbook.parameters import Figure
from portal.lawbook.rule import BLOCK, Chapter
from portal.lawbook.rulebook import Rulebook
from tests.lawbook import toybook
from tests.lawbook.toybook import TODAY, Facts, bed, house


@pytest.fixture
def book():
    return Rulebook(toybook.book())


def judge(book, dossier, *, edition="2003", **more):
    return book.judge(dossier, edition=edition, on=TODAY, **more)


def verdicts(report):
    return {ran.code: ran.verdict for ran in report.ran}


def test_everything_right_is_ready_and_every_rule_is_listed(book):
    report = judge(book, house(bed()))
    assert report.findings == ()
    assert set(verdicts(report).values()) == {Verdict.PASS}
    assert [finding.code for finding in report.passed] == ["T01", "T02", "T03", "T04"]
    assert report.verdict is Standing.READY


def test_an_empty_need_is_unknown_and_the_function_is_not_asked(book):
    report = judge(book, house(bed(name=None)))
    assert verdicts(report)["T01"] is Verdict.UNKNOWN
    (finding,) = report.findings
    assert finding.field == "/beds/0/name"
    assert finding.message == "部屋1の「名称」が未入力です。"
    assert finding.message_en == "Bed 1: “Name” is not filled in."


def test_a_blocking_rule_blocks_whether_it_fails_or_is_unknown(book):
    assert judge(book, house(bed(phone=None))).verdict is Standing.BLOCKED
    assert judge(book, house(bed(phone="未定"))).verdict is Standing.BLOCKED
    assert judge(book, house(bed(name="長い名前だ"))).verdict is Standing.READY


def test_a_placeholder_fails_and_is_quoted(book):
    (finding,) = judge(book, house(bed(phone="調整中"))).findings
    assert (finding.verdict, finding.unanswered) == (Verdict.FAIL, True)
    assert "「調整中」のまま" in finding.message
    assert "“調整中”" in finding.message_en


def test_one_finding_for_each_subject_that_is_wrong(book):
    report = judge(book, house(bed(), bed(name="長い名前だ"), bed(name="もっと長い名前")))
    assert [finding.field for finding in report.findings] == ["/beds/1/name", "/beds/2/name"]
    assert verdicts(report)["T01"] is Verdict.FAIL


def test_no_subjects_and_excuses_are_not_applicable_with_the_reason(book):
    report = judge(book, house())
    reasons = {ran.code: ran.reason for ran in report.ran if ran.verdict is Verdict.NOT_APPLICABLE}
    assert reasons == {"T01": "部屋がありません", "T02": "部屋がありません", "T04": "部屋がない"}
    rented = judge(book, house(bed(), owner="借"))
    assert {ran.code: ran.reason for ran in rented.ran}["T04"] == "借家"


def test_what_may_follow_passes_until_its_day_and_is_listed(book):
    report = judge(book, house(bed(phone=None, follows_on=TODAY)))
    assert report.findings == ()
    (follow_up,) = report.follow_ups
    assert (follow_up.due_on, follow_up.field, follow_up.verdict) == (TODAY, "/beds/0/phone", Verdict.PASS)
    late = judge(book, house(bed(phone=None, follows_on=TODAY - dt.timedelta(days=1))))
    assert late.findings[0].verdict is Verdict.FAIL
    assert "2026年11月30日(月)までに確定する予定でした" in late.findings[0].message


def test_outcomes_point_into_the_dossier_from_the_subject_or_from_the_top(book):
    assert judge(book, house(bed(), owner="空")).findings[0].field == "/owner/phone"
    assert judge(book, house(bed()), local="x").findings[0].field == "/owner"
    assert judge(book, house(bed(), owner="後")).follow_ups[0].field == "/owner/phone"


def test_an_authoritys_rule_is_cited_instead_of_the_ministrys(book):
    (finding,) = judge(book, house(bed(), owner="板")).findings
    assert finding.citation == ("見本県の基準",)


def test_late_is_late_and_a_reason_makes_it_a_warning(book):
    late = judge(book, house(bed()), local="late")
    assert (late.verdict, late.may_submit) == (Standing.LATE, False)
    excused = judge(book, house(bed(), late_filing_reason="台風"), local="late")
    assert (excused.verdict, excused.may_submit) == (Standing.LATE, True)
    assert excused.findings[0].severity is Severity.WARN


def test_blocked_goes_before_late(book):
    assert judge(book, house(bed(phone=None)), local="late").verdict is Standing.BLOCKED


def test_an_edition_may_weigh_a_rule_otherwise_or_leave_it_out(book):
    report = judge(book, house(bed(), owner="板"), edition="2024")
    assert report.findings[0].severity is Severity.BLOCK
    assert "T03" not in verdicts(report)


def test_an_unknown_edition_is_named(book):
    with pytest.raises(LookupError, match="1989"):
        judge(book, house(bed()), edition="1989")


def test_the_worst_comes_first(book):
    report = judge(book, house(bed(name="長い名前だ", phone=None), owner="板"))
    assert [finding.severity for finding in report.findings] == [Severity.BLOCK, Severity.WARN, Severity.ADVICE]


def test_an_open_field_is_told_once_with_all_citations():
    first, second = toybook.book(), Chapter("U", "もう一つ", "Another", facts=Facts)
    second.require(
        "U01", "また電話番号がある", "Again a telephone", cites=("別添三 二",), severity=BLOCK, each=toybook.BEDS,
        needs=("phone",), remedy="beds#phone",
    )  # fmt: skip
    (finding,) = judge(Rulebook(first, second), house(bed(phone=None))).findings
    assert (finding.code, finding.citation) == ("T02", ("別添三 四", "別添三 二"))


def test_facts_are_derived_once(book):
    Facts.built = 0
    judge(book, house(bed(), bed()))
    assert Facts.built == 1


def test_rules_are_found_by_code_in_any_case(book):
    assert book.get("t01").code == "T01"
    with pytest.raises(LookupError, match="規則 X99 はありません"):
        book.get("X99")


def test_dated_figures_may_be_replaced(book):
    chapter = toybook.book()

    @chapter.rule(
        "T05", "数が合う", "The figure fits", cites=toybook.CITES, severity=BLOCK, each=toybook.HOUSE, remedy="x#y"
    )
    def fits(house_, facts, law):
        return None if law.amount("x") == 7 else toybook.Fault("違う", "wrong")

    figures = {"x": Figure("x", "題", "Title", "yen", "目安", verified=False, reference="x", since=TODAY, amount=7)}
    assert judge(Rulebook(chapter), house(bed()), parameters=figures).findings == ()


def test_the_digest_tells_one_wording_of_the_law_from_another():
    book, same, reworded = (Rulebook(toybook.book()) for _ in range(3))
    assert book.digest == same.digest
    chapter = toybook.book()
    chapter.require(
        "T09", "題", "Title", cites=toybook.CITES, severity=BLOCK, each=toybook.BEDS, needs=("name",), remedy="x#y"
    )
    assert Rulebook(chapter).digest != reworded.digest
