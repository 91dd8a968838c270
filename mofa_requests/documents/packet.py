"""The packet: one A4 PDF from four frozen inputs, its key, its parts with their real page counts.

Not here: storing it (models), queueing it (tasks), the words of a sheet (letter, plan, itinerary, …).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mofa_requests.documents import html
from mofa_requests.documents.changes import changes_sheet, mark_changes
from mofa_requests.documents.check_sheet import check_sheet
from mofa_requests.documents.contacts import contacts_sheet
from mofa_requests.documents.duty import duty_sheet
from mofa_requests.documents.entries import DirectoryEntries, gather_entries
from mofa_requests.documents.glyphs import MissingGlyph, locate
from mofa_requests.documents.insurance import insurance_sheet
from mofa_requests.documents.itinerary import itinerary_sheet
from mofa_requests.documents.letter import letter_sheet
from mofa_requests.documents.letterhead import Head
from mofa_requests.documents.lodging import lodging_sheet
from mofa_requests.documents.mission_sets import missions_sheet
from mofa_requests.documents.plan import plan_sheet
from mofa_requests.documents.roster import roster_sheet
from mofa_requests.documents.running import is_draft, running_lines
from mofa_requests.documents.substitutes import Substitute, digest, printed_among, put_in
from mofa_requests.documents.typed import longest_fields
from portal.dossier.types import Dossier, Edition
from portal.kit import pdf as kit_pdf
from portal.kit.digest import digest_of, sha256_hex
from portal.kit.pdf import (
    Caps,
    PartSource,
    Progress,
    RenderError,
    RendererUnavailableError,
    Running,
    marks,
    print_parts,
)
from portal.kit.pdf.finish import finish
from portal.kit.pdf.keys import Signer
from portal.kit.pdf.parts import print_pieces

HERE = Path(__file__).resolve().parent
PRESS = Path(kit_pdf.__file__).parent
# In the order of the paper. 旅行届 is the name since the ministry's own form of 2016 (domain §1.3).
TITLES = {
    "letter": "依頼書",
    "duty": "緊急対応票",
    "changes": "変更届",
    "plan": "計画書",
    "itinerary": "日程表",
    "lodging": "宿泊先一覧",
    "contacts": "緊急連絡体制表",
    "insurance": "保険",
    "check_sheet": "別添三 照合票",
    "missions": "在外公館別票",
    "roster": "参加者名簿",
}
OPEN_COUNT = "―"
LATER_TITLES = {"plan": "旅行届(計画書)"}
# The plan's own sheets; letter and check sheet are new with every packet, 変更届 is the list itself.
BARRED = ("duty", "plan", "itinerary", "lodging", "contacts", "insurance", "missions", "roster")


@dataclasses.dataclass(frozen=True)
class PacketInput:
    """The four frozen inputs — revision, decision record and letter record in one dossier, directory entries — the
    version of the templates, who signs (None prints 署名なし), the revision the ministry has (None: no 変更届), and
    the authority's letterhead as it was when the letter was fixed.

    ``dossier`` and ``before`` are as they print; ``substitutes`` are the characters of ``dossier`` that the paper shows
    others for, as the school agreed.
    """

    dossier: Dossier
    entries: DirectoryEntries
    template_version: str
    signer: Signer | None = None
    before: Dossier | None = None
    head: Head | None = None
    substitutes: tuple[Substitute, ...] = ()


@dataclasses.dataclass(frozen=True)
class PacketPart:
    """One document of the packet: its key, title, first page (from 1) and number of pages."""

    key: str
    title: str
    first_page: int
    pages: int


@dataclasses.dataclass(frozen=True)
class Packet:
    """The finished paper. ``missing`` are characters that no font has; the page shows a box in their place."""

    pdf: bytes
    pages: int
    key: str
    parts: tuple[PacketPart, ...]
    missing: tuple[MissingGlyph, ...]


def packet_input(
    dossier: Dossier,
    *,
    signer: Signer | None = None,
    before: Dossier | None = None,
    head: Head | None = None,
    agreed: Sequence[Substitute] = (),
) -> PacketInput:
    """Freeze what a packet of ``dossier`` is made from, with today's directory and templates; a draft is not signed.

    ``before`` is the revision last forwarded, when this packet amends it; ``agreed`` are the school's substitutes for
    characters that no face has.
    """
    hand = None if is_draft(dossier) else signer
    source = PacketInput(dossier, gather_entries(dossier), template_version(), hand, before, head)
    return _with_substitutes(source, agreed) if agreed else source


def _with_substitutes(typed: PacketInput, agreed: Sequence[Substitute]) -> PacketInput:
    """The same packet with agreed characters in their places; it tells of those alone that its sheets print."""
    before = put_in(typed.before, agreed) if typed.before else None
    shown = dataclasses.replace(typed, dossier=put_in(typed.dossier, agreed), before=before)

    def draw(dossier: Dossier) -> list[str]:
        return [part.body for part in _draw(dataclasses.replace(typed, dossier=dossier))]

    return dataclasses.replace(shown, substitutes=printed_among(agreed, typed.dossier, draw=draw))


def packet_key(source: PacketInput) -> str:
    """sha256 (hexadecimal) of the digests of the four inputs, the template version and the signer's public key."""
    revision = source.dossier.model_dump(mode="json")
    decision = revision.pop("request")
    letter = decision.pop("letter")
    return digest_of(
        {
            "revision": digest_of(revision),
            "decision": digest_of(decision),
            "letter": digest_of(letter),
            "directory": digest_of(source.entries.model_dump(mode="json")),
            "template": source.template_version,
            "signer": source.signer.key if source.signer else None,
            "before": digest_of(source.before.model_dump(mode="json")) if source.before else None,
            "head": source.head.digest if source.head else None,
            "substitutes": digest(source.substitutes) if source.substitutes else None,
        }
    )


@functools.cache
def template_version() -> str:
    """16 hexadecimal digits that change with any template, style sheet, document code or renderer version."""
    files = [*sorted(html.DOCUMENTS.rglob("*.*")), *sorted(HERE.rglob("*.py")), *sorted(PRESS.glob("*.py"))]
    content = {f"{path.parent.name}/{path.name}": sha256_hex(path.read_bytes()) for path in files}
    return digest_of({"files": content, "weasyprint": version("weasyprint")})[:16]


def build_packet(
    source: PacketInput,
    *,
    tagged: bool = False,
    caps: Caps | None = None,
    watch: Callable[[Progress], None] | None = None,
) -> Packet:
    """Render every schema-valid dossier, blocked ones included; same input, same bytes.

    ``tagged`` makes the variant for readers with assistive technology (PDF/UA-1); it looks the same. ``watch`` hears
    how far an untagged one is.

    Raises ``portal.kit.pdf.RenderError`` with the part's title when the caps of time or memory are met, and
    ``RendererUnavailableError`` when the host lacks a library or font.
    """
    key, dossier = packet_key(source), source.dossier
    parts = packet_parts(source)
    running = _running(source, key=key)
    title = _document_title(dossier)
    style = html.style("packet.css", "duty.css")
    try:
        if tagged:
            printed = print_parts(parts, title=title, style=style, running=running, tagged=True, caps=caps)
        else:
            pieces = _with_lines(source, parts)
            printed = print_pieces(pieces, title=title, style=style, running=running, caps=caps, watch=watch)
    except RenderError as error:
        raise _naming_fields(error, dossier) from error
    return Packet(
        pdf=finish(
            printed.pdf,
            parts,
            printed.page_counts,
            running=running,
            title=title,
            key=key,
            signer=source.signer,
            dated_on=dossier.request.letter.dated_on,
            tagged=tagged,
            substitutes=tuple((each.code, each.shown_as) for each in source.substitutes),
        ),
        pages=sum(printed.page_counts),
        key=key,
        parts=_number_parts(parts, printed.page_counts),
        missing=locate(printed.missing, dossier=dossier),
    )


def _naming_fields(error: RenderError, dossier: Dossier) -> RenderError:
    """The same error with the longest fields, which are the ones to shorten."""
    named = "" if isinstance(error, RendererUnavailableError) else "、".join(longest_fields(dossier))
    return type(error)(f"{error}長い欄: {named}。" if named else str(error))


def preview_sheet(source: PacketInput, *, key: str, caps: Caps | None = None) -> tuple[bytes, int]:
    """One part of the packet alone, for looking at while a plan is written: PDF and number of pages.

    Not a packet: nothing is sealed, and page counts of the other parts are left open. Raises ``KeyError`` for a part
    this packet does not have, ``portal.kit.pdf.RenderError`` as ``build_packet`` does.
    """
    parts = {part.key: part for part in packet_parts(source, in_lines=True)}
    body = parts[key].body
    for other in parts:
        body = body.replace(marks.count_of(other), OPEN_COUNT)
    part = dataclasses.replace(parts[key], body=body.replace(marks.COUNT_OF_ALL, OPEN_COUNT))
    running = _running(source, key=packet_key(source))
    style = html.style("packet.css", "duty.css")
    printed = print_pieces([part], title=part.title, style=style, running=running, caps=caps)
    return printed.pdf, sum(printed.page_counts)


def _running(source: PacketInput, *, key: str) -> Running:
    lines = running_lines(source.dossier, key=key, signer=source.signer)
    return Running(html.draw("running.html", lines), html.style("running.css"))


def packet_parts(source: PacketInput, *, in_lines: bool = False) -> tuple[PartSource, ...]:
    """The HTML of every part, in the order of the paper; an amendment has bars beside what changed.

    ``in_lines`` sets a long roster as lines: the same texts, faster, but no table to tag or to put bars on.
    """
    if source.before is None:
        return _draw(source, in_lines=in_lines)
    parts = _draw(source)
    old = {part.key: part.body for part in _draw(_as_forwarded(source, source.before))}
    return tuple(
        dataclasses.replace(part, body=mark_changes(old[part.key], part.body)) if part.key in BARRED else part
        for part in parts
    )


def _with_lines(source: PacketInput, parts: tuple[PartSource, ...]) -> tuple[PartSource, ...]:
    """The same parts with a long roster set as lines; an amendment keeps its table, which has the bars."""
    if source.before is not None:
        return parts
    body = html.draw("roster.html", _sheets(source, in_lines=True)["roster"]() | {"part_title": TITLES["roster"]})
    return tuple(dataclasses.replace(part, body=body) if part.key == "roster" else part for part in parts)


def _as_forwarded(source: PacketInput, before: Dossier) -> PacketInput:
    """The sheets that the ministry has, drawn as today's are: with today's letter, so that only the plan differs."""
    held = before.model_copy(update={"request": source.dossier.request, "edition": source.dossier.edition})
    return dataclasses.replace(source, dossier=held, entries=gather_entries(held))


def _draw(source: PacketInput, *, in_lines: bool = False) -> tuple[PartSource, ...]:
    titles = part_titles(source.dossier, amends=source.before is not None)
    enclosures = [{"key": key, "title": title} for key, title in titles.items() if key != "letter"]
    sheets = _sheets(source, in_lines=in_lines)
    return tuple(
        PartSource(
            key, title, html.draw(f"{key}.html", sheets[key]() | {"part_title": title, "enclosures": enclosures})
        )
        for key, title in titles.items()
    )


def part_titles(dossier: Dossier, *, amends: bool = False) -> dict[str, str]:
    """Key → title of the parts under the dossier's edition, in the order of the paper; 変更届 only where one amends."""
    titles = TITLES if dossier.edition is Edition.Y2003 else TITLES | LATER_TITLES
    return {key: title for key, title in titles.items() if amends or key != "changes"}


def _sheets(source: PacketInput, *, in_lines: bool) -> dict[str, Callable[[], dict[str, Any]]]:
    """What fills each part, made when it is drawn."""
    dossier, entries, before = source.dossier, source.entries, source.before
    return {
        "letter": lambda: letter_sheet(dossier, entries=entries, amends=before is not None, head=source.head),
        "duty": lambda: duty_sheet(dossier, entries=entries),
        "changes": lambda: changes_sheet(before or dossier, dossier, entries=entries),
        "plan": lambda: plan_sheet(dossier, entries=entries, substitutes=source.substitutes),
        "itinerary": lambda: itinerary_sheet(dossier, entries=entries),
        "lodging": lambda: lodging_sheet(dossier, entries=entries),
        "contacts": lambda: contacts_sheet(dossier, entries=entries),
        "insurance": lambda: insurance_sheet(dossier, entries=entries),
        "check_sheet": lambda: check_sheet(dossier),
        "missions": lambda: missions_sheet(dossier, entries=entries),
        "roster": lambda: roster_sheet(dossier, in_lines=in_lines),
    }


def _document_title(dossier: Dossier) -> str:
    """For the file's own metadata: school and trip, no person."""
    return " ".join(text for text in (dossier.school.name, dossier.outline.title, dossier.trip_no) if text) or "依頼書"


def _number_parts(parts: tuple[PartSource, ...], counts: tuple[int, ...]) -> tuple[PacketPart, ...]:
    first, numbered = 1, []
    for part, count in zip(parts, counts, strict=True):
        numbered.append(PacketPart(part.key, part.title, first, count))
        first += count
    return tuple(numbered)
