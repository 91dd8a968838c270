"""Every quoted line must stand in the source text exactly as we print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.lawbook.citation import cite, passages, read_passages

SOURCES = Path(__file__).parents[2] / "docs" / "sources"


def text_of(source: str) -> str:
    return (SOURCES / source).read_text(encoding="utf-8")


@pytest.mark.parametrize("passage", passages().values(), ids=lambda passage: passage.label)
def test_every_quote_and_heading_is_verbatim_in_its_source(passage):
    if not (SOURCES / passage.source).exists():
        assert passage.quote is None, "nothing is quoted from a text that is not in our hands"
        return
    assert passage.quote in text_of(passage.source)
    assert passage.heading is None or passage.heading in text_of(passage.source)


def test_every_line_of_the_must_report_annex_is_citable():
    annex = text_of("004_82d3ceb99acf6c23.txt").split("「当方へ必ず連絡していただきたい点」\n")[-1]
    lines = [line.split(" ", 1)[1] for line in annex.splitlines()[:7]]
    assert [passages()[f"別添三 {number}"].quote for number in "一二三四五六七"] == lines


def test_a_rule_may_quote_the_narrower_words():
    narrowed = cite("別添三 一", "フライト便名")
    assert (narrowed.label, narrowed.quote) == ("別添三 一", "フライト便名")
    assert narrowed.source == "004_82d3ceb99acf6c23.txt"


def test_an_unknown_label_is_named():
    with pytest.raises(LookupError, match="別添九"):
        cite("別添九 一")


def test_a_label_used_twice_is_refused():
    place = "{label: 別添三 一, english: Annex 3, quote: 日程表}"
    with pytest.raises(ValueError, match="「別添三 一」が二度"):
        read_passages(f"[{{notice: 別添三, source: x.txt, places: [{place}, {place}]}}]")
