"""One page of a finished PDF as a picture to look at beside a form: as on a screen, or dot by dot as a fax arrives.

Not here: whole files (fax), laying out (parts).
"""

from __future__ import annotations

import io

from PIL import Image

from portal.kit.pdf.fax import Resolution, as_seen, fax_page
from portal.kit.pdf.pdfium import opened

# Dots per inch: A4 is then 1034 dots across, twice what stands beside a form.
SCREEN = 125


def page_view(pdf: bytes, *, number: int, fax: Resolution | None = None) -> bytes:
    """Page ``number`` (from 1) as PNG, 1 bit where a fax is asked for. Raises ``IndexError`` for no such page."""
    with opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        if fax is None:
            bitmap = page.render(scale=SCREEN / 72, grayscale=True)
            picture: Image.Image = bitmap.to_pil().copy()
            bitmap.close()
        else:
            picture = as_seen(fax_page(page, fax), fax)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
