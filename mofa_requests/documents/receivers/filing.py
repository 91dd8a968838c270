"""提出の控え: what was submitted, when, to whom, under which digest, and how far it has come; for the school's files.

Not here: the plan itself; the digest tells whether a copy of it is the one that was submitted.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from mofa_requests.documents.letter import period_line
from mofa_requests.documents.values import Fact, Shown, fact, moment, show
from portal.dossier.types import Dossier

FIELDS = frozenset(["trip_no", "revision", "school.name", "outline.title", "outline.departs_on", "outline.returns_on"])
JAPAN = ZoneInfo("Asia/Tokyo")


@dataclasses.dataclass(frozen=True)
class Filing:
    """The record of one submission; instants are UTC, empty text and None where nothing has happened yet."""

    revision: int
    submitted_at: dt.datetime
    attested_by: str
    edition: str
    sha256: str
    authority: str = ""
    letter_number: str = ""
    forwarded_on: dt.date | None = None
    channel: str = ""
    received_on: dt.date | None = None


def filing_sheet(dossier: Dossier, filing: Filing) -> dict[str, Any]:
    """The context of filing.html."""
    digest = " ".join(filing.sha256[start : start + 8] for start in range(0, len(filing.sha256), 8))
    return {
        "trip": (
            fact(dossier.school, "name"),
            fact(dossier.outline, "title"),
            fact(dossier, "trip_no"),
            Fact("期間", period_line(dossier)),
        ),
        "submission": (
            Fact("提出した版", Shown(f"第{filing.revision}版", "strong")),
            Fact("提出した日時(日本時間)", Shown(moment(filing.submitted_at.astimezone(JAPAN).replace(tzinfo=None)))),
            Fact("内容を確認した人", show(filing.attested_by or None)),
            Fact("適用する通知", Shown(filing.edition)),
            Fact("提出先", show(filing.authority or None)),
            Fact("内容の要約値(SHA-256)", Shown(digest)),
        ),
        "progress": (
            Fact("文書番号", _or_not_yet(filing.letter_number)),
            Fact("外務省へ送付した日", _or_not_yet(filing.forwarded_on)),
            Fact("送付方法", _or_not_yet(filing.channel)),
            Fact("外務省が受領した日", _or_not_yet(filing.received_on)),
        ),
    }


def _or_not_yet(value: Any) -> Shown:
    return show(value) if value else Shown("まだ")
