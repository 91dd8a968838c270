"""Making one paper for one receiver: sheet, running lines, pages, its own data inside.

Not here: what a paper may say (each paper's FIELDS and sheet), who may open it (portal.ui).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from mofa_requests.documents import html
from mofa_requests.documents.entries import gather_entries
from mofa_requests.documents.fitting import shorten
from mofa_requests.documents.glyphs import MissingGlyph, locate
from mofa_requests.documents.packet import template_version
from mofa_requests.documents.receivers import card, english, filing, health, insurer
from mofa_requests.documents.receivers.filing import Filing
from mofa_requests.documents.receivers.sealed import Sealed
from mofa_requests.documents.running import SPECIMEN, UNSIGNED
from mofa_requests.documents.values import columns
from portal.dossier.types import Dossier
from portal.kit.choices import LabelledEnum
from portal.kit.digest import digest_of, in_fours
from portal.kit.pdf import Caps, PartSource, Running
from portal.kit.pdf.finish import finish
from portal.kit.pdf.parts import Kept, print_pieces


class PaperKind(LabelledEnum):
    INSURER = "insurer", "保険会社・アシスタンス会社への引渡し書", "Hand-over to insurer and assistance company"
    HEALTH = "health", "健康上の配慮一覧(団長用)", "Leader's health sheet"
    CARD = "card", "緊急連絡カード", "Emergency card"
    CONTACTS_EN = "contacts_en", "英文の緊急連絡先表", "Emergency contact table"
    FILING = "filing", "提出の控え", "Filing receipt"


# What may stand on each paper; a test finds every property that does, and no other.
FIELDS: dict[PaperKind, frozenset[str]] = {
    PaperKind.INSURER: insurer.FIELDS,
    PaperKind.HEALTH: health.FIELDS,
    PaperKind.CARD: card.FIELDS,
    PaperKind.CONTACTS_EN: english.FIELDS,
    PaperKind.FILING: filing.FIELDS,
}
ENGLISH = frozenset({PaperKind.CONTACTS_EN})
HEAD_LINE, CARD_LINE = 84, 40


@dataclasses.dataclass(frozen=True)
class Beside:
    """What a paper needs beside the dossier: sealed values for two of them, the record of filing for one."""

    sealed: Sealed = dataclasses.field(default_factory=dict)
    copies: int = 1
    filing: Filing | None = None


@dataclasses.dataclass(frozen=True)
class Paper:
    """The finished paper; ``missing`` are characters that no font has."""

    kind: PaperKind
    pdf: bytes
    pages: int
    missing: tuple[MissingGlyph, ...]


def build_paper(kind: PaperKind, dossier: Dossier, *, beside: Beside | None = None, caps: Caps | None = None) -> Paper:
    """One paper; same input, same bytes. Raises ``portal.kit.pdf.RenderError`` as the packet does."""
    parts = paper_parts(kind, dossier, beside=beside or Beside())
    key = digest_of({"kind": kind.value, "parts": [part.body for part in parts], "template": template_version()})
    running = _running(kind, dossier, key=key)
    title = " ".join(text for text in (_title(kind), dossier.trip_no) if text)
    # Sealed values stay in memory no longer than this call.
    printed = print_pieces(parts, title=title, style=_style(kind), running=running, caps=caps, kept=Kept())
    return Paper(
        kind,
        finish(
            printed.pdf,
            parts,
            printed.page_counts,
            running=running,
            title=title,
            key=key,
            language="en" if kind in ENGLISH else "ja",
        ),
        sum(printed.page_counts),
        locate(printed.missing, dossier=dossier),
    )


def paper_parts(kind: PaperKind, dossier: Dossier, *, beside: Beside) -> tuple[PartSource, ...]:
    """The HTML of a paper; the health sheet has one part for each numbered copy."""
    if kind is PaperKind.HEALTH:
        copies = min(max(beside.copies, 1), health.MOST_COPIES)
        sheets: list[Mapping[str, Any]] = [
            health.health_sheet(dossier, sealed=beside.sealed, copy=number, copies=copies)
            for number in range(1, copies + 1)
        ]
    else:
        sheets = [_SHEETS[kind](dossier, beside)]
    title = _title(kind)
    return tuple(
        PartSource(f"{kind.value}{number}", title, html.draw(f"{kind.value}.html", {**sheet, "part_title": title}))
        for number, sheet in enumerate(sheets, start=1)
    )


def _filing(dossier: Dossier, beside: Beside) -> Mapping[str, Any]:
    if beside.filing is None:
        raise ValueError("a filing receipt needs the record of the filing")
    return filing.filing_sheet(dossier, beside.filing)


_SHEETS: dict[PaperKind, Callable[[Dossier, Beside], Mapping[str, Any]]] = {
    PaperKind.INSURER: lambda dossier, beside: insurer.insurer_sheet(
        dossier, entries=gather_entries(dossier), sealed=beside.sealed
    ),
    PaperKind.CARD: lambda dossier, _: card.card_sheet(dossier),
    PaperKind.CONTACTS_EN: lambda dossier, _: english.english_sheet(dossier),
    PaperKind.FILING: _filing,
}


def _title(kind: PaperKind) -> str:
    return kind.english if kind in ENGLISH else kind.label


def _style(kind: PaperKind) -> str:
    return html.style("packet.css", "card.css") if kind is PaperKind.CARD else html.style("packet.css")


def _running(kind: PaperKind, dossier: Dossier, *, key: str) -> Running:
    lines = _lines(kind, dossier) | {"key": in_fours(key)}
    sheet = "running_card.css" if kind is PaperKind.CARD else "running.css"
    return Running(html.draw("running_paper.html", lines), html.style(sheet))


def _lines(kind: PaperKind, dossier: Dossier) -> dict[str, Any]:
    """School – trip – revision for the head of every page, in the paper's language."""
    number, revision = dossier.trip_no or "", dossier.revision
    if kind in ENGLISH:
        parts = (dossier.school.english_name, number, f"revision {revision}" if revision else None)
        flag, foot, word = "SPECIMEN", "not signed", "check"
    else:
        parts = (dossier.school.name, number or "旅行番号未記入", f"第{revision}版" if revision else "版未記入")
        flag, foot, word = SPECIMEN, UNSIGNED, "照合符号"
    most = CARD_LINE if kind is PaperKind.CARD else HEAD_LINE
    school, *rest = (part for part in parts if part) if parts[0] else ("", *filter(None, parts))
    tail = "".join(f" – {part}" for part in rest)
    line = shorten(school, most=most - columns(tail)) + tail
    return {"flags": [flag] if dossier.demo else [], "line": line, "foot": foot, "word": word}
