"""The clauses of PDF/A-3b (ISO 19005-3), one by one, on a finished packet. Not validated by veraPDF."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from portal.kit.pdf import data, seal
from tests.kit.pdf import sealing

X = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
TITLE = "見本学校 台湾"
FORBIDDEN_ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState"}


@pytest.fixture(scope="module")
def document() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sealing.signed_packet())) as opened:
        yield opened


def dictionaries(document: pikepdf.Pdf) -> list[Any]:
    return [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]


def metadata(document: pikepdf.Pdf) -> ElementTree.Element:
    raw = document.Root.Metadata.read_raw_bytes()
    return ElementTree.fromstring(raw.decode("utf-8").lstrip("\ufeff"))


def fonts_of(document: pikepdf.Pdf) -> list[Any]:
    return [each for each in dictionaries(document) if each.get("/Type") == "/Font"]


def test_file_header_is_a_version_and_a_binary_comment() -> None:
    """6.1.2: %PDF-1.n at offset 0, then a comment of at least four bytes above 127."""
    first, second = sealing.signed_packet().split(b"\n", 2)[:2]
    assert re.fullmatch(rb"%PDF-1\.[0-7]", first)
    assert second.startswith(b"%")
    assert all(byte > 127 for byte in second[1:5])
    assert len(second) >= 5


def test_trailer_has_an_identifier_and_no_encryption(document: pikepdf.Pdf) -> None:
    """6.1.3."""
    assert len(document.trailer.ID) == 2
    assert "/Encrypt" not in document.trailer
    assert not document.is_encrypted


def test_nothing_follows_the_last_line() -> None:
    """6.1.3: no data after the last end-of-file marker; one marker only, so no incremental update."""
    packet = sealing.signed_packet()
    assert packet.endswith(b"%%EOF\n")
    assert packet.count(b"startxref") == 1


def test_no_stream_lies_outside_or_is_packed_in_a_forbidden_way(document: pikepdf.Pdf) -> None:
    """6.1.7.1 (no external streams) and 6.1.7.2 (no LZW, no Crypt)."""
    streams = [each for each in dictionaries(document) if isinstance(each, pikepdf.Stream)]
    assert len(streams) > 5
    for stream in streams:
        assert not {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys())
        assert stream.get("/Filter", "/FlateDecode") == "/FlateDecode"


def test_colours_have_an_output_intent(document: pikepdf.Pdf) -> None:
    """6.2.3: one PDF/A output intent with an embedded ICC profile of three components; 6.2.4.3: device RGB and grey."""
    (intent,) = document.Root.OutputIntents
    profile = intent.DestOutputProfile
    header = profile.read_bytes()
    assert (intent.Type, intent.S) == ("/OutputIntent", "/GTS_PDFA1")
    assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"
    assert (int(profile.N), header[36:40], header[16:20]) == (3, b"acsp", b"RGB ")
    assert header[12:16] == b"mntr"


def test_no_cmyk_no_transfer_curve_no_halftone_trick(document: pikepdf.Pdf) -> None:
    """6.2.4.3, 6.2.5."""
    for page in document.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            assert str(operator) not in {"k", "K"}, operands
    for each in dictionaries(document):
        assert not {"/TR", "/TR2", "/HTP"} & set(each.keys())
        assert each.get("/ColorSpace") != "/DeviceCMYK"


def test_form_objects_carry_no_postscript_and_no_reference(document: pikepdf.Pdf) -> None:
    """6.2.9."""
    forms = [each for each in dictionaries(document) if each.get("/Subtype") == "/Form"]
    assert len(forms) == len(document.pages)
    for form in forms:
        assert not {"/OPI", "/PS", "/Ref", "/Subtype2"} & set(form.keys())


def test_every_font_program_is_embedded(document: pikepdf.Pdf) -> None:
    """6.2.11.4.1, page numbers included: each simple or descendant font has its file."""
    descendants = [each for each in fonts_of(document) if each.Subtype != "/Type0"]
    assert descendants
    for font in descendants:
        keys = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
        assert len(keys) == 1, font.BaseFont


def test_composite_fonts_agree_with_their_maps(document: pikepdf.Pdf) -> None:
    """6.2.11.3: Identity-H or an embedded CMap; CIDToGIDMap Identity or a stream for TrueType; one ordering."""
    composite = [each for each in fonts_of(document) if each.Subtype == "/Type0"]
    assert composite
    for font in composite:
        (descendant,) = font.DescendantFonts
        assert font.Encoding == "/Identity-H" or isinstance(font.Encoding, pikepdf.Stream)
        assert descendant.Subtype in {"/CIDFontType0", "/CIDFontType2"}
        if descendant.Subtype == "/CIDFontType2":
            assert descendant.CIDToGIDMap == "/Identity" or isinstance(descendant.CIDToGIDMap, pikepdf.Stream)
        assert str(descendant.CIDSystemInfo.Ordering) == "Identity"


def test_widths_are_those_of_the_font_programs(document: pikepdf.Pdf) -> None:
    """6.2.11.5: within one thousandth of an em."""
    checked = 0
    for font in fonts_of(document):
        if font.get("/Subtype") == "/CIDFontType2":
            program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            em, order = program["head"].unitsPerEm, program.getGlyphOrder()
            for glyph, width in _widths(font.W):
                assert abs(program["hmtx"][order[glyph]][0] * 1000 / em - width) <= 1
                checked += 1
    assert checked > 20


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    items = list(array)
    while items:
        first, run = int(items.pop(0)), items.pop(0)
        if isinstance(run, pikepdf.Array):
            yield from ((first + step, float(width)) for step, width in enumerate(run))
        else:
            width = float(items.pop(0))
            yield from ((glyph, width) for glyph in range(first, int(run) + 1))


def test_characters_are_told(document: pikepdf.Pdf) -> None:
    """6.2.11.7: beyond what level B asks, each font says which characters its glyphs stand for."""
    assert all("/ToUnicode" in font for font in fonts_of(document) if font.Subtype == "/Type0")


def test_no_undrawn_glyph_is_shown(document: pikepdf.Pdf) -> None:
    """6.2.11.8: no text operator refers to glyph 0."""
    shown = 0
    for page in document.pages:
        streams = [page, *(form for form in page.Resources.XObject.values() if form.Subtype == "/Form")]
        for stream in streams:
            for operands, operator in pikepdf.parse_content_stream(stream):
                for raw in _strings(operands) if str(operator) in {"Tj", "TJ", "'", '"'} else ():
                    codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
                    assert 0 not in codes
                    shown += len(codes)
    assert shown > 300


def _strings(operands: Any) -> Iterator[bytes]:
    for each in operands:
        if isinstance(each, pikepdf.String):
            yield bytes(each)
        elif isinstance(each, pikepdf.Array):
            yield from _strings(each)


def test_no_action_runs_anything(document: pikepdf.Pdf) -> None:
    """6.5.1, 6.5.2, 6.9: no scripts, no launching, no additional actions; no form that changes the page."""
    assert not {"/AA", "/OpenAction", "/AcroForm", "/NeedsRendering"} & set(document.Root.keys())
    for each in dictionaries(document):
        assert "/AA" not in each
        assert each.get("/S") not in FORBIDDEN_ACTIONS


def test_annotations_are_printed_or_absent(document: pikepdf.Pdf) -> None:
    """6.3."""
    assert [annotation for page in document.pages for annotation in page.get("/Annots", [])] == []


def test_metadata_name_the_standard(document: pikepdf.Pdf) -> None:
    """6.6.2.1 and 6.6.4: unfiltered XMP in UTF-8 with part 3, conformance B."""
    stream = document.Root.Metadata
    assert (stream.Type, stream.Subtype, "/Filter" in stream) == ("/Metadata", "/XML", False)
    raw = stream.read_raw_bytes()
    assert raw.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>')
    assert b"encoding=" not in raw.split(b"?>")[0]
    tree = metadata(document)
    assert tree.findtext(".//pdfaid:part", namespaces=X) == "3"
    assert tree.findtext(".//pdfaid:conformance", namespaces=X) == "B"


def test_metadata_and_information_say_the_same(document: pikepdf.Pdf) -> None:
    """6.6.3: what stands in both places is equal; no dates are written, so none can differ."""
    tree, info = metadata(document), document.trailer.Info
    assert tree.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=X) == str(info.Title) == TITLE
    assert tree.findtext(".//pdf:Producer", namespaces=X) == str(info.Producer)
    assert set(info.keys()) == {"/Title", "/Producer"}


def test_metadata_use_predefined_schemas_only(document: pikepdf.Pdf) -> None:
    """6.6.2.3: no property outside the predefined schemas, so no extension schema is needed."""
    allowed = set(X.values()) | {"adobe:ns:meta/"}
    assert {element.tag[1:].split("}")[0] for element in metadata(document).iter()} <= allowed


def test_language_title_and_bookmarks(document: pikepdf.Pdf) -> None:
    """Of the house: the language, the title in the window, a bookmark for each part on its first page."""
    assert str(document.Root.Lang) == "ja"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_outline() as outline:
        marks = [(item.title, document.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
    assert marks == [("依頼書", 0), ("名簿", 1)]


def test_other_language_is_told_in_both_places() -> None:
    laid = sealing.printed()
    pdf = sealing.finish(
        laid.pdf, sealing.PARTS, laid.page_counts, running=sealing.RUNNING, title="x", key=sealing.KEY, language="en"
    )
    with pikepdf.open(io.BytesIO(pdf)) as english:
        assert str(english.Root.Lang) == "en"
        assert metadata(english).findtext(".//dc:language/rdf:Bag/rdf:li", namespaces=X) == "en"


def test_attached_files_are_associated(document: pikepdf.Pdf) -> None:
    """6.8: a specification with F, UF, AFRelationship; a MIME type; a date; every file listed in AF of the document."""
    specs = {str(spec.UF): spec for spec in document.Root.AF}
    assert set(specs) == {data.NAME, seal.NAME} == set(document.attachments)
    assert [str(specs[name].AFRelationship) for name in (data.NAME, seal.NAME)] == ["/Data", "/Supplement"]
    for name, spec in specs.items():
        stream = spec.EF.F
        assert str(spec.F) == name
        assert str(spec.Desc)
        assert stream.Subtype == "/application/json"
        assert int(stream.Params.Size) == len(stream.read_bytes())
        assert re.fullmatch(r"D:20261210000000\+09'00'", str(stream.Params.ModDate))


def test_manifest_speaks_of_the_attached_data(document: pikepdf.Pdf) -> None:
    manifest = seal.read_manifest(document.attachments[seal.NAME].get_file().read_bytes())
    content = document.attachments[data.NAME].get_file().read_bytes()
    assert manifest.data_sha256 == hashlib.sha256(content).hexdigest()
    assert manifest.packet == sealing.KEY


def test_own_mark_is_private_application_data(document: pikepdf.Pdf) -> None:
    """ISO 32000-1 14.5: PieceInfo with a LastModified."""
    own = document.Root.PieceInfo[pikepdf.Name.Wataridori]
    assert str(own.Private) == seal.FORMAT
    assert "/LastModified" in own


def test_object_names_and_numbers_keep_the_limits(document: pikepdf.Pdf) -> None:
    """6.1.13: names ≤ 127 bytes, strings ≤ 32767 bytes, fewer than 8,388,607 objects, pages of 3 to 14,400 units."""
    assert len(document.objects) < 8_388_607
    for each in dictionaries(document):
        for key, value in each.items():
            assert len(key.encode()) <= 128
            assert not isinstance(value, pikepdf.String) or len(bytes(value)) <= 32_767
    for page in document.pages:
        assert all(3 <= float(page.mediabox[side]) <= 14_400 for side in (2, 3))
