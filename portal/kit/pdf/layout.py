"""WeasyPrint at work, inside the child: parts to pages, running lines over them, one file.

Not here: process guards (child), what we lean on beside the engine's public names (engine).
"""

from __future__ import annotations

import dataclasses
import gc
import html
import io
import logging
from collections.abc import Callable
from typing import Any, NoReturn

import pikepdf
from weasyprint import CSS, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from portal.kit.pdf import levers, marks
from portal.kit.pdf.engine import Paper, cut_face, faces_in, has_subsetter, leave_fonts_out, missing_in
from portal.kit.pdf.merge import lay_over, running_layers, save

__all__ = [
    "FontConfiguration",
    "RefuseEverything",
    "Setter",
    "cut_face",
    "faces_in",
    "has_subsetter",
    "lay_out",
    "leave_fonts_out",
    "levers",
    "missing_in",
]

# Its messages quote the document's text, and names do not go to logs; what matters comes back in the answer.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
_ROUNDS = 4
_PAGE = (
    '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
)


@dataclasses.dataclass(frozen=True)
class LaidOut:
    pdf: bytes
    page_counts: list[int]
    missing: set[str]
    refused: list[str]


class RefuseEverything(URLFetcher):
    """No address is ever fetched, ``data:`` included: our paper has no outside parts (trust §0.8)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
        self.refused.append("fetch")
        raise ValueError("outside resources are refused")


class Setter:
    """Sets pages with one font configuration and one style sheet, parsed once."""

    def __init__(self, style: str, *, title: str, fetcher: RefuseEverything, faces: FontConfiguration) -> None:
        self.title, self.fetcher, self.faces = html.escape(title), fetcher, faces
        self.sheet = CSS(string=style, font_config=faces, url_fetcher=fetcher)

    def pages(self, body: str) -> Document:
        source = Paper(string=_PAGE.format(title=self.title, body=body), url_fetcher=self.fetcher)
        return source.render(stylesheets=[self.sheet], font_config=self.faces)


def lay_out(job: dict[str, Any], *, progress: Callable[[int], None]) -> LaidOut:
    """All parts in order, each from a new page, with the running lines laid over."""
    gc.set_threshold(200_000, 50, 1_000)  # Layout makes many small objects that live; the default costs 15 %.
    fetcher, faces = RefuseEverything(), FontConfiguration()
    setter = Setter(job["style"], title=job["title"], fetcher=fetcher, faces=faces)
    documents = _set_parts(job["parts"], setter=setter, progress=progress)
    counts = [len(document.pages) for document in documents]
    whole = documents[0].copy([page for document in documents for page in document.pages])
    over = Setter(job["running_style"], title="", fetcher=fetcher, faces=faces)
    layers = [over.pages(layer) for layer in _layers(job, counts)]
    pdf = _overlay(whole.write_pdf(pdf_tags=job["tagged"]), [layer.write_pdf() for layer in layers])
    return LaidOut(pdf, counts, missing_in(whole).union(*map(missing_in, layers)), fetcher.refused)


def _set_parts(parts: list[dict[str, str]], *, setter: Setter, progress: Callable[[int], None]) -> list[Document]:
    """Every part set once; those that print page counts again, until the counts they print are the counts there are."""
    documents: dict[str, Document] = {}
    for index, part in enumerate(parts):
        progress(index)
        documents[part["key"]] = setter.pages(part["body"])
    counting = [(index, part) for index, part in enumerate(parts) if marks.COUNT_PREFIX in part["body"]]
    counts: dict[str, int] = {}
    for _ in range(_ROUNDS):
        if counts == (counts := {key: len(document.pages) for key, document in documents.items()}):
            break
        for index, part in counting:
            progress(index)
            documents[part["key"]] = setter.pages(marks.fill_counts(part["body"], counts))
    return list(documents.values())


def _layers(job: dict[str, Any], counts: list[int]) -> list[str]:
    titles = [part["title"] for part, count in zip(job["parts"], counts, strict=True) for _ in range(count)]
    return running_layers(job["running"], titles)


def _overlay(body: bytes, layers: list[bytes]) -> bytes:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        lay_over(pdf, layers)
        return save(pdf)
