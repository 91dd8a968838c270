"""Rules are declared whole or not at all."""

from __future__ import annotations

import pytest

from portal.lawbook.citation import cite
from portal.lawbook.finding import Severity
from portal.lawbook.rule import BLOCK, WARN, Chapter
from tests.lawbook import toybook
from tests.lawbook.toybook import BEDS, HOUSE, Facts


def test_a_chapter_gives_its_rules_in_the_order_of_their_codes():
    assert [rule.code for rule in toybook.book()] == ["T01", "T02", "T03", "T04"]


def test_a_code_outside_the_chapter_is_refused():
    chapter = Chapter("A3", "別添三", "Annex 3", facts=Facts)
    with pytest.raises(ValueError, match="この章の番号は A3 で始まります"):
        chapter.require("B301", "題", "Title", cites=("別添三 一",), severity=BLOCK, each=BEDS, remedy="x#y")


def test_an_unknown_citation_stops_the_declaration():
    chapter = Chapter("A3", "別添三", "Annex 3", facts=Facts)
    with pytest.raises(LookupError, match="別添九"):
        chapter.require("A301", "題", "Title", cites=("別添九",), severity=BLOCK, each=BEDS, remedy="x#y")


def test_each_edition_has_its_weight_and_may_be_without_the_rule():
    rules = {rule.code: rule for rule in toybook.book()}
    assert rules["T03"].editions == ("2003", "2016")
    assert rules["T04"].severities == {"2003": Severity.ADVICE, "2016": Severity.ADVICE, "2024": Severity.BLOCK}


def test_a_rule_knows_where_it_stands_and_what_its_docstring_says():
    rules = {rule.code: rule for rule in toybook.book()}
    assert rules["T01"].file.endswith("toybook.py")
    assert rules["T01"].why == "A name of more than three characters is too long."
    assert rules["T02"].judge is None
    assert rules["T02"].line > 1


def test_fields_are_called_by_the_titles_of_their_types():
    rules = {rule.code: rule for rule in toybook.book()}
    assert rules["T02"].labels("phone") == ("電話番号", "Telephone")
    assert rules["T04"].labels("owner.name") == ("名称", "Name")


def test_a_citation_may_be_narrowed_in_the_declaration():
    chapter = Chapter("T", "試し", "Trial", facts=Facts)
    narrowed = cite("別添三 一", "フライト便名")
    chapter.require("T09", "題", "Title", cites=(narrowed,), severity=WARN, each=HOUSE, needs=("beds",), remedy="x#y")
    (rule,) = chapter
    assert (rule.cites[0].quote, rule.citation) == ("フライト便名", ("別添三 一",))
