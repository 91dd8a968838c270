"""What a terminal and docs/rules.md say about rules and reports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from portal.lawbook.deadlines import deadlines
from portal.lawbook.explain import report_text, rule_text, rules_markdown
from portal.lawbook.rule import ADVICE, BLOCK, Chapter
from portal.lawbook.rulebook import Rulebook
from tests.lawbook import toybook
from tests.lawbook.toybook import BEDS, TODAY, Facts, bed, house

ROOT = Path(__file__).parents[2]


def proposals():
    chapter = Chapter("U", "提案", "Proposals", facts=Facts)
    chapter.require(
        "U01",
        "部屋|の名称がある",
        "A name | for the bed",
        cites=("6教国教第156号", "別添一 一(三)(イ)"),
        severity=ADVICE,
        each=BEDS,
        needs=("name",),
        remedy="beds#name",
        verified=False,
        under={"2003": None},
    )
    return chapter


def test_a_report_begins_with_the_verdict_and_what_to_mend():
    book = Rulebook(toybook.book())
    dossier = house(bed(phone=None), bed(name="長い名前だ", phone=None, follows_on=TODAY))
    dates = deadlines(dt.date(2027, 3, 10), "2003")
    text = report_text(book.judge(dossier, edition="2003", on=TODAY, deadlines=dates), everything=True)
    lines = text.splitlines()
    assert lines[0] == "【提出できません】 2003年の通知による点検(2026-12-01現在、規則4件)"
    assert lines[1] == "  外務省必着 2027-02-10 / 学校の提出の目安 2027-01-22"
    assert lines[2:4] == [
        "■ 提出の前に直すところ(1件)",
        "  T02 [未入力] 部屋1の「電話番号」が未入力です。例: 03-…〔別添三 四〕/beds/0/phone",
    ]
    assert "▲ 気を付けるところ(1件)" in lines
    assert "  T01 部屋2が長い〔別添三 四〕/beds/1/name" in lines
    assert "○ 後から出すもの(1件)" in lines
    assert "○ 適合・該当なし(2件)" in lines


def test_a_clean_report_is_short():
    text = report_text(Rulebook(toybook.book()).judge(house(bed()), edition="2003", on=TODAY))
    assert text.splitlines() == ["【提出できます】 2003年の通知による点検(2026-12-01現在、規則4件)"]


def test_a_proposal_is_marked_as_one():
    book = Rulebook(proposals())
    text = report_text(book.judge(house(bed(name=None)), edition="2024", on=TODAY))
    assert "  U01 [未入力] 【目安】部屋1の「名称」が未入力です。" in text


def test_a_rule_is_explained_with_its_words_and_its_place():
    rule = Rulebook(toybook.book()).get("T02")
    text = rule_text(rule, root=ROOT, cases=ROOT / "tests" / "rules")
    assert "T02 電話番号がある" in text
    assert "根拠: 別添三 四 「旅行中の宿泊先(住所、電話番号)」" in text
    assert "要る欄: 電話番号(phone)" in text
    assert "書き方: 例: 03-…" in text
    assert f"定義: tests/lawbook/toybook.py:{rule.line}" in text
    assert "例: tests/rules/T02.yaml" in text
    assert "目安" not in text


def test_a_proposal_is_explained_as_one_and_a_missing_text_is_said():
    text = rule_text(Rulebook(proposals()).get("U01"), root=Path("/nowhere"), cases=Path("cases"))
    assert "注意: 通知に書かれた義務ではなく、目安(本ポータルの提案)です" in text
    assert "根拠: 6教国教第156号 (全文は資料にない)" in text
    assert "「(三) 旅行先宿泊先」「(イ) 住所、電話番号」" in text
    assert "定義: test_explain.py:" in text


def test_a_rule_without_needs_or_hint_is_explained_all_the_same():
    text = rule_text(Rulebook(toybook.book()).get("T03"), root=ROOT, cases=ROOT)
    assert "要る欄" not in text
    assert "書き方" not in text


def test_the_generated_list_has_a_table_for_each_chapter():
    text = rules_markdown(Rulebook(toybook.book(), proposals()), root=ROOT)
    assert "## T 試し (Trial) — 4" in text
    row = next(line for line in text.splitlines() if line.startswith("| U01"))
    assert "部屋／の名称がある 【目安】<br>A name ／ for the bed" in row
    assert "| – / advice / advice |" in row
    assert "tests/lawbook/test_explain.py" in row


def test_blocking_is_said_in_plain_words():
    assert BLOCK.label == "提出できません"
