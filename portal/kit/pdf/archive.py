"""PDF/A-3b: what the archive needs beside the pages – metadata, language, bookmarks, colour, attached files.

Clauses are those of ISO 19005-3; not validated by veraPDF. Not here: sealing (seal), drawing pages (layout).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib.util
import zlib
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

LANGUAGE = "ja"
PRODUCER = "Wataridori"
MOST_OF_A_TITLE = 200
# ISO 19005-3 6.8 wants a date on every attached file. A packet without a letter has no date: this one says so.
UNDATED = dt.date(2000, 1, 1)
_SRGB = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>{more}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

# PDF/UA's own property is none of the predefined ones, so ISO 19005-3 6.6.2.3 wants its description beside it.
_UA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclasses.dataclass(frozen=True)
class AttachedFile:
    """A file inside the packet; ``relationship`` as in ISO 19005-3 annex E, ``plain`` keeps its bytes as they are."""

    name: str
    content: bytes
    description: str
    relationship: str
    plain: bool = False


@dataclasses.dataclass(frozen=True)
class Bookmark:
    """A title in the reader's side bar and the page it opens, counted from 1."""

    title: str
    page: int


def make_archival(
    pdf: Pdf,
    *,
    title: str,
    bookmarks: Iterable[Bookmark],
    files: Iterable[AttachedFile],
    dated_on: dt.date | None,
    language: str = LANGUAGE,
) -> None:
    """Give an open file everything that PDF/A-3b asks of the document; its pages stay as they are."""
    root, title = pdf.Root, title[:MOST_OF_A_TITLE]
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = Stream(pdf, _metadata(title, language=language), Type=Name.Metadata, Subtype=Name.XML)
    root.OutputIntents = Array([_colour(pdf)])
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title), Producer=String(PRODUCER)))
    _set_bookmarks(pdf, bookmarks)
    _attach(pdf, files, on=dated_on or UNDATED)


def _metadata(title: str, *, language: str, conformance: str = "B", more: str = "") -> bytes:
    filled = _XMP.format(title=escape(title), language=language, producer=PRODUCER, conformance=conformance, more=more)
    return filled.encode()


def _colour(pdf: Pdf) -> pikepdf.Object:
    profile = pdf.make_indirect(Stream(pdf, zlib.compress(_srgb_profile(), 9), N=3, Filter=Name.FlateDecode))
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_SRGB),
        Info=String(_SRGB),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )


def _srgb_profile() -> bytes:
    """The profile that the layout library brings; found without importing it, which costs half a second."""
    spec = importlib.util.find_spec("weasyprint")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("sRGB2014.icc")
    return Path(spec.origin).with_name("pdf").joinpath("sRGB2014.icc").read_bytes()


def _set_bookmarks(pdf: Pdf, bookmarks: Iterable[Bookmark]) -> None:
    with pdf.open_outline() as outline:
        outline.root[:] = [OutlineItem(each.title, each.page - 1, "Fit") for each in bookmarks]


def _attach(pdf: Pdf, files: Iterable[AttachedFile], *, on: dt.date) -> None:
    specs = {each.name: pdf.make_indirect(_file_spec(pdf, each, on=on)) for each in files}
    names = Array([part for name in sorted(specs) for part in (String(name), specs[name])])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.AF = Array(list(specs.values()))


def _file_spec(pdf: Pdf, file: AttachedFile, *, on: dt.date) -> pikepdf.Object:
    moment = String(f"D:{on:%Y%m%d}000000+09'00'")
    stream = Stream(
        pdf,
        file.content if file.plain else zlib.compress(file.content, 9),
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/json"),
        Params=Dictionary(Size=len(file.content), CreationDate=moment, ModDate=moment),
    )
    if not file.plain:
        stream.Filter = Name.FlateDecode
    embedded = pdf.make_indirect(stream)
    return Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        Desc=String(file.description),
        AFRelationship=Name(f"/{file.relationship}"),
        EF=Dictionary(F=embedded, UF=embedded),
    )


def make_accessible(pdf: Pdf, *, title: str) -> None:
    """What PDF/UA-1 asks of a document that is tagged already; level A of the archive comes with the tags."""
    pdf.Root.Metadata = Stream(
        pdf,
        _metadata(title[:MOST_OF_A_TITLE], language=str(pdf.Root.Lang), conformance="A", more=_UA),
        Type=Name.Metadata,
        Subtype=Name.XML,
    )
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for page in pdf.pages:
        page.obj.Tabs = Name.S
