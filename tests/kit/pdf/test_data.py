"""What a part prints, as blocks: headings, lines, labels with values, tables; nothing of comments or attributes."""

from __future__ import annotations

from typing import Any

import pytest

from portal.kit.pdf import PartSource, Running, marks
from portal.kit.pdf.data import place, printed_data, texts_of

RUNNING = Running(f"<p>見本学校 {marks.NUMBER}/{marks.TOTAL}</p><p>{marks.PART} 照合符号</p>", "")


def read(*bodies: str) -> dict[str, Any]:
    parts = [PartSource(f"p{number}", f"第{number}部", body) for number, body in enumerate(bodies)]
    return printed_data(place(parts, [number + 1 for number in range(len(parts))]), running=RUNNING, title="t", key="k")


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<h1>計画書<span>別添三</span></h1>", [{"heading": ["計画書", "別添三"]}]),
        ("<div><p>本文</p>\n  <p> </p><p>続き<br>二行目</p></div>", [{"text": ["本文"]}, {"text": ["続き", "二行目"]}]),
        ('<p class="pair"><span class="key">電話</span>03-1</p>', [{"label": ["電話"], "values": ["03-1"]}]),
        (
            "<table><tbody><tr><th>氏名</th><td>髙橋<span>副</span></td><th>齢</th><td>17</td></tr></tbody></table>",
            [{"label": ["氏名"], "values": ["髙橋", "副"]}, {"label": ["齢"], "values": ["17"]}],
        ),
        (
            "<table><thead><tr><th>番号</th><th>氏名</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>",
            [{"columns": [["番号"], ["氏名"]], "rows": [[["1"], []]]}],
        ),
        (
            "<table><tr><th colspan=2>学校</th></tr><tr><td><p>北高</p></td><td><p>南</p></td></tr></table>",
            [{"heading": ["学校"]}, {"text": ["北高"]}, {"text": ["南"]}],
        ),
        ("<p>&lt;b&gt; &amp;amp; 葛\U000e0100 &#x20BB7;</p>", [{"text": ["<b> &amp; 葛\U000e0100 \U00020bb7"]}]),
        ('<p title="隠れた値" data-x="値"><!-- 覚え -->見える</p>', [{"text": ["見える"]}]),
        ("裸の文", [{"text": ["裸の文"]}]),
    ],
)
def test_blocks(body: str, blocks: list[dict[str, Any]]) -> None:
    assert read(body)["sheets"][0]["blocks"] == blocks


def test_page_counts_are_filled_and_sheets_are_placed() -> None:
    read_back = read(f"<p>{marks.count_of('p1')}枚、計{marks.COUNT_OF_ALL}枚</p>", "<p>x</p>")
    assert read_back["sheets"][0]["blocks"] == [{"text": ["2枚、計3枚"]}]
    assert [(sheet["first_page"], sheet["pages"]) for sheet in read_back["sheets"]] == [(1, 1), (2, 2)]


def test_running_lines_leave_out_what_each_page_has_of_its_own() -> None:
    assert read("<p>x</p>")["every_page"] == ["見本学校", "/", "照合符号"]


def test_texts_of_anything_nested() -> None:
    assert list(texts_of({"rows": [[["1"], []]], "n": 3, "label": ["a", "b"]})) == ["1", "a", "b"]
