"""The certificate of a seminar: one A4 page for one member of staff who came. In Japanese.

Not here: who may have it (portal.ui.jcsos), numbering (actions), laying out (portal.kit.pdf).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jcsos.documents.paper import draw_paper, running_lines
from jcsos.models import SeminarAttendee
from mofa_requests.documents.html import style
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.kit.pdf import PartSource, print_parts
from portal.lawbook.words import day_words

TITLE = "修了証"


def build_certificate(attendee: SeminarAttendee) -> bytes:
    """The PDF of a numbered certificate. The same certificate gives the same bytes.

    Raises ``portal.kit.pdf.RenderError`` when it cannot be laid out.
    """
    sheet = certificate_sheet(attendee)
    body = draw_paper("certificate", sheet)
    part = PartSource("certificate", TITLE, body)
    running = running_lines(
        whose=str(attendee.school),
        title=TITLE,
        number=attendee.certificate_no,
        revision=attendee.seminar.title,
        key=digest_of(sheet),
        demo=attendee.school.demo,
    )
    return print_parts(
        [part], title=f"{TITLE} {attendee.certificate_no}", style=style("packet.css"), running=running
    ).pdf


def certificate_sheet(attendee: SeminarAttendee) -> dict[str, Any]:
    """Everything the paper prints, as texts; the name exactly as it was typed."""
    seminar = attendee.seminar
    return {
        "title": TITLE,
        "name": attendee.name,
        "school": str(attendee.school),
        "duty": attendee.duty,
        "facts": [
            ("セミナー", seminar.title),
            ("開催日", _day(seminar.starts_at)),
            ("会場", seminar.venue),
            ("修了証番号", attendee.certificate_no),
            ("発行日", _day(seminar.ended_at) if seminar.ended_at else ""),
        ],
        "issuer": str(seminar.org),
    }


def _day(at: dt.datetime) -> str:
    return day_words(at.astimezone(clock.TOKYO).date())
