"""The lines on every page: fax pages get separated, so each says whose it is, which version, and n of m.

Not here: the numbers themselves, which only the finished layout knows (portal.kit.pdf.marks).
"""

from __future__ import annotations

from typing import Any

from mofa_requests.documents.annex3 import Annex3Item, ticks_by_item
from portal.dossier.types import Dossier
from portal.kit.text import is_variation_selector

SPECIMEN, DRAFT = "見本", "案"
SCHOOL_CHARS, TITLE_CHARS = 20, 18


def running_lines(dossier: Dossier, *, key: str) -> dict[str, Any]:
    """The context of running.html: 見本 and 案 first, then school – trip – revision; ``key`` identifies the packet."""
    title, number = dossier.outline.title, dossier.trip_no
    return {
        "flags": [flag for flag, holds in ((SPECIMEN, dossier.demo), (DRAFT, is_draft(dossier))) if holds],
        "school": shorten(dossier.school.name or "学校名未記入", most=SCHOOL_CHARS),
        "title": shorten(title or "旅行名未記入", most=TITLE_CHARS),
        "number": number or "旅行番号未記入",
        "revision": f"第{dossier.revision}版" if dossier.revision else "版未記入",
        "key": f"{key[:4]} {key[4:8]} {key[8:12]}",
    }


def is_draft(dossier: Dossier) -> bool:
    """Whether any of the authority's own parts is empty: letter, one of the seven ticks, judgement."""
    letter, decision = dossier.request.letter, dossier.request.decision
    needed = (
        letter.number,
        letter.dated_on,
        letter.sender_title,
        letter.sender_name,
        decision.judgement,
        decision.decided_on,
    )
    return any(value is None for value in needed) or len(ticks_by_item(dossier)) < len(Annex3Item)


def shorten(text: str, *, most: int) -> str:
    """At most ``most`` characters with … for the rest; never between a character and its variation selector."""
    if len(text) <= most:
        return text
    end = most - 1
    while end and is_variation_selector(text[end]):
        end -= 1
    return text[:end] + "…"
