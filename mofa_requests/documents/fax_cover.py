"""The first page of a fax: from whom, to whom, how many pages, whom to call when one is missing. Names no traveller.

Not here: the packet behind it (packet), turning pages into dots (portal.kit.pdf.fax).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mofa_requests.documents import html
from mofa_requests.documents.letter import honorific
from portal.dossier.types import Letter
from portal.kit.digest import in_fours
from portal.kit.era import both_dates
from portal.kit.pdf import PartSource, Running, print_parts

TITLE = "ファックス送信状"
SUBJECT = "海外修学旅行に係る情報提供について(依頼)"


def cover_pdf(letter: Letter, *, number: str, pages: int, key: str, on: dt.date) -> bytes:
    """One A4 page; ``pages`` counts it with the packet, ``key`` is the packet's. Raises ``RenderError``."""
    body = html.draw("fax_cover.html", cover_sheet(letter, number=number, pages=pages, key=key, on=on))
    part = PartSource("fax_cover", TITLE, body)
    return print_parts(
        [part], title=TITLE, style=html.style("packet.css", "fax_cover.css"), running=Running("", "")
    ).pdf


def cover_sheet(letter: Letter, *, number: str, pages: int, key: str, on: dt.date) -> dict[str, Any]:
    """What stands on the cover, as plain texts."""
    sender = {
        "発信者": " ".join(filter(None, (letter.sender_body, letter.section))),
        "担当": letter.person,
        "電話": letter.phone,
        "電子メール": letter.email,
    }
    return {
        "title": TITLE,
        "addressee": letter.addressee or "",
        "honorific": honorific(letter.addressee or ""),
        "number": number,
        "subject": SUBJECT,
        "document": letter.number or "",
        "on": both_dates(on),
        "pages": pages,
        "enclosed": pages - 1,
        "key": in_fours(key),
        "sender": [(label, text) for label, text in sender.items() if text],
    }
