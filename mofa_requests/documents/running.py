"""The lines on every page: fax pages get separated, so each says whose it is, which version, and n of m.

Not here: the numbers themselves, which only the finished layout knows (portal.kit.pdf.marks).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mofa_requests.documents.annex3 import Annex3Item, ticks_by_item
from mofa_requests.documents.fitting import shorten
from mofa_requests.documents.values import columns
from portal.dossier.types import Dossier
from portal.kit.digest import in_fours
from portal.kit.pdf.keys import Signer

SPECIMEN, DRAFT = "見本", "案"
# Half-width columns beside the flags and the page number: of one line of 9 pt, of two lines of 8 pt less what is lost
# where the first is parted; and what the line adds between its parts.
LINE, TWO_LINES, SEPARATORS = 88, 170, 8
UNSIGNED, NAME_OF_SIGNER = "署名なし", 36


def running_lines(dossier: Dossier, *, key: str, signer: Signer | None = None) -> dict[str, Any]:
    """The context of running.html: 見本 and 案 first, then school – trip – revision; ``key`` identifies the packet,
    and below stands who signed the file, or that nobody did.
    """
    number = dossier.trip_no or "旅行番号未記入"
    revision = f"第{dossier.revision}版" if dossier.revision else "版未記入"
    school, title = dossier.school.name or "学校名未記入", dossier.outline.title or "旅行名未記入"
    return page_lines(
        school,
        title,
        number,
        revision,
        key=key,
        seal=_seal(signer),
        flags={SPECIMEN: dossier.demo, DRAFT: is_draft(dossier)},
    )


def page_lines(
    school: str, title: str, number: str, revision: str, *, key: str, seal: str, flags: Mapping[str, bool]
) -> dict[str, Any]:
    """The same of any paper: number and revision are never cut, so school and title give way, on two smaller lines."""
    taken = columns(number + revision) + SEPARATORS
    own, trip = _fit(school, title, room=TWO_LINES - taken)
    return {
        "flags": [flag for flag, holds in flags.items() if holds],
        "school": own,
        "title": trip,
        "number": number,
        "revision": revision,
        "long": columns(own + trip) > LINE - taken,
        "key": in_fours(key),
        "seal": seal,
    }


def _seal(signer: Signer | None) -> str:
    if signer is None:
        return UNSIGNED
    return f"電子署名 {shorten(signer.authority, most=NAME_OF_SIGNER)} 鍵 {signer.key[:8]}"


def _fit(school: str, title: str, *, room: int) -> tuple[str, str]:
    """School and title in ``room`` columns."""
    for_title = min(columns(title), max(room - columns(school), room * 2 // 5))
    return shorten(school, most=room - for_title), shorten(title, most=for_title)


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
