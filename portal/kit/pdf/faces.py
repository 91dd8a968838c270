"""The faces of a document that was put together: every glyph that any piece draws, in one font program for each face.

Not here: laying out pieces, cutting the programs (engine, in the renderer). A glyph's text is the one that it was
first drawn for, in the order of the pages, so that equal pages give equal bytes whatever was kept.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

_FIXED_PITCH = 1
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_BLOCK = 100  # the most entries that one block of a CMap may have
_REMEMBERED = 8  # faces of the documents made last: a changed line seldom has a new character


class Glyph(NamedTuple):
    """A glyph by its number: width in 1/1000 em, and the text it stands for."""

    number: int
    width: int
    text: str


@dataclasses.dataclass(frozen=True)
class Face:
    """A face as the pieces name it, with all glyphs drawn in it; ``program`` is the zlib-compressed font file."""

    name: str
    family: str
    weight: int
    glyphs: tuple[Glyph, ...]
    program: bytes = b""

    @property
    def drawn(self) -> dict[str, Any]:
        """As ``engine.faces_in`` has it."""
        glyphs = [[glyph.number, glyph.width, glyph.text] for glyph in self.glyphs]
        return {"name": self.name, "family": self.family, "weight": self.weight, "glyphs": glyphs}


def gather_faces(uses: Iterable[str]) -> list[Face]:
    """The union of what pieces use, by name; each use is the JSON of ``engine.faces_in``."""
    heads: dict[str, tuple[str, int]] = {}
    glyphs: dict[str, dict[int, list[Any]]] = {}
    for use in uses:
        for face in json.loads(use):
            heads[face["name"]] = (face["family"], face["weight"])
            drawn, own = {glyph[0]: glyph for glyph in face["glyphs"]}, glyphs.get(face["name"], {})
            glyphs[face["name"]] = drawn | own  # the right side wins: whoever drew it first
    return [
        Face(name, *heads[name], tuple(Glyph(*glyphs[name][number]) for number in sorted(glyphs[name])))
        for name in sorted(glyphs)
    ]


def share_faces(pdf: Pdf, faces: Iterable[Face]) -> None:
    """Give every font of ``pdf`` whose program was left out the one of ``faces``; fonts of their own stay."""
    wanted = {face.name: face for face in faces}
    made: dict[str, pikepdf.Object] = {}
    for fonts in _dictionaries(pdf):
        for key, font in list(fonts.items()):
            face = wanted.get(str(font.get("/BaseFont", "")))
            if face is None or font.Encoding != Name("/Identity-H"):
                continue
            if face.name not in made:
                made[face.name] = _make(pdf, face, like=font)
            fonts[key] = made[face.name]


def _dictionaries(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """The font dictionaries of all pages and of what is laid over them, each once where pages share it."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        resources = page.obj.get("/Resources", Dictionary())
        for holder in (resources, *_laid_over(resources, seen)):
            if "/Font" in holder and _is_new(holder.Font, seen):
                yield holder.Font


def _laid_over(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    for form in resources.get("/XObject", Dictionary()).values():
        if _is_new(form, seen):
            yield form.get("/Resources", Dictionary())


def _is_new(thing: pikepdf.Object, seen: set[tuple[int, int]]) -> bool:
    """Whether it is met for the first time; what has no number of its own always is."""
    known = thing.is_indirect and thing.objgen in seen
    seen.add(thing.objgen)
    return not known


def _make(pdf: Pdf, face: Face, *, like: pikepdf.Object) -> pikepdf.Object:
    """The font of a face; what does not hang on its glyphs is as in ``like``, a piece's own font."""
    size = _size_of_truetype(face.program)
    key = "/FontFile2" if size else "/FontFile3"
    kind = {"Length1": size} if size else {"Subtype": Name.OpenType}
    widths = {glyph.width for glyph in face.glyphs}
    descendant = Dictionary(dict(like.DescendantFonts[0].items()))
    descriptor = Dictionary(dict(descendant.FontDescriptor.items()))
    descriptor.FontBBox = Array([0, descriptor.Descent, max(widths), descriptor.Ascent])
    one_width = len(widths) == 1 and len(face.glyphs) > 1
    descriptor.Flags = int(descriptor.Flags) & ~_FIXED_PITCH | (_FIXED_PITCH if one_width else 0)
    descriptor[key] = pdf.make_indirect(Stream(pdf, face.program, Filter=Name.FlateDecode, **kind))
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    descendant.W = pikepdf.Object.parse(_width_table(face.glyphs).encode())
    font = Dictionary(dict(like.items()))
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _text_map(face.glyphs).encode()))
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    return pdf.make_indirect(font)


@functools.lru_cache(maxsize=_REMEMBERED)
def _size_of_truetype(program: bytes) -> int:
    """Bytes of a compressed font program; 0 for one of the other kind, which need not tell."""
    whole = zlib.decompress(program)
    return 0 if whole.startswith(b"OTTO") else len(whole)


@functools.lru_cache(maxsize=_REMEMBERED)
def _width_table(glyphs: tuple[Glyph, ...]) -> str:
    """``[first [width …] …]``, one run for glyphs that follow each other."""
    runs: list[tuple[int, list[int]]] = []
    for glyph in glyphs:
        if not runs or glyph.number != runs[-1][0] + len(runs[-1][1]):
            runs.append((glyph.number, []))
        runs[-1][1].append(glyph.width)
    return "[" + " ".join(f"{first} [{' '.join(map(str, run))}]" for first, run in runs) + "]"


@functools.lru_cache(maxsize=_REMEMBERED)
def _text_map(glyphs: tuple[Glyph, ...]) -> str:
    lines = [f"<{glyph.number:04x}> <{glyph.text.encode('utf-16-be').hex()}>" for glyph in glyphs]
    blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
    written = ["\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks]
    return _CMAP.format(blocks="\n".join(written))
