"""The English letter of membership: one A4 page, sealed as packets are, with the address where it can be verified.

Not here: issuing it (actions.members), its public page (portal.ui.jcsos.letters), laying out (portal.kit.pdf).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jcsos.documents.paper import draw_paper
from jcsos.models import MemberPaper
from mofa_requests.documents.fitting import shorten
from mofa_requests.documents.html import draw, style
from portal.kit.digest import digest_of, in_fours
from portal.kit.era import english_date
from portal.kit.pdf import PartSource, Running, print_parts
from portal.kit.pdf.finish import finish
from portal.kit.pdf.keys import Signer

TITLE = "Letter of membership"
_HEAD = 64
"""Half-width columns of the head line that leave room for the page number."""


def build_letter(letter: MemberPaper, *, office: str, address: str, signer: Signer | None) -> bytes:
    """The PDF. ``office`` is the issuer's English name, ``address`` the public page; the same input, the same bytes.

    Raises ``portal.kit.pdf.RenderError``.
    """
    sheet = letter_sheet(letter, office=office, address=address)
    body = draw_paper("letter", sheet)
    key = digest_of({"letter": str(letter.code), "says": letter.says, "signer": signer.key if signer else None})
    lines = {
        "flags": ["SPECIMEN"] if letter.school and letter.school.demo else [],
        "line": shorten(letter.says["institution"], most=_HEAD),
        "foot": f"signed electronically, key {signer.key[:8]}" if signer else "not signed",
        "word": "check",
        "key": in_fours(key),
    }
    part = PartSource("letter", TITLE, body)
    running = Running(draw("running_paper.html", lines), style("running.css"))
    title = f"{TITLE} {letter.says['institution']}"
    printed = print_parts([part], title=title, style=style("packet.css"), running=running)
    return finish(
        printed.pdf, [part], printed.page_counts, running=running, title=title, key=key, signer=signer,
        dated_on=letter.issued_on, language="en",
    )  # fmt: skip


def letter_sheet(letter: MemberPaper, *, office: str, address: str) -> dict[str, Any]:
    """Everything the paper prints, as texts."""
    says = letter.says
    return {
        "title": TITLE,
        "office": office,
        "institution": says["institution"],
        "facts": [
            ("Institution", says["institution"]),
            ("Membership", says["kind"]),
            ("Member since", _date(says["since"])),
            ("Services held", ", ".join(says["services"]) or "—"),
            ("Date of issue", _date(says["issued_on"])),
            ("Valid until", _date(says["valid_until"])),
            ("Code", str(letter.code)),
        ],
        "address": address,
    }


def _date(text: str) -> str:
    return english_date(dt.date.fromisoformat(text))
