"""Finished pages put together: pieces in order, the running lines of every page over them.

Not here: laying out either of them (layout). Fixed names, no dates, a digest for identifier: equal input, equal bytes.
"""

from __future__ import annotations

import contextlib
import html
import io
from collections.abc import Iterable, Sequence

import pikepdf

from portal.kit.pdf import marks


def running_pages(running: str, titles: Sequence[str]) -> str:
    """The running lines of every page as one HTML; ``titles`` has the part's title for each page."""
    filled = []
    for number, title in enumerate(titles, start=1):
        page = running.replace(marks.NUMBER, str(number)).replace(marks.TOTAL, str(len(titles)))
        filled.append(page.replace(marks.PART, html.escape(title)))
    return "".join(filled)


def merge(pieces: Iterable[bytes], heads: bytes) -> bytes:
    """The pages of all PDFs in order, with the pages of ``heads`` laid over them one by one."""
    with contextlib.ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for piece in pieces:
            whole.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(piece))).pages)
        lay_over(whole, heads)
        return save(whole)


def lay_over(pdf: pikepdf.Pdf, heads: bytes) -> None:
    """Put each page of ``heads`` over the page of the same number."""
    with pikepdf.open(io.BytesIO(heads)) as over:
        for number, (page, head) in enumerate(zip(pdf.pages, over.pages, strict=True), start=1):
            # A name of its own for each page: WeasyPrint's pages share one dictionary of resources.
            name = pikepdf.Name(f"/Running{number}")
            page.add_resource(pdf.copy_foreign(head.as_form_xobject()), pikepdf.Name.XObject, name)
            page.contents_add(b"q", prepend=True)
            # Tagged or not, a reading voice skips what stands on every page.
            page.contents_add(f"Q q /Artifact <</Type /Pagination>> BDC {name} Do EMC Q".encode())


def save(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, min_version="1.7")
    return out.getvalue()
