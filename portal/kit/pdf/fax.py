"""A finished PDF as a fax machine sends it: 1 bit, Group 4, 1728 dots wide, fine (204 × 196) or standard (204 × 98).

Not here: sending it (a fax server takes the file). ITU-T T.4: 1728 dots on 215 mm; A4 stands in the middle.
"""

from __future__ import annotations

import dataclasses
import io
import struct

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from portal.kit.pdf.pdfium import opened

WIDTH = 1728
_POINTS = 72


@dataclasses.dataclass(frozen=True)
class Resolution:
    """Dots per inch across and down."""

    across: int
    down: int


FINE, STANDARD = Resolution(204, 196), Resolution(204, 98)
# A row of standard is twice as high as a dot is wide. Drawn so much finer and weighed by a windowed sinc, strokes of a
# kanji stay apart that a plain mean joins: measured (docs/packet-proofs.md).
_FINER = 4
# How much of a dot ink must cover to print it black. Measured (docs/packet.md): thin strokes survive, bowls stay open.
INK = 0.40


@dataclasses.dataclass(frozen=True)
class Misread:
    """Percent of the characters of Japanese lines that OCR misreads on the demo packets (docs/packet-proofs.md)."""

    paper: str
    fine: str
    standard: str


# As it is said to people: the packets for Taiwan and Korea together.
MISREAD = Misread(paper="0.9", fine="0.9", standard="2.5")

_PHOTOMETRIC = 262  # TIFF 6.0: 0 says that white is zero, as fax machines send it


def fax_pages(pdf: bytes, *, resolution: Resolution = FINE) -> list[Image.Image]:
    """Each page as a 1-bit image, black on white; half a megabyte a page."""
    with opened(pdf) as document:
        return [fax_page(page, resolution) for page in document]


def fax_file(*pdfs: bytes, resolution: Resolution = FINE) -> bytes:
    """All pages of one document or several as one Group-4 TIFF, ready for a fax server."""
    drawn = (page for pdf in pdfs for page in fax_pages(pdf, resolution=resolution))
    # Asked for white as zero, Pillow turns each dot round in Python, a second a page; here the dots are turned round.
    first, *rest = [ImageChops.invert(page) for page in drawn]
    out = io.BytesIO()
    first.save(
        out,
        format="TIFF",
        save_all=True,
        append_images=rest,
        compression="group4",
        dpi=(resolution.across, resolution.down),
        strip_size=1 << 24,  # one strip a page, as old fax servers want it
    )
    return _with_white_as_zero(bytearray(out.getvalue()))


def _with_white_as_zero(tiff: bytearray) -> bytes:
    """Say in the directory of each page what its dots mean; nothing else is changed (little-endian TIFF)."""
    (at,) = struct.unpack_from("<I", tiff, 4)
    while at:
        (count,) = struct.unpack_from("<H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            if struct.unpack_from("<H", tiff, entry)[0] == _PHOTOMETRIC:
                struct.pack_into("<H", tiff, entry + 8, 0)
        (at,) = struct.unpack_from("<I", tiff, at + 2 + 12 * count)
    return bytes(tiff)


def fax_view(pdf: bytes, *, resolution: Resolution = FINE) -> bytes:
    """The same pages as a PDF to look at: each dot as it arrives, standard's rows twice as high."""
    first, *rest = (as_seen(page, resolution) for page in fax_pages(pdf, resolution=resolution))
    out = io.BytesIO()
    first.save(out, format="PDF", save_all=True, append_images=rest, resolution=FINE.across)
    return out.getvalue()


def as_seen(page: Image.Image, resolution: Resolution) -> Image.Image:
    """A fax page as a reader sees it: standard's rows stand twice as high."""
    height = round(page.height * FINE.across / resolution.down)
    return page.resize((page.width, height), Image.Resampling.NEAREST)


def fax_page(page: pypdfium2.PdfPage, resolution: Resolution) -> Image.Image:
    """One page as the machine scans it: 1 bit, ``WIDTH`` dots wide."""
    width = round(page.get_width() / _POINTS * resolution.across)
    height = round(page.get_height() / _POINTS * resolution.down)
    if resolution == STANDARD:
        grey = _draw(page, width, height * _FINER).resize((width, height), Image.Resampling.LANCZOS)
    else:
        grey = _draw(page, width, height)
    paper = Image.new("L", (WIDTH, height), 255)
    paper.paste(grey, ((WIDTH - width) // 2, 0))
    return paper.point(lambda light: 255 if light > 255 * (1 - INK) else 0, mode="1")


def _draw(page: pypdfium2.PdfPage, width: int, height: int) -> Image.Image:
    """The page in grey at unequal resolutions, which only the library's own call can do."""
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_PRINTING)
    drawn = bitmap.to_pil().copy()
    bitmap.close()  # here, not by the garbage collector in some other thread
    return drawn.convert("L")
