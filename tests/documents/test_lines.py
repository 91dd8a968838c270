"""A long list as lines: every value in its column, in any script, on sheets that never run over; else the table."""

from __future__ import annotations

import re

import pytest

from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.lines import LINES, TOGETHER, line_pages
from mofa_requests.documents.packet import build_packet, packet_input, packet_parts
from mofa_requests.documents.roster import LARGE, WIDTHS
from mofa_requests.documents.values import BLANK, Shown
from portal.kit.pdf.widths import halves
from tests.documents.cases import grown, numbered, specimen
from tests.kit.pdf.paper import pages_of, plain

TWO = (10, 20)


def table(*rows: tuple[str, str]) -> Grid:
    return grid((Column("番号", 30), Column("氏名", 70)), [[Shown(text) for text in row] for row in rows])


def test_row_of_our_face_is_one_line_filled_to_its_columns() -> None:
    (page,) = line_pages(table(("1", "髙﨑 𠮷子"), ("2", "<b>&")), widths=TWO) or ()
    assert page.body.split("\n") == [
        "<b> 番号      氏名               </b>",
        " 1         髙﨑 𠮷子          ",
        " 2         &lt;b&gt;&amp;               ",
    ]


def test_letters_of_another_face_stand_at_their_own_place() -> None:
    (page,) = line_pages(table(("1", "이 서연")), widths=TWO) or ()
    assert (
        page.body.split("\n")[1] == '<span class="odd"><span class="c1">1</span><span class="c2">이 서연</span></span>'
    )


def test_long_name_takes_two_lines_and_a_longer_one_the_table() -> None:
    (page,) = line_pages(table(("1", "髙" * 15)), widths=TWO) or ()
    assert '<span class="odd two">' in page.body
    assert line_pages(table(("1", "髙" * 30)), widths=TWO) is None
    assert line_pages(table(("1", "二\n行")), widths=TWO) is None


def test_blank_keeps_its_box() -> None:
    (page,) = line_pages(grid(table().columns, [[Shown("1"), BLANK]]), widths=TWO) or ()
    assert '<span class="blank">未記入</span>' in page.body


def test_sheets_hold_as_many_lines_as_fit() -> None:
    rows = [(str(number), "髙" * 15 if number % 10 == 0 else "名") for number in range(1, 101)]
    pages = line_pages(table(*rows), widths=TWO) or ()
    lines = [len(page.body.split("\n")) - 1 + page.body.count("odd two") for page in pages]
    assert all(count <= LINES for count in lines)
    assert sum(lines) == 110
    assert len(pages) == 3


@pytest.mark.parametrize("over", range(1, TOGETHER + 2))
def test_last_sheet_has_some_rows_together(over: int) -> None:
    pages = line_pages(table(*[(str(number), "名") for number in range(LINES + over)]), widths=TWO) or ()
    numbers = [[line.split()[0] for line in page.body.split("\n")[1:]] for page in pages]
    assert len(numbers) == 2
    assert len(numbers[1]) == max(over, TOGETHER)
    assert numbers[0] + numbers[1] == [str(number) for number in range(LINES + over)]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("髙﨑", 4),
        ("ｱｲ", 2),
        ("𠮷", 2),
        ("葛\U000e0100", 2),
        ("サトウ　", 8),
        ("ạ", None),
        ("이", None),
        ("ก", None),
    ],
)
def test_width_in_halves(text: str, width: int | None) -> None:
    assert halves(text) == width


def test_long_roster_prints_the_same_texts_as_its_table() -> None:
    source = packet_input(grown(numbered(specimen("late_vietnam")), to=130))
    lined, tabled = (
        next(part.body for part in packet_parts(source, in_lines=way) if part.key == "roster") for way in (True, False)
    )
    words = [plain(re.sub("<[^>]*>", "", body).replace("番号区分氏名かな年齢性別班", "")) for body in (lined, tabled)]
    heads = re.compile("番号区分氏名かな年齢性別班")
    assert len(heads.findall(words[0])) == 4
    assert heads.sub("", words[0]) == heads.sub("", words[1])


def test_long_roster_stands_on_full_sheets_with_its_head_on_each() -> None:
    source = packet_input(grown(numbered(specimen("late_vietnam")), to=130))
    packet = build_packet(source)
    roster = packet.parts[-1]
    pages = [plain(text) for text in pages_of(packet.pdf)][roster.first_page :]
    assert len(pages) == roster.pages - 1 == 4
    assert all("番号区分氏名かな年齢性別班" in page for page in pages)
    for person in source.dossier.participants:
        assert any(plain(f"{person.name}{person.kana}") in page for page in pages)


def test_small_party_keeps_its_table() -> None:
    source = packet_input(specimen("australia_homestay_40"))
    assert len(source.dossier.participants) <= LARGE
    assert packet_parts(source, in_lines=True) == packet_parts(source)
    assert sum(WIDTHS) == 96, "what fits across the sheet"
