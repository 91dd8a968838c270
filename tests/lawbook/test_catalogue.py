"""The rulebook as a list, and the check that finds careless declarations."""

from __future__ import annotations

from portal.lawbook.catalogue import catalogue, complaints
from portal.lawbook.rule import BLOCK, Chapter
from portal.lawbook.rulebook import Rulebook
from tests.lawbook import toybook
from tests.lawbook.toybook import BEDS, Facts


def careless(**declared):
    chapter = Chapter("U", "もう一つ", "Another", facts=Facts)
    whole = {
        "cites": ("別添三 四",),
        "severity": BLOCK,
        "each": BEDS,
        "needs": ("phone",),
        "remedy": "beds#phone",
        "hint": ("例", "e.g."),
    }
    chapter.require("U01", "題", "Title", **{**whole, **declared})
    return complaints(Rulebook(chapter))


def test_a_row_says_what_screens_and_machines_need():
    row = catalogue(Rulebook(toybook.book()))[1]
    assert row["code"] == "T02"
    assert (row["title"], row["english"], row["chapter"]) == ("電話番号がある", "There is a telephone", "T")
    assert (row["severity"], row["editions"], row["verified"]) == ("block", ["2003", "2016", "2024"], True)
    assert (row["citation"], row["quote"]) == (["別添三 四"], "旅行中の宿泊先(住所、電話番号)")
    assert row["source"] == "004_82d3ceb99acf6c23.txt"


def test_the_quote_is_the_first_whose_text_is_in_our_hands():
    chapter = Chapter("U", "もう一つ", "Another", facts=Facts)
    cites = ("6教国教第156号", "別添三 四")
    chapter.require("U01", "題", "Title", cites=cites, severity=BLOCK, each=BEDS, needs=("phone",), remedy="x#y")
    (row,) = catalogue(Rulebook(chapter))
    assert row["quote"] == "旅行中の宿泊先(住所、電話番号)"
    assert [passage["quote"] for passage in row["passages"]] == [None, "旅行中の宿泊先(住所、電話番号)"]


def test_a_whole_declaration_has_no_complaint():
    assert careless() == []


def test_each_carelessness_is_told():
    assert careless(cites=("6教国教第156号",)) == ["U01: 手元にある通知の一文を引いていません"]
    assert careless(under={"2003": None, "2016": None, "2024": None}) == ["U01: どの版にも入っていません"]
    assert careless(remedy="") == ["U01: 直す所がありません"]
    assert careless(hint=("例", "")) == ["U01: 書き方が日英そろっていません"]
    assert careless(needs=()) == ["U01: 何も判定しません"]
    assert careless(needs=("phnoe",)) == ["U01: 「phnoe」という欄は Bed にありません"]
    assert careless(needs=("phone.digits",)) == ["U01: 「phone.digits」という欄は Bed にありません"]


def test_a_title_in_one_language_is_told():
    chapter = Chapter("U", "もう一つ", "Another", facts=Facts)
    chapter.require(
        "U01", "題", "", cites=("別添三 四",), severity=BLOCK, each=BEDS, needs=("phone",), remedy="beds#phone"
    )
    assert complaints(Rulebook(chapter)) == ["U01: 題名が日英そろっていません"]


def test_codes_and_titles_may_not_be_used_twice():
    told = complaints(Rulebook(toybook.book(), toybook.book()))
    assert "番号「T01」が二度使われています" in told
    assert "題名「名称が短い」が二度使われています" in told
