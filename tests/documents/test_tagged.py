"""The variant for readers with assistive technology: clauses of PDF/UA-1 (ISO 14289-1). Not validated by veraPDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from mofa_requests.documents.packet import Packet, build_packet, packet_input
from portal.kit.pdf.verify import verify
from tests.documents.cases import numbered, specimen
from tests.kit.pdf import paper

DRAWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI"}
X = {"pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}


@pytest.fixture(scope="module")
def packet() -> Packet:
    return build_packet(packet_input(numbered(specimen("korea_ferry"))), tagged=True)


@pytest.fixture(scope="module")
def document(packet: Packet) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(packet.pdf)) as opened:
        yield opened


def elements(document: pikepdf.Pdf, kind: str) -> list[Any]:
    every = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
    return [each for each in every if each.get("/S") == f"/{kind}" and "/P" in each]


def test_it_says_what_it_follows(document: pikepdf.Pdf) -> None:
    """5: pdfuaid:part 1; with the tags the archive's level is A."""
    tree = ElementTree.fromstring(document.Root.Metadata.read_raw_bytes().decode().lstrip("\ufeff"))
    assert tree.findtext(".//pdfuaid:part", namespaces=X) == "1"
    assert tree.findtext(".//pdfaid:conformance", namespaces=X) == "A"
    assert "extension" in ElementTree.tostring(tree, encoding="unicode")


def test_everything_drawn_is_tagged_or_an_artifact(document: pikepdf.Pdf) -> None:
    """7.1: real content belongs to the structure, the rest is marked as an artifact; marks are closed."""
    drawn = 0
    for page in document.pages:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            assert depth >= 0
            if str(operator) in DRAWS:
                drawn += 1
                assert depth == 1
        assert depth == 0
    assert drawn > 500


def test_running_lines_are_artifacts(document: pikepdf.Pdf) -> None:
    """7.8: heads and feet are pagination artifacts."""
    for page in document.pages:
        operations = [(str(operator), operands) for operands, operator in pikepdf.parse_content_stream(page)]
        drawn = [n for n, (name, args) in enumerate(operations) if name == "Do" and str(args[0]).startswith("/Running")]
        assert len(drawn) == 2, "what stands on every page, and this page's own number and part"
        for name, arguments in (operations[at - 1] for at in drawn):
            assert (name, str(arguments[0]), str(arguments[1].Type)) == ("BDC", "/Artifact", "/Pagination")


def test_structure_root_and_marks(document: pikepdf.Pdf) -> None:
    """7.1 and 14.8 of ISO 32000-1."""
    assert document.Root.MarkInfo.Marked is True
    assert document.Root.StructTreeRoot.Type == "/StructTreeRoot"
    assert {int(page.obj.StructParents) for page in document.pages} == set(range(len(document.pages)))
    assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_language_and_title(document: pikepdf.Pdf) -> None:
    """7.2 and 7.1: natural language of the document; the window shows the title."""
    assert str(document.Root.Lang) == "ja"
    assert document.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(document.trailer.Info.Title)


def test_headings_begin_at_one_and_skip_no_level(document: pikepdf.Pdf) -> None:
    """7.4.2."""
    assert elements(document, "H1")
    assert elements(document, "H2")
    assert [elements(document, f"H{level}") for level in (3, 4, 5, 6)] == [[]] * 4


def test_every_cell_of_a_table_with_heads_names_them(document: pikepdf.Pdf) -> None:
    """7.5: heads have an identifier, cells refer to them."""
    heads = elements(document, "TH")
    known = {bytes(head.ID) for head in heads}
    assert len(heads) > 50
    assert len(known) == len(heads)
    named = [cell.A.Headers for cell in elements(document, "TD") if "/A" in cell and "/Headers" in cell.A]
    assert len(named) > 100
    assert {bytes(each) for names in named for each in names} <= known


def test_no_picture_without_words(document: pikepdf.Pdf) -> None:
    """7.3: a figure would need an alternative text; our paper has none."""
    assert elements(document, "Figure") == []


def test_fonts_are_embedded_and_say_their_characters(document: pikepdf.Pdf, packet: Packet) -> None:
    """7.21."""
    assert all(paper.font_files(packet.pdf).values())
    every = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
    assert all("/ToUnicode" in font for font in every if font.get("/Subtype") == "/Type0")


def test_it_reads_as_the_other_one_and_is_sealed(packet: Packet) -> None:
    plain = build_packet(packet_input(numbered(specimen("korea_ferry"))))
    assert [paper.plain(text) for text in paper.pages_of(packet.pdf)] == [
        paper.plain(text) for text in paper.pages_of(plain.pdf)
    ]
    verdict = verify(packet.pdf)
    assert (verdict.intact, verdict.text_equals_data, verdict.key) == (True, True, plain.key)
