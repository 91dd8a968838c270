"""The fast reading of our HTML: the tree of an HTML5 parser, or none. Not here: laying it out (test_engine)."""

from __future__ import annotations

from typing import Any

import pytest
import tinyhtml5

from mofa_requests.documents.packet import packet_input, packet_parts
from portal.kit.pdf.markup import read_markup
from tests.documents.cases import numbered, specimen, specimen_names
from tests.sizes import size

PAGE = '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>題</title></head><body>{}</body></html>'


def branch(element: Any) -> tuple[Any, ...]:
    """An element as plain values, so that two trees can be compared; a namespace is in the names."""
    attributes = tuple(sorted(pair for pair in element.attrib.items() if not pair[0].endswith("xmlns")))
    return element.tag, element.text or "", attributes, element.tail or "", tuple(branch(child) for child in element)


def as_html5(page: str) -> tuple[Any, ...]:
    return branch(tinyhtml5.parse(page, namespace_html_elements=False))


@pytest.mark.parametrize("name", specimen_names()[: size(2, proof=99)])
def test_sheets_of_a_packet_read_the_same_both_ways(name: str) -> None:
    pages = [PAGE.format(part.body) for part in packet_parts(packet_input(numbered(specimen(name))), in_lines=True)]
    read = [(page, tree) for page in pages if (tree := read_markup(page)) is not None]
    assert len(read) >= len(pages) - 2, "the letter prints counts, which are marks until they are filled in"
    for page, tree in read:
        assert branch(tree) == as_html5(page)


@pytest.mark.parametrize(
    "body",
    [
        "<p>&lt;b&gt; &amp;amp; &#x27;&quot; 葛󠄀 𠮷 &nbsp;x</p>\n <p>二 <b>太<br>字</b> 後</p>",
        '<table class="a b"><colgroup><col class="w"><col></colgroup><tbody><tr><th scope="row">甲</th>\n<td>乙</td>'
        "</tr></tbody></table>",
        "<div><p>一<p>二</div><dl><dt>甲<dd>乙</dl>",
        '<p>一<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0"/></svg></p><pre>a\n b</pre>',
        "<p>一<table><tbody><tr><td>二</td></tr></tbody></table>三",
    ],
)
def test_markup_of_ours_reads_the_same_both_ways(body: str) -> None:
    tree = read_markup(PAGE.format(body))
    assert tree is not None
    assert branch(tree) == as_html5(PAGE.format(body))


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>x</table>",
        "<table><col><tbody></tbody></table>",
        "前<!-- x -->後",
        "<svg><linearGradient></linearGradient></svg>",
        "<pre>\nx</pre>",
        "x\ry",
        "x\x01y",
        "x\x85y",
        "x\ufffey",
    ],
)
def test_what_only_html5_can_tell_is_left_to_it(body: str) -> None:
    assert read_markup(PAGE.format(body)) is None
