"""Finished pages put together: pieces in order, the running lines of every page over them, each face once.

Not here: laying out either of them (layout). Fixed names, no dates, a digest for identifier: equal input, equal bytes.
"""

from __future__ import annotations

import contextlib
import html
import io
from collections.abc import Iterable, Sequence

import pikepdf

from portal.kit.pdf import marks
from portal.kit.pdf.faces import Face, share_faces


def running_layers(running: str, titles: Sequence[str]) -> list[str]:
    """The running lines as HTML, layer by layer; ``titles`` has the part's title for each page.

    What stands before ``marks.CUT`` is the same on every page and is one page that is laid over all of them; the rest
    is one page for each page.
    """
    *same, own = running.split(marks.CUT)
    filled = []
    for number, title in enumerate(titles, start=1):
        page = own.replace(marks.NUMBER, str(number)).replace(marks.TOTAL, str(len(titles)))
        filled.append(page.replace(marks.PART, html.escape(title)))
    return [*same, "".join(filled)]


def merge(pieces: Iterable[bytes], layers: Sequence[bytes], faces: Iterable[Face] = ()) -> bytes:
    """The pages of all PDFs in order, with the layers of running lines over them, and the font programs of ``faces``
    in place of those that the pieces left out.
    """
    with contextlib.ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for piece in pieces:
            whole.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(piece))).pages)
        lay_over(whole, layers)
        share_faces(whole, faces)
        return save(whole)


def lay_over(pdf: pikepdf.Pdf, layers: Sequence[bytes]) -> None:
    """Put the running lines over the pages, layers as ``running_layers`` makes them: the last has as many pages as
    ``pdf``, those before it have one.
    """
    *same, own = [_forms(pdf, layer) for layer in layers]
    pages = list(pdf.pages)
    for (form,) in same:
        for page in pages:
            _put_over(page, form)
    for page, form in zip(pages, own, strict=True):
        _put_over(page, form)


def _forms(pdf: pikepdf.Pdf, layer: bytes) -> list[pikepdf.Object]:
    with pikepdf.open(io.BytesIO(layer)) as over:
        return [pdf.copy_foreign(page.as_form_xobject()) for page in over.pages]


def _put_over(page: pikepdf.Page, form: pikepdf.Object) -> None:
    # A name of its own for each: WeasyPrint's pages share one dictionary of resources.
    name = pikepdf.Name(f"/Running{form.objgen[0]}")
    page.add_resource(form, pikepdf.Name.XObject, name)
    page.contents_add(b"q", prepend=True)
    # Tagged or not, a reading voice skips what stands on every page.
    page.contents_add(f"Q q /Artifact <</Type /Pagination>> BDC {name} Do EMC Q".encode())


def save(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, min_version="1.7")
    return out.getvalue()
