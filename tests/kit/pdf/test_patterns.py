"""Patterns of sheets: the elements stay, not a word of the text does."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mofa_requests.documents.packet import packet_input, packet_parts
from portal.kit.pdf.patterns import paths_of, pattern_of
from tests.documents.cases import specimen

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="<>&\"'"), max_size=30)


def test_elements_and_classes_stay_without_their_text() -> None:
    body = '<p class="tel" id="x">髙﨑 090</p>\n<td colspan="2" title="𠮷野">x<br>y</td><svg><path d="M0"/></svg>'
    assert pattern_of(body) == '<p class="tel">見本 0</p><td colspan="2">見本 0<br>見本 0</td>'


@given(TEXT, TEXT)
def test_no_letter_of_a_text_or_an_attribute_passes(text: str, label: str) -> None:
    pattern = pattern_of(f'<div class="slot"><p title="{label}" lang="{label}語">{text}</p></div>')
    assert pattern in {
        '<div class="slot"><p>見本 0</p></div>',
        '<div class="slot"><p></p></div>',
    }


def test_pattern_of_a_whole_packet_has_nothing_of_its_dossier() -> None:
    patterns = [pattern_of(part.body) for part in packet_parts(packet_input(specimen()), in_lines=True)]
    assert {text for pattern in patterns for text in re.split("<[^>]*>", pattern)} == {"", "見本 0"}
    assert not re.search(r"[^ -~見本]", "".join(patterns))


def test_path_is_an_element_with_all_around_it() -> None:
    assert paths_of('<ul><li class="a">見本 0<br></li><li class="a"></li><li></li></ul><p></p>') == {
        "<ul>",
        '<ul><li class="a">',
        '<ul><li class="a"><br>',
        "<ul><li>",
        "<p>",
    }


def test_what_is_closed_once_too_often_is_no_fault() -> None:
    assert paths_of("</p></p><p></p>") == {"<p>"}
