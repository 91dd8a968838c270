"""The audit report of one school's trip: one A4 PDF of what was drawn, judged, replied and mended. In Japanese.

Not here: who may have it (portal.ui.jcsos), laying out (portal.kit.pdf). It carries no names of pupils or staff.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jcsos.documents.paper import draw_paper, running_lines
from jcsos.enums import FindingState, Side
from jcsos.machine import step_words
from jcsos.models import AuditStep, Finding, TripAudit
from jcsos.queries.audits import assessments_of, findings_of, steps_of
from jcsos.rules.criteria import RULE_SETS, criteria_of
from mofa_requests.documents.html import style
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.kit.pdf import PartSource, print_parts
from portal.lawbook.words import day_words

TITLE = "監査報告書"
_NONE = "—"
_STEPS_WITH_REASON = ("due_moved", "ask_more", "refused", "dropped", "evidence_withdrawn")


def build_report(audit: TripAudit) -> bytes:
    """The PDF of an audit whose result was sent. The same audit gives the same bytes.

    Raises ``portal.kit.pdf.RenderError`` when it cannot be laid out.
    """
    sheet = report_sheet(audit)
    body = draw_paper("report", sheet)
    part = PartSource("report", TITLE, body)
    running = running_lines(
        whose=str(audit.school),
        title=TITLE,
        number=audit.campaign.title,
        revision=f"計画第{audit.revision_number}版",
        key=digest_of(sheet),
        demo=audit.school.demo,
        draft=audit.closed_at is None,
    )
    title = f"{audit.school} {audit.campaign.title} {TITLE}"
    return print_parts([part], title=title, style=style("packet.css"), running=running).pdf


def report_sheet(audit: TripAudit) -> dict[str, Any]:
    """Everything the paper prints, as texts."""
    campaign, request = audit.campaign, audit.request
    rules = next(known.title for known in RULE_SETS if known.key == campaign.rule_set)
    return {
        "title": TITLE,
        "facts": [
            ("監査", campaign.title),
            ("学校", str(audit.school)),
            ("旅行", f"{request.title}({request.places})"),
            ("期間", f"{_day(request.departs_on)}から{_day(request.returns_on)}まで"),
            ("基準", rules),
            ("評価した計画", f"第{audit.revision_number}版"),
            ("結果を送った日", _instant(audit.result_at)),
            ("監査を終えた日", _instant(audit.closed_at)),
        ],
        "drawing": (
            f"{_day(campaign.period_from)}から{_day(campaign.period_to)}までに出発する旅行のうち、母集団"
            f"{campaign.population_size}件から{campaign.drawn_size}件を、乱数の種{campaign.seed}で抽出しました"
            f"(母集団の照合符号 {campaign.population_digest[:16]})。この旅行は{audit.position}番目です。"
        ),
        "criteria": list(_criteria(audit)),
        "findings": [_finding(row, number) for number, row in enumerate(_sent(audit), start=1)],
        "steps": [_step(row) for row in steps_of(audit)],
    }


def _criteria(audit: TripAudit) -> Iterable[dict[str, Any]]:
    done = assessments_of(audit)
    for criterion in criteria_of(audit.campaign.rule_set):
        held = done.get(criterion.code)
        yield {
            "title": f"{criterion.code} {criterion.title}",
            "cites": "、".join(criterion.cites) or "目安(JCSOSの基準)",
            "verdict": held.verdict_kind.label if held else _NONE,
            "note": held.note if held else "",
            "grounds": [f"{cite['text']}({cite['source']})" for cite in held.cites] if held else [],
        }


def _sent(audit: TripAudit) -> Iterable[Finding]:
    """Findings the school has seen; a draft that was dropped was never said."""
    return findings_of(audit).exclude(issued_at=None)


def _finding(row: Finding, number: int) -> dict[str, Any]:
    facts = [("指摘", row.text), ("学校の意見", row.reply or "意見は出されませんでした")]
    if row.state_kind is FindingState.DROPPED:
        facts.append(("取下げ", f"{_instant(row.dropped_at)} {row.dropped_reason}"))
    elif row.upheld_at:
        facts += [
            ("求めた是正", row.correction),
            ("直す人と期限", f"{row.owner}、{_day(row.correction_due_on)}まで"),
            ("是正の報告", f"{_instant(row.reported_at)} {row.reported}".strip() if row.reported else _NONE),
            ("是正の確認", _instant(row.verified_at)),
        ]
    title = f"指摘{number}({row.gravity_kind.label}、{row.criterion}) {row.state_kind.label}"
    return {"title": title, "facts": facts}


def _step(row: AuditStep) -> tuple[str, str, str]:
    words = step_words(row.name)[0]
    due = f"(期限 {_day(row.due_on)})" if row.due_on else ""
    reason = f" {row.reason}" if row.reason and row.name in _STEPS_WITH_REASON else ""
    return _instant(row.at), "JCSOS" if row.side == Side.JCSOS.value else "学校", f"{words}{due}{reason}"


def _day(day: dt.date | None) -> str:
    return day_words(day) if day else _NONE


def _instant(at: dt.datetime | None) -> str:
    return day_words(at.astimezone(clock.TOKYO).date()) if at else _NONE
