"""PDFium, one thread at a time: the library keeps state of its own and may not be entered twice in a process.

Not here: what is read from a file (reading) or drawn from it (fax).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

_alone = threading.RLock()


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The open document, for this thread alone; pages taken from it are closed with it."""
    with _alone, pypdfium2.PdfDocument(pdf) as document:
        yield document
