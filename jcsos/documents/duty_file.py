"""The duty-of-care file on paper: A4, PDF/A-3b with the frozen data and the events behind it inside. In Japanese.

Not here: gathering (queries.duty_file), who may have it (portal.ui.jcsos), laying out and sealing (portal.kit.pdf).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jcsos.documents.paper import draw_paper, running_lines
from jcsos.models import DutyFile
from jcsos.rules.duty_file import Chapter
from mofa_requests.documents.html import style
from portal.kit import clock
from portal.kit.pdf import PartSource, print_parts
from portal.kit.pdf.finish import finish
from portal.kit.roles import Role
from portal.lawbook.words import day_words

TITLE = "安全配慮の記録"
_NONE = "—"


def build_file(file: DutyFile, *, names: Mapping[int, str]) -> bytes:
    """One revision as a sealed PDF/A. ``names`` are the staff to be named; without them roles stand alone.

    The same revision and names give the same bytes. Raises ``portal.kit.pdf.RenderError``.
    """
    sheet = file_sheet(file, names=names)
    parts = [
        PartSource(key, title, draw_paper(key, sheet))
        for key, title in (("duty_file", TITLE), ("duty_events", "経過の記録"))
    ]
    running = running_lines(
        whose=file.document["school"],
        title=TITLE,
        number=file.document["trip"]["trip_no"] or _NONE,
        revision=f"第{file.number}版",
        key=file.sha256,
        demo=file.school.demo,
    )
    title = f"{file.document['school']} {file.document['trip']['title']} {TITLE}"
    printed = print_parts(parts, title=title, style=style("packet.css"), running=running)
    dated_on = file.frozen_at.astimezone(clock.TOKYO).date()
    return finish(
        printed.pdf, parts, printed.page_counts, running=running, title=title, key=file.sha256, dated_on=dated_on
    )


def file_sheet(file: DutyFile, *, names: Mapping[int, str]) -> dict[str, Any]:
    """Everything the paper prints, as texts."""
    document = file.document
    trip = document["trip"]
    return {
        "title": TITLE,
        "facts": [
            ("学校", document["school"]),
            ("旅行", f"{trip['title']}({trip['places']})"),
            ("期間", f"{_day(trip['departs_on'])}から{_day(trip['returns_on'])}まで"),
            ("出発", _instant(trip["departed_at"])),
            ("もとにした計画", f"第{document['revision']['number']}版 照合符号 {document['revision']['sha256'][:16]}"),
            ("記録の版", f"第{file.number}版({file.stage_kind.label})"),
            ("ここまでの出来事", _instant(document["until"])),
            ("確定した日時", _instant(file.frozen_at.isoformat())),
            ("照合符号(sha256)", file.sha256),
        ],
        "chapters": [(chapter.label, _lines(document, chapter, names)) for chapter in Chapter],
        "events": [_event(event, names) for event in document["events"]],
    }


def _lines(document: dict[str, Any], chapter: Chapter, names: Mapping[int, str]) -> list[dict[str, str]]:
    return [
        {
            "on": _day(line["on"]),
            "what": line["text"],
            "mark": "" if line["done"] else "未",
            "who": who_of(line["by"], names),
            "evidence": line["evidence"] or _NONE,
        }
        for line in document["lines"]
        if line["chapter"] == chapter.value
    ]


def who_of(by: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """Organisation, role and, where it may be shown, the name."""
    # A decision is signed with the whole title, organisation included.
    org = "" if by["role"].startswith(by["org"]) else by["org"]
    parts = (org, by["role"], names.get(by["user"], "") if by["user"] is not None else "")
    return " ".join(filter(None, parts)) or _NONE


def _event(event: Mapping[str, Any], names: Mapping[int, str]) -> tuple[str, str, str]:
    role = Role(event["role"]).label if event["role"] in set(Role) else event["role"]
    return _instant(event["at"]), event["text"], who_of({**event, "role": role}, names)


def _day(text: str | None) -> str:
    return day_words(dt.date.fromisoformat(text)) if text else _NONE


def _instant(text: str | None) -> str:
    if not text:
        return _NONE
    at = dt.datetime.fromisoformat(text).astimezone(clock.TOKYO)
    return f"{day_words(at.date())} {at:%H:%M}(日本時間)"
